// The global names of Postman's first sandbox: `tests`, `responseBody`, `postman` and the rest.
//
// They are accessors of the global object, so that nothing is made before a script asks for it, and a
// script may declare the same names for itself. Objects and functions stand behind proxies that warn
// once per script, as Postman does.

(function (host, parts) {
    'use strict';

    const { PropertyList } = parts;
    const OF_RESPONSES = ['responseBody', 'responseCode', 'responseTime', 'responseHeaders', 'responseCookies'];
    const INSTEAD = {
        tests: 'pm.test()', globals: 'pm.globals', environment: 'pm.environment', data: 'pm.iterationData',
        request: 'pm.request', responseCode: 'pm.response.code', responseHeaders: 'pm.response.headers',
        responseCookies: 'pm.cookies', _: "require('lodash')", CryptoJS: "require('crypto-js')",
        tv4: "require('ajv')", xml2Json: "require('xml2js')", cheerio: "require('cheerio')",
        Backbone: "require('backbone')", atob: "require('atob')", btoa: "require('btoa')",
    };
    const natively = { atob: parts.global.atob, btoa: parts.global.btoa };

    /** A stand-in that makes its object when it is used. */
    function standIn(target, make, used) {
        let made;
        const object = () => {
            used();
            return made ??= make();
        };
        const traps = {
            get: (_, key) => Reflect.get(object(), key),
            set: (_, key, value) => Reflect.set(object(), key, value),
            has: (_, key) => Reflect.has(object(), key),
            deleteProperty: (_, key) => Reflect.deleteProperty(object(), key),
            ownKeys: () => [...new Set([...Reflect.ownKeys(object()), ...Reflect.ownKeys(target)])],
            getOwnPropertyDescriptor: (_, key) => descriptor(target, object(), key),
            defineProperty: (_, key, value) => Reflect.defineProperty(object(), key, { ...value, configurable: true }),
            getPrototypeOf: () => Reflect.getPrototypeOf(object()),
            apply: (_, self, values) => Reflect.apply(object(), self, values),
            construct: (_, values) => Reflect.construct(object(), values),
        };
        return new Proxy(target, traps);
    }

    function descriptor(target, object, key) {
        const own = Reflect.getOwnPropertyDescriptor(object, key);
        if (own !== undefined) own.configurable = true;
        return own ?? Reflect.getOwnPropertyDescriptor(target, key);
    }

    // The sample code of the first Postman asks `responseBody.has(text)`.
    Object.defineProperty(String.prototype, 'has', {
        value: function has(wanted) {
            return wanted instanceof RegExp ? this.search(wanted) !== -1 : this.includes(String(wanted));
        },
        writable: true,
        configurable: true,
    });

    const object = () => ({});
    // An arrow function has no properties that a proxy would have to show.
    const callable = () => {
        const target = () => {};
        delete target.name;
        delete target.length;
        return target;
    };

    function xml2Json(text) {
        let result;
        const options = { explicitArray: false, trim: true, mergeAttrs: false, async: false };
        parts.require('xml2js').parseString(text, options, (_, json) => { result = json; });
        return result;
    }

    function data(request) {
        const { body } = request;
        if (!body) return {};
        if (body.mode === 'raw') return body.raw;
        if (body.mode === 'file') return body.file?.content ?? {};
        const list = body[body.mode];
        return list instanceof PropertyList ? list.toObject(true) : {};
    }

    function legacyRequest(script) {
        const { request, facts } = script;
        const headers = {};
        for (const header of request.headers.members) if (!header.disabled) headers[header.key.toLowerCase()] = header.value;
        return {
            id: facts().requestId,
            name: facts().requestName,
            description: request.description?.toString(),
            headers,
            method: request.method,
            url: request.url.toString(),
            data: data(request),
        };
    }

    function responseHeaders(script) {
        const headers = {};
        for (const header of script.response.headers.members) headers[header.key] = header.value;
        return headers;
    }

    const asText = (value) => (value && typeof value.toString === 'function' ? value.toString() : value);

    function postman(script) {
        const scope = (name, snapshot) => ({
            set: (key, value) => {
                const text = asText(value);
                script.scopes[name]().set(key, text);
                script.snapshot(snapshot)[key] = text;
            },
            get: (key) => script.scopes[name]().get(key),
            unset: (key) => {
                script.scopes[name]().unset(key);
                delete script.snapshot(snapshot)[key];
            },
            clear: () => {
                script.scopes[name]().clear();
                const all = script.snapshot(snapshot);
                for (const key of Object.keys(all)) delete all[key];
            },
        });
        const environment = scope('environment', 'environment');
        const globals = scope('globals', 'globals');
        const members = {
            setEnvironmentVariable: environment.set,
            getEnvironmentVariable: environment.get,
            clearEnvironmentVariable: environment.unset,
            clearEnvironmentVariables: environment.clear,
            setGlobalVariable: globals.set,
            getGlobalVariable: globals.get,
            clearGlobalVariable: globals.unset,
            clearGlobalVariables: globals.clear,
            setNextRequest: parts.setNextRequest,
        };
        if (script.isTest) {
            members.getResponseHeader = (name) => script.response.headers.get(String(name));
            members.getResponseCookie = (name) => script.cookies.one(String(name));
        }
        return members;
    }

    /** How each name comes about in a script; a stand-in where Postman warns. */
    const NAMES = {
        tests: [object, (script) => script.tests],
        globals: [object, (script) => script.snapshot('globals')],
        environment: [object, (script) => script.snapshot('environment')],
        data: [object, (script) => script.snapshot('data')],
        request: [object, legacyRequest],
        responseCode: [object, (script) => (script.response.code === undefined ? {} : script.response.details())],
        responseHeaders: [object, responseHeaders],
        responseCookies: [object, (script) => script.cookies],
        _: [callable, () => parts.require('lodash3')],
        CryptoJS: [object, () => parts.require('crypto-js')],
        tv4: [object, () => parts.require('tv4')],
        xml2Json: [callable, () => xml2Json],
        cheerio: [callable, () => parts.require('cheerio')],
        Backbone: [object, () => parts.require('backbone')],
        atob: [callable, () => natively.atob],
        btoa: [callable, () => natively.btoa],
        postman: [object, postman],
        responseBody: [null, (script) => script.response.text()],
        responseTime: [null, (script) => script.response.responseTime],
        iteration: [null, (script) => script.facts().iteration],
    };

    let current;

    function make(name) {
        const [target, build] = NAMES[name];
        const script = current;
        if (target === null) return build(script);
        return standIn(target(), () => build(script), () => {
            const label = name === 'postman' ? 'postman.setNextRequest' : name;
            const instead = name === 'postman' ? 'pm.execution.setNextRequest()' : INSTEAD[name];
            if (script.warned.has(label)) return;
            script.warned.add(label);
            parts.warn(`Using "${label}" is deprecated. Use "${instead}" instead.`);
        });
    }

    function define(name) {
        Object.defineProperty(parts.global, name, {
            get() {
                if (!current.hasLegacyNames) return undefined;
                if (!current.legacy.has(name)) current.legacy.set(name, make(name));
                return current.legacy.get(name);
            },
            set(value) {
                current.legacy.set(name, value);
            },
            enumerable: true,
            configurable: true,
        });
    }

    for (const name of Object.keys(NAMES)) if (!OF_RESPONSES.includes(name)) define(name);
    let hasResponseNames = false;

    /** Points the names to this script. */
    parts.useLegacyNames = (script) => {
        current = script;
        script.legacy = new Map();
        script.warned = new Set();
        if (script.isTest === hasResponseNames) return;
        hasResponseNames = script.isTest;
        for (const name of OF_RESPONSES) {
            if (hasResponseNames) define(name);
            else delete parts.global[name];
        }
    };
    parts.natively = natively;
});
