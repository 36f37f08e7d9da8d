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
        if (!host.losesErrors) once('vault', () => ({ ...parts.vault }));
        if (!host.losesErrors) once('require', () => parts.makePackages(() => pm));
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
            body.call(surroundings()).then(host.settled, (error) => {
                host.fail(error);
                host.settled();
            });
        },
        fire: parts.fire,
        deliver: parts.deliver,
        finish() {
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
