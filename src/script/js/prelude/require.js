// `require` and the libraries behind it.

(function (host, parts) {
    'use strict';

    const global = parts.global;
    const loaded = new Map();
    const process = {
        env: {}, argv: [], version: '', versions: {}, browser: true, platform: 'browser',
        nextTick: (callback, ...values) => void Promise.resolve().then(() => callback(...values)),
        cwd: () => '/',
        on() {}, once() {}, off() {}, emit() {},
    };

    /** What a browser knows of its system: nothing. */
    function browserSystem() {
        const none = () => [];
        const empty = () => ({});
        return {
            EOL: '\n', endianness: () => 'LE', hostname: () => '', loadavg: none, uptime: () => 0, cpus: none,
            freemem: () => Number.MAX_VALUE, totalmem: () => Number.MAX_VALUE, type: () => 'Browser', release: () => '',
            networkInterfaces: empty, getNetworkInterfaces: empty, arch: () => 'javascript', platform: () => 'browser',
            tmpdir: () => '/tmp', tmpDir: () => '/tmp', homedir: () => '/',
        };
    }

    /** What libraries need of `crypto`, which scripts may be without. */
    const crypto = {
        getRandomValues(array) {
            new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(host.randomBytes(array.byteLength));
            return array;
        },
    };

    /** Modules that are too small to bundle, and the imports that bundled libraries do without. */
    const own = {
        atob: () => parts.natively.atob,
        btoa: () => parts.natively.btoa,
        fs: () => ({}),
        os: browserSystem,
        uuid: () => Object.assign(() => host.uuid(), { v4: () => host.uuid() }),
        _process: () => process,
        jquery: () => undefined,
        'host:semver': () => ({}),
        'host:faker': () => new Proxy({}, { get: () => new Proxy(() => '', { get: () => () => '' }) }),
        'host:iconv-lite': () => ({
            encodingExists: (name) => host.encodingName(String(name)) !== undefined,
            decode: (bytes, name) => host.decodeText(host.encodingName(String(name)) ?? 'utf-8', new Uint8Array(bytes), false, false),
        }),
        'host:mime-types': () => ({ extension: parts.extensionOf }),
    };

    /** After loading, a few libraries get what Postman adds to them. */
    const prepared = {
        chai: (chai) => {
            parts.extendChai(chai);
            return chai;
        },
    };

    function load(name) {
        if (loaded.has(name)) return loaded.get(name);
        let exported;
        if (Object.hasOwn(own, name)) {
            exported = own[name]();
        } else {
            const module = { exports: {} };
            // Libraries import each other in circles.
            loaded.set(name, module.exports);
            try {
                host.library(name).call(module.exports, load, module, module.exports, global, global, global, process, crypto);
            } catch (error) {
                loaded.delete(name);
                throw error;
            }
            exported = module.exports;
            if (prepared[name]) exported = prepared[name](exported);
        }
        loaded.set(name, exported);
        return exported;
    }

    function isPublic(name) {
        if (typeof name !== 'string' || /[#:]/.test(name) || name === 'lodash3' || name === 'jquery') return false;
        if (name.startsWith('prelude/')) return false;
        return Object.hasOwn(own, name) || host.hasLibrary(name);
    }

    parts.require = load;
    global.require = function require(name) {
        if (isPublic(name)) return load(name);
        const error = new Error(`Cannot find module '${name}'`);
        error.code = 'MODULE_NOT_FOUND';
        throw error;
    };
    Object.defineProperty(global, 'Buffer', {
        get: () => load('buffer').Buffer,
        set(value) {
            Object.defineProperty(global, 'Buffer', { value, writable: true, configurable: true });
        },
        configurable: true,
    });
});
