// `structuredClone`.

(function (host, parts) {
    'use strict';

    function cloneError(value) {
        const { DOMException } = parts.part('web/events');
        const text = typeof value === 'object' ? '#<' + (value.constructor?.name ?? 'Object') + '>' : String(value);
        return new DOMException(`${text} could not be cloned.`, 'DataCloneError');
    }

    function clone(value, seen) {
        if (typeof value === 'function' || typeof value === 'symbol') throw cloneError(value);
        if (typeof value !== 'object' || value === null) return value;
        if (seen.has(value)) return seen.get(value);
        const keep = (copy) => {
            seen.set(value, copy);
            return copy;
        };
        if (Array.isArray(value)) {
            const copy = keep(new Array(value.length));
            for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
            return copy;
        }
        if (value instanceof Date) return keep(new Date(value.getTime()));
        if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
        if (value instanceof ArrayBuffer) return keep(value.slice(0));
        if (ArrayBuffer.isView(value)) {
            if (!(value instanceof DataView)) return keep(value.slice());
            const { buffer, byteOffset, byteLength } = value;
            return keep(new DataView(buffer.slice(byteOffset, byteOffset + byteLength)));
        }
        if (value instanceof Map) {
            const copy = keep(new Map());
            for (const [key, member] of value) copy.set(clone(key, seen), clone(member, seen));
            return copy;
        }
        if (value instanceof Set) {
            const copy = keep(new Set());
            for (const member of value) copy.add(clone(member, seen));
            return copy;
        }
        if (value instanceof Error) return error(value, keep, seen);
        if (value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise) throw cloneError(value);
        if (['Number', 'String', 'Boolean'].includes(value.constructor?.name)) return keep(Object(value.valueOf()));
        const copy = keep({});
        for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
        return copy;
    }

    const ERRORS = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

    function error(value, keep, seen) {
        const copy = keep(new (ERRORS[value.name] ?? Error)(value.message));
        for (const key of ['stack', 'cause']) {
            if (!Object.hasOwn(value, key)) continue;
            Object.defineProperty(copy, key,
                { value: clone(value[key], seen), writable: true, configurable: true });
        }
        return copy;
    }

    return {
        structuredClone(value) {
            if (arguments.length === 0) throw new TypeError('The "value" argument must be specified');
            return clone(value, new Map());
        },
    };
});
