// Names of the web platform and of ECMA-402. Their code is loaded when a script first asks for one of
// them, so that other scripts do not pay for it.

(function (host, parts) {
    'use strict';

    const NAMES = {
        'web/text': ['TextEncoder', 'TextDecoder'],
        'web/url': ['URL', 'URLSearchParams'],
        'web/events': ['DOMException', 'Event', 'EventTarget', 'AbortController', 'AbortSignal'],
        'web/blob': ['Blob', 'File'],
        'web/clone': ['structuredClone'],
        'web/crypto': ['crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto'],
        'intl/intl': ['Intl'],
    };
    const loaded = new Map();

    /** What a part gives that is loaded on demand. */
    parts.part = function part(name) {
        if (!loaded.has(name)) loaded.set(name, host.library(`prelude/${name}`)(host, parts));
        return loaded.get(name);
    };

    for (const [file, names] of Object.entries(NAMES)) {
        for (const name of names) parts.lazy(parts.global, name, () => parts.part(file)[name], false);
    }

    /** The bytes behind a buffer or a view of one, without a copy. */
    parts.bytesOf = function bytesOf(source, what = 'input') {
        if (source instanceof ArrayBuffer || source instanceof SharedArrayBuffer) return new Uint8Array(source);
        if (ArrayBuffer.isView(source)) {
            return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
        }
        throw new TypeError(`The "${what}" argument must be an instance of ArrayBuffer or ArrayBufferView.`);
    };

    /** Adds a property that enumeration leaves out. */
    parts.hide = function hide(object, name, value) {
        Object.defineProperty(object, name, { value, writable: true, configurable: true });
    };

    /** Gives a class the name that `Object.prototype.toString` shows. */
    parts.tag = function tag(Type, name) {
        Object.defineProperty(Type.prototype, Symbol.toStringTag, { value: name, configurable: true });
    };
});
