// `URL` and `URLSearchParams`.

(function (host, parts) {
    'use strict';

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
        return host.decodeText('utf-8', new Uint8Array(bytes), false, true);
    }

    /** Connects the parameters of a URL with it. */
    let connect;
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
        static {
            connect = (text, changed) => {
                const parameters = new URLSearchParams(text);
                parameters.#changed = changed;
                return { parameters, read: (next) => parameters.#read(next) };
            };
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
        static parse(text, base) {
            return URL.canParse(text, base) ? new URL(text, base) : null;
        }
        static canParse(text, base) {
            return Boolean(host.parseUrl(String(text), base === undefined ? undefined : String(base)));
        }
        get searchParams() {
            this.#search ??= connect(this.#parts.search, (query) => {
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

    Object.defineProperty(URLSearchParams.prototype, Symbol.iterator,
        { value: URLSearchParams.prototype.entries, writable: true, configurable: true });
    parts.tag(URL, 'URL');
    parts.tag(URLSearchParams, 'URLSearchParams');
    return { URL, URLSearchParams };
});
