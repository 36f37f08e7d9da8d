// What a script has ruined of the built-in objects is put right before the next one, which may be innocent.
//
// Replacing a function by another one is allowed and stays, as in Postman. What is no function any more,
// and the few functions without which nothing works, come back.

(function (host, parts) {
    'use strict';

    const global = parts.global;
    const { defineProperty, getOwnPropertyDescriptor, isExtensible } = Object;
    const hasOwn = Object.hasOwn;
    const { iterator, match, matchAll, replace, search, split } = Symbol;
    /** With one of these in `Object.prototype`, no property can be defined by a plain object. */
    const OF_DESCRIPTORS = ['get', 'set', 'value', 'writable', 'enumerable', 'configurable'];
    const NAMES = {
        'Array.prototype': ['at', 'concat', 'entries', 'every', 'filter', 'find', 'findIndex', 'flat', 'flatMap',
            'forEach', 'includes', 'indexOf', 'join', 'keys', 'map', 'pop', 'push', 'reduce', 'reverse', 'shift',
            'slice', 'some', 'sort', 'splice', 'toString', 'unshift', 'values'],
        'Map.prototype': ['clear', 'delete', 'entries', 'forEach', 'get', 'has', 'keys', 'set', 'values'],
        'Set.prototype': ['add', 'clear', 'delete', 'forEach', 'has', 'keys', 'values'],
        'WeakMap.prototype': ['get', 'has', 'set'],
        'String.prototype': ['charAt', 'charCodeAt', 'codePointAt', 'concat', 'endsWith', 'includes', 'indexOf',
            'lastIndexOf', 'localeCompare', 'match', 'matchAll', 'padEnd', 'padStart', 'repeat', 'replace',
            'replaceAll', 'search', 'slice', 'split', 'startsWith', 'substr', 'substring', 'toLowerCase', 'toString',
            'toUpperCase', 'toWellFormed', 'trim', 'trimEnd', 'trimStart', 'valueOf'],
        'Number.prototype': ['toFixed', 'toString', 'valueOf'],
        'RegExp.prototype': ['exec', 'test', 'toString'],
        'Date.prototype': ['getTime', 'toISOString', 'toJSON', 'toString', 'valueOf'],
        'Error.prototype': ['toString'],
        'Object.prototype': ['hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toString', 'valueOf'],
        Array: ['from', 'isArray', 'of'],
        ArrayBuffer: ['isView'],
        Date: ['now', 'parse'],
        JSON: ['parse', 'stringify'],
        Math: ['abs', 'ceil', 'floor', 'max', 'min', 'random', 'round', 'trunc'],
        Number: ['isFinite', 'isInteger', 'isNaN'],
        Object: ['assign', 'create', 'defineProperties', 'entries', 'freeze', 'fromEntries', 'getOwnPropertyDescriptor',
            'getOwnPropertyDescriptors', 'getOwnPropertyNames', 'getOwnPropertySymbols', 'hasOwn', 'is', 'isExtensible',
            'isFrozen', 'values'],
        Promise: ['all', 'reject', 'resolve'],
        Reflect: ['apply', 'construct', 'defineProperty', 'deleteProperty', 'get', 'getOwnPropertyDescriptor',
            'getPrototypeOf', 'has', 'ownKeys', 'set'],
        String: ['fromCharCode', 'fromCodePoint', 'raw'],
    };
    /** Nobody replaces these by something that still does what it should. */
    const FIXED = {
        'Array.prototype': [iterator],
        'Function.prototype': ['apply', 'bind', 'call', 'toString'],
        'Map.prototype': [iterator],
        'Set.prototype': [iterator],
        'String.prototype': [iterator],
        'RegExp.prototype': [match, matchAll, replace, search, split],
        'Promise.prototype': ['catch', 'finally', 'then'],
        Error: ['prepareStackTrace', 'stackTraceLimit'],
        Object: ['defineProperty', 'getPrototypeOf', 'keys', 'setPrototypeOf'],
    };
    const GLOBAL = ['Array', 'ArrayBuffer', 'Boolean', 'DataView', 'Date', 'Error', 'Function', 'JSON', 'Map', 'Math',
        'Number', 'Object', 'Promise', 'Proxy', 'RangeError', 'ReferenceError', 'Reflect', 'RegExp', 'Set', 'String',
        'Symbol', 'SyntaxError', 'TypeError', 'URIError', 'Uint8Array', 'WeakMap', 'WeakSet', 'clearImmediate',
        'clearInterval', 'clearTimeout', 'console', 'decodeURIComponent', 'encodeURIComponent', 'isFinite', 'isNaN',
        'parseFloat', 'parseInt', 'require', 'setImmediate', 'setInterval', 'setTimeout'];

    function entry(owner, name, key, isFixed) {
        const descriptor = Object.assign(Object.create(null), getOwnPropertyDescriptor(owner, key));
        const label = typeof key === 'symbol' ? `${name}[${key.description}]` : `${name}.${key}`;
        const value = owner[key];
        return { owner, key, descriptor, value, type: typeof value, isFixed, label: name === '' ? key : label };
    }

    function table() {
        const entries = [];
        const add = (names, isFixed) => {
            for (const name of Object.keys(names)) {
                const owner = name.split('.').reduce((object, step) => object[step], global);
                for (const key of names[name]) entries.push(entry(owner, name, key, isFixed));
            }
        };
        for (const key of GLOBAL) entries.push(entry(global, '', key, false));
        add(NAMES, false);
        add(FIXED, true);
        return entries;
    }

    const entries = table();
    const count = entries.length;
    const prototype = Object.prototype;
    const shared = [prototype, Array.prototype, Function.prototype, global];

    /** Nothing below may rely on what a script can change. */
    function restore() {
        let restored = '';
        for (let index = 0; index < OF_DESCRIPTORS.length; index++) {
            if (!hasOwn(prototype, OF_DESCRIPTORS[index])) continue;
            delete prototype[OF_DESCRIPTORS[index]];
            restored += `${restored === '' ? '' : ', '}Object.prototype.${OF_DESCRIPTORS[index]}`;
        }
        for (let index = 0; index < count; index++) {
            const known = entries[index];
            const found = known.owner[known.key];
            if (found === known.value) continue;
            if (!known.isFixed && found !== null && typeof found === known.type) continue;
            defineProperty(known.owner, known.key, known.descriptor);
            // The engine keeps a few values of its own behind accessors.
            if (known.descriptor.set !== undefined) known.owner[known.key] = known.value;
            restored += `${restored === '' ? '' : ', '}${known.label}`;
        }
        for (let index = 0; index < shared.length; index++) {
            if (!isExtensible(shared[index])) host.ruined();
        }
        return restored;
    }

    /** Puts right what can be, and asks for a new realm when something cannot. */
    parts.heal = () => {
        let restored = '';
        try {
            restored = restore();
        } catch {
            host.ruined();
        }
        if (restored !== '') parts.warn(`built-in names that the script had ruined are restored: ${restored}`);
    };
});
