// `pm.request.url` and its query parameters.

(function (host, parts) {
    'use strict';

    const { PostmanProperty, PostmanEntry, PropertyList, VariableList, isObject, isPlain } = parts;
    /** A token whose name holds a character that would end a part of the URL. */
    const TOKEN = /\{\{[^{}]*\}\}/g;
    const DOTS_OUTSIDE_TOKENS = /\.(?![^{]*\}{2})/g;

    function encoded(text, equalsToo) {
        if (typeof text !== 'string') return text ?? '';
        const plain = (part) => {
            const safe = part.replace(/&/g, '%26').replace(/#/g, '%23');
            return equalsToo ? safe.replace(/=/g, '%3D') : safe;
        };
        let result = '';
        let end = 0;
        for (const match of text.matchAll(TOKEN)) {
            result += plain(text.slice(end, match.index)) + match[0];
            end = match.index + match[0].length;
        }
        return result + plain(text.slice(end));
    }

    class PostmanQueryParam extends PostmanEntry {
        static allowsMultiple = true;
        constructor(definition) {
            if (typeof definition === 'string') definition = PostmanQueryParam.parseSingle(definition);
            super(definition);
            this.update(definition);
        }
        update(definition) {
            super.update(typeof definition === 'string' ? PostmanQueryParam.parseSingle(definition) : definition);
        }
        valueOf() { return typeof this.value === 'string' ? this.value : ''; }
        toString() { return PostmanQueryParam.unparseSingle(this); }
        static parse(text) {
            return typeof text === 'string' ? text.split('&').map(PostmanQueryParam.parseSingle) : [];
        }
        static parseSingle(text, position, all) {
            if (text === '' && Array.isArray(all) && position !== all.length - 1) return { key: null, value: null };
            const at = text.indexOf('=');
            return at < 0 ? { key: text, value: null } : { key: text.slice(0, at), value: text.slice(at + 1) };
        }
        static unparse(members) {
            const list = Array.isArray(members) ? members : Object.entries(members).map(([key, value]) => ({ key, value }));
            return list.filter((member) => member.disabled !== true).map(PostmanQueryParam.unparseSingle).join('&');
        }
        static unparseSingle(member) {
            const key = typeof member.key === 'string' ? encoded(member.key, true) : '';
            return typeof member.value === 'string' ? `${key}=${encoded(member.value, false)}` : key;
        }
    }

    /** Takes a URL apart without checking it; tokens count as ordinary characters. */
    function parse(text) {
        const url = {};
        if (typeof text !== 'string' || text === '') return url;
        const tokens = [];
        const hidden = text.trimStart().replace(TOKEN, (token) => `\u0000${tokens.push(token) - 1}\u0000`);
        const shown = (part) => part?.replace(/\u0000(\d+)\u0000/g, (_, index) => tokens[index]);
        let rest = cut(hidden, '#', (hash) => { url.hash = shown(hash); });
        rest = cut(rest, '?', (query) => {
            url.query = query.split('&').map(shown).map(PostmanQueryParam.parseSingle);
        });
        rest = rest.replace(/\\/g, '/');
        const protocol = rest.indexOf('://');
        if (protocol > -1) {
            url.protocol = shown(rest.slice(0, protocol));
            rest = rest.slice(protocol + 3).replace(/^\/+/, url.protocol.toLowerCase() === 'file' ? '/' : '');
        }
        rest = cut(rest, '/', (path) => { url.path = path.split('/').map(shown); });
        const at = rest.lastIndexOf('@');
        if (at > -1) {
            const [user, ...password] = rest.slice(0, at).split(':');
            url.auth = { user: shown(user), password: password.length > 0 ? shown(password.join(':')) : undefined };
            rest = rest.slice(at + 1);
        }
        const colon = rest.lastIndexOf(':');
        if (colon > -1 && !rest.slice(colon).includes(']')) {
            url.port = shown(rest.slice(colon + 1));
            rest = rest.slice(0, colon);
        }
        if (rest !== '') url.host = rest.split('.').map(shown);
        const names = [...new Set((url.path ?? []).map(variableName).filter(Boolean))];
        if (names.length > 0) url.variable = names.map((key) => ({ key }));
        return url;
    }

    function cut(text, mark, take) {
        const at = text.indexOf(mark);
        if (at < 0) return text;
        take(text.slice(at + 1));
        return text.slice(0, at);
    }

    function variableName(segment) {
        if (!String(segment).startsWith(':')) return null;
        const dot = segment.indexOf('.');
        return segment.slice(1, dot < 0 ? undefined : dot) || null;
    }

    function filled(url, segment) {
        const name = variableName(segment);
        const value = name && url.variables?.get?.(name);
        return value && typeof value === 'string' ? value + segment.slice(name.length + 1) : segment;
    }

    function credentials({ auth }) {
        if (!auth) return '';
        const { user, password } = auth;
        if (typeof user !== 'string' && typeof password !== 'string') return '';
        return `${typeof user === 'string' ? user : ''}${typeof password === 'string' ? `:${password}` : ''}@`;
    }

    class PostmanUrl extends PostmanProperty {
        constructor(definition) {
            super();
            this.update(definition);
        }

        update(definition) {
            let url = definition || '';
            if (typeof url === 'string') url = parse(url);
            else if (url.host === undefined && url.path === undefined && typeof url.raw === 'string') {
                url = { ...parse(url.raw), ...url };
            }
            let { query, path, host, variable } = url;
            if (typeof query === 'string') query = PostmanQueryParam.parse(query);
            else if (isPlain(query)) query = Object.entries(query).map(([key, value]) => ({ key, value }));
            if (typeof path === 'string') {
                path = path.replace(/^\/(?=.)/, '');
                path = path === '' ? undefined : path === '/' ? [''] : path.split('/');
            }
            if (typeof host === 'string') host = host.split(DOTS_OUTSIDE_TOKENS);
            if (Array.isArray(variable)) {
                variable = variable.map((entry) => (isObject(entry) ? { ...entry, key: entry.key || entry.id } : entry));
            }
            this.auth = url.auth;
            this.protocol = url.protocol;
            this.port = url.port;
            this.path = path;
            this.hash = url.hash;
            this.host = host;
            this.query = new PropertyList(PostmanQueryParam, this, query || []);
            this.variables = new VariableList(this, variable || []);
        }

        addQueryParams(parameters) {
            this.query.populate(typeof parameters === 'string' ? PostmanQueryParam.parse(parameters) : parameters);
        }
        removeQueryParams(parameters) {
            const names = (Array.isArray(parameters) ? parameters : [parameters])
                .map((parameter) => (parameter?.key ? parameter.key : parameter));
            this.query.remove((parameter) => names.includes(parameter.key));
        }

        getHost() {
            if (!this.host) return '';
            return Array.isArray(this.host) ? this.host.join('.') : String(this.host);
        }
        getPath(isUnresolved) {
            const path = Array.isArray(this.path) ? this.path : this.path ? [String(this.path)] : [];
            if (isUnresolved) return `/${path.join('/')}`;
            return `/${path.map((segment) => filled(this, segment)).join('/')}`;
        }
        getQueryString() {
            const members = this.query instanceof PropertyList ? this.query.members : this.query;
            return Array.isArray(members) && members.length > 0 ? PostmanQueryParam.unparse(members) : '';
        }
        getPathWithQuery() {
            const query = this.getQueryString();
            return query === '' ? this.getPath() : `${this.getPath()}?${query}`;
        }
        getRemote(forcePort) {
            const port = this.port ? String(this.port) : forcePort ? (this.protocol === 'https' ? '443' : '80') : '';
            return port === '' ? this.getHost() : `${this.getHost()}:${port}`;
        }
        getOAuth1BaseUrl() {
            const protocol = (this.protocol || 'http').replace(/:\/\/$/, '');
            const port = this.port ? String(this.port) : '';
            const remote = ['', '80', '443'].includes(port) ? this.getHost() : `${this.getHost()}:${port}`;
            return `${protocol}://${remote}`.toLowerCase() + this.getPath();
        }
        getRaw() {
            throw new Error('`Url#getRaw` has been discontinued, use `Url#toString` instead.');
        }

        /** The second argument keeps path variables such as `:id` as they are. */
        toString(forceProtocol, isUnresolved) {
            const protocol = this.protocol || (forceProtocol ? 'http' : '');
            let text = protocol === '' ? '' : `${protocol.replace(/:\/\/$/, '')}://`;
            text += credentials(this) + this.getHost();
            if (this.port !== undefined && this.port !== null) text += `:${this.port}`;
            if (this.path) text += this.getPath(isUnresolved);
            const members = this.query instanceof PropertyList ? this.query.members : this.query;
            if (Array.isArray(members) && members.some((member) => member && !member.disabled)) {
                text += `?${this.getQueryString()}`;
            }
            if (typeof this.hash === 'string') text += `#${this.hash}`;
            return text;
        }

        static _postman_propertyName = 'Url';
        static parse(text) { return { raw: text, ...parse(text) }; }
        static isUrl(value) { return value instanceof PostmanUrl; }
    }

    Object.assign(parts, { PostmanUrl, PostmanQueryParam });
});
