// The last part: builds `pm` for each script, and gives Rust the functions that it calls.

(function (host, parts) {
    'use strict';

    const global = parts.global;
    const SCOPES = ['globals', 'environment', 'collectionVariables', 'variables', 'iterationData'];
    /** What `this` is at the top of a script: everything global, but nothing written to it stays. */
    const surroundings = () => Object.create(global);
    let script;

    class Postman {
        get expect() { return parts.require('chai').expect; }
    }

    /** What scripts find in newman besides the names that each script gets. */
    const NEWMAN_GLOBALS = new Set(`
        Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise
        RegExp Error EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math ArrayBuffer
        Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array
        Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet Proxy Reflect
        decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite isNaN
        SharedArrayBuffer Atomics _ CryptoJS atob btoa tv4 xml2Json Backbone cheerio tests globals environment data
        request responseCookies responseHeaders responseTime responseCode responseBody iteration postman Buffer
        console pm require setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate
    `.trim().split(/\s+/));
    if (host.asNewman) {
        for (const name of Object.getOwnPropertyNames(global)) {
            if (!NEWMAN_GLOBALS.has(name)) delete global[name];
        }
    }

    /** A script of newman's is no asynchronous function, and nothing waits for what it returns. */
    async function callAsNewman(body) {
        body.call(surroundings());
    }

    /** What newman makes of a thrown value: nothing at all is no failure, and only objects have a message. */
    function failAsNewman(error) {
        if (!error) return;
        const text = (name) => typeof error[name] === 'string' ? error[name] : 'undefined';
        host.fail(error instanceof Error ? error : { name: text('name'), message: text('message') });
    }

    /** The state of one script; what is costly is made when it is first touched. */
    function makeScript(isTest) {
        const made = { isTest, hasLegacyNames: !host.isSecondSandbox(), tests: {}, scopes: parts.makeScopes() };
        const snapshots = new Map();
        made.snapshot = (name) => {
            if (!snapshots.has(name)) snapshots.set(name, made.scopes.atStart(name));
            return snapshots.get(name);
        };
        let facts;
        made.facts = () => facts ??= host.facts();
        parts.lazy(made, 'request', () => {
            made.hasRequest = true;
            const request = new parts.PostmanRequest(host.request());
            parts.addTo(request);
            return request;
        });
        parts.lazy(made, 'response', () => parts.itemResponse());
        parts.lazy(made, 'cookies', () => parts.itemCookies(isTest));
        made.runner = parts.makeTests(() => made.pm);
        made.pm = makePm(made);
        return made;
    }

    function info(facts) {
        const members = {};
        for (const key of ['eventName', 'iteration', 'iterationCount', 'requestName', 'requestId']) {
            parts.hide(members, key, facts[key]);
        }
        return members;
    }

    function makePm(made) {
        const pm = new Postman();
        const define = (name, get) => Object.defineProperty(pm, name, {
            get,
            enumerable: false,
            configurable: false,
        });
        const once = (name, make) => {
            let value;
            let isMade = false;
            define(name, () => {
                if (!isMade) {
                    value = make();
                    isMade = true;
                }
                return value;
            });
        };
        once('info', () => info(made.facts()));
        for (const name of SCOPES) define(name, made.scopes[name]);
        define('request', () => made.request);
        if (made.isTest) define('response', () => made.response);
        define('cookies', () => made.cookies);
        once('visualizer', parts.makeVisualizer);
        if (!host.asNewman) once('vault', () => ({ ...parts.vault }));
        if (!host.asNewman) once('require', () => parts.makePackages(() => pm));
        once('sendRequest', () => parts.makeSendRequest(() => pm));
        once('execution', () => parts.makeExecution(made.isTest, made.facts));
        pm.test = made.runner.test;
        return pm;
    }

    return {
        start(body) {
            parts.forgetTimers();
            parts.forgetCalls();
            script = makeScript(host.isTest());
            parts.useLegacyNames(script);
            global.pm = script.pm;
            host.begun();
            const outcome = host.asNewman ? callAsNewman(body) : body.call(surroundings());
            outcome.then(host.settled, (error) => {
                if (host.asNewman) failAsNewman(error);
                else host.fail(error);
                host.settled();
            });
        },
        fire: parts.fire,
        deliver: parts.deliver,
        finish() {
            parts.traceAgain();
            parts.heal();
            script.runner.finish();
            if (script.hasLegacyNames) script.runner.legacy(script.tests);
            script.scopes.flush();
        },
        request() {
            if (script.isTest || !script.hasRequest) return undefined;
            const changed = parts.changedRequest(script.request, host.request());
            return changed === undefined ? undefined : parts.stringify(changed);
        },
    };
});
