// Names of the web platform: text encodings, URLs, random values, `structuredClone`.

(function (host, parts) {
    'use strict';

    const global = parts.global;

    function bytesOf(source) {
        if (source === undefined) return new Uint8Array(0);
        if (source instanceof ArrayBuffer) return new Uint8Array(source);
        if (ArrayBuffer.isView(source)) {
            return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
        }
        throw new TypeError('The "input" argument must be an instance of ArrayBuffer or ArrayBufferView.');
    }

    class TextEncoder {
        get encoding() { return 'utf-8'; }
        encode(text = '') { return host.encodeText(String(text)); }
        encodeInto(text, target) {
            const bytes = this.encode(text).subarray(0, target.length);
            target.set(bytes);
            return { read: String(text).length, written: bytes.length };
        }
    }

    class TextDecoder {
        #name;
        #options;
        constructor(label = 'utf-8', options = {}) {
            this.#name = host.encodingName(String(label));
            this.#options = options ?? {};
            if (this.#name === undefined) {
                throw new RangeError(`The "${label}" encoding is not supported`);
            }
        }
        get encoding() { return this.#name; }
        get fatal() { return Boolean(this.#options.fatal); }
        get ignoreBOM() { return Boolean(this.#options.ignoreBOM); }
        decode(source) {
            return host.decodeText(this.#name, Array.from(bytesOf(source)), this.fatal, this.ignoreBOM);
        }
    }

    function formEncoded(text) {
        return encodeURIComponent(text.toWellFormed())
            .replace(/%20/g, '+')
            .replace(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
    }

    function formDecoded(text) {
        const bytes = [];
        const source = host.encodeText(text.replace(/\+/g, ' '));
        for (let index = 0; index < source.length; index++) {
            const pair = String.fromCharCode(source[index + 1] ?? 0, source[index + 2] ?? 0);
            if (source[index] === 0x25 && /^[0-9a-f]{2}$/i.test(pair)) {
                bytes.push(parseInt(pair, 16));
                index += 2;
            } else {
                bytes.push(source[index]);
            }
        }
        return host.decodeText('utf-8', bytes, false, true);
    }

    class URLSearchParams {
        #pairs = [];
        #changed = null;
        constructor(source = '') {
            if (typeof source === 'object' && source !== null) {
                const pairs = typeof source[Symbol.iterator] === 'function' ? [...source] : Object.entries(source);
                this.#pairs = pairs.map(([name, value]) => [String(name), String(value)]);
            } else {
                this.#read(String(source));
            }
        }
        #read(text) {
            this.#pairs = text.replace(/^\?/, '').split('&').filter((part) => part !== '').map((part) => {
                const at = part.indexOf('=');
                return at < 0 ? [formDecoded(part), ''] : [formDecoded(part.slice(0, at)), formDecoded(part.slice(at + 1))];
            });
        }
        #notify() { this.#changed?.(this.toString()); }
        /** Connects the parameters of a URL with it. */
        static connect(text, changed) {
            const parameters = new URLSearchParams(text);
            parameters.#changed = changed;
            return { parameters, read: (next) => parameters.#read(next) };
        }
        get size() { return this.#pairs.length; }
        append(name, value) { this.#pairs.push([String(name), String(value)]); this.#notify(); }
        delete(name, value) {
            this.#pairs = this.#pairs.filter((pair) => pair[0] !== String(name)
                || (value !== undefined && pair[1] !== String(value)));
            this.#notify();
        }
        get(name) { return this.#pairs.find((pair) => pair[0] === String(name))?.[1] ?? null; }
        getAll(name) { return this.#pairs.filter((pair) => pair[0] === String(name)).map((pair) => pair[1]); }
        has(name, value) {
            return this.#pairs.some((pair) => pair[0] === String(name)
                && (value === undefined || pair[1] === String(value)));
        }
        set(name, value) {
            const first = this.#pairs.find((pair) => pair[0] === String(name));
            if (first === undefined) return this.append(name, value);
            first[1] = String(value);
            this.#pairs = this.#pairs.filter((pair) => pair === first || pair[0] !== first[0]);
            this.#notify();
        }
        sort() { this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); this.#notify(); }
        forEach(callback, self) { for (const [name, value] of this.#pairs) callback.call(self, value, name, this); }
        *entries() { for (const pair of this.#pairs) yield [...pair]; }
        *keys() { for (const [name] of this.#pairs) yield name; }
        *values() { for (const [, value] of this.#pairs) yield value; }
        [Symbol.iterator]() { return this.entries(); }
        toString() { return this.#pairs.map(([name, value]) => `${formEncoded(name)}=${formEncoded(value)}`).join('&'); }
    }

    class URL {
        #parts;
        #search;
        constructor(text, base) {
            this.#parts = host.parseUrl(String(text), base === undefined ? undefined : String(base));
            if (!this.#parts) {
                const error = new TypeError('Invalid URL');
                error.code = 'ERR_INVALID_URL';
                error.input = String(text);
                throw error;
            }
        }
        static canParse(text, base) {
            return Boolean(host.parseUrl(String(text), base === undefined ? undefined : String(base)));
        }
        get searchParams() {
            this.#search ??= URLSearchParams.connect(this.#parts.search, (query) => {
                this.#parts = host.changeUrl(this.#parts.href, 'search', query);
            });
            return this.#search.parameters;
        }
        static {
            const names = ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
            for (const name of names) {
                Object.defineProperty(URL.prototype, name, {
                    get() { return this.#parts[name]; },
                    set(value) {
                        this.#parts = host.changeUrl(this.#parts.href, name, String(value));
                        if (name === 'search') this.#search?.read(this.#parts.search);
                    },
                    enumerable: true,
                    configurable: true,
                });
            }
        }
        get origin() { return this.#parts.origin; }
        get href() { return this.#parts.href; }
        set href(value) {
            this.#parts = new URL(value).#parts;
            this.#search?.read(this.#parts.search);
        }
        toString() { return this.href; }
        toJSON() { return this.href; }
    }

    function cloneError(value) {
        const error = new Error(`${typeof value === 'symbol' ? 'Symbol' : String(value)} could not be cloned.`);
        error.name = 'DataCloneError';
        return error;
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
        if (ArrayBuffer.isView(value)) return keep(value.slice ? value.slice() : new DataView(value.buffer.slice(0)));
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
        if (value instanceof Error) return keep(Object.assign(new value.constructor(value.message), { name: value.name }));
        if (value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise) throw cloneError(value);
        if (['Number', 'String', 'Boolean'].includes(value.constructor?.name)) return keep(Object(value.valueOf()));
        const copy = keep({});
        for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
        return copy;
    }

    const crypto = {
        getRandomValues(array) {
            if (!ArrayBuffer.isView(array) || array instanceof DataView
                || array instanceof Float32Array || array instanceof Float64Array) {
                throw new TypeError('The data argument must be an integer-type TypedArray');
            }
            if (array.byteLength > 65536) {
                const error = new Error(`The requested length exceeds 65,536 bytes`);
                error.name = 'QuotaExceededError';
                throw error;
            }
            new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(host.randomBytes(array.byteLength));
            return array;
        },
        randomUUID: () => host.uuid(),
    };

    const names = {
        TextEncoder, TextDecoder, URL, URLSearchParams, crypto,
        structuredClone: (value) => clone(value, new Map()),
    };
    for (const [name, value] of Object.entries(names)) {
        Object.defineProperty(global, name, { value, writable: true, configurable: true });
    }
});
