// `pm.request`, its body and its authorization.

(function (host, parts) {
    'use strict';

    const {
        PostmanProperty, PostmanEntry, PropertyList, HeaderList, VariableList, PostmanUrl, PostmanQueryParam, isObject,
    } = parts;

    class PostmanFormParam extends PostmanEntry {
        static allowsMultiple = true;
        constructor(definition = {}) {
            super(definition);
            this.key = definition.key || '';
            this.value = definition.value || '';
            this.type = definition.type;
            this.src = definition.src;
            this.contentType = definition.contentType;
            this.fileName = definition.fileName;
        }
        valueOf() { return this.value; }
        toString() { return `${this.key}=${this.value}`; }
        toJSON() {
            const json = super.toJSON();
            if (json.type === 'file' && (typeof json.value !== 'string' || json.value === '')) delete json.value;
            return json;
        }
    }

    const MODES = ['raw', 'urlencoded', 'formdata', 'file', 'graphql'];

    class PostmanRequestBody extends PostmanProperty {
        static _postman_propertyName = 'RequestBody';
        static MODES = Object.fromEntries(MODES.map((mode) => [mode, mode]));
        constructor(definition) {
            super();
            if (definition) this.update(definition);
        }
        update(definition) {
            if (typeof definition === 'string') definition = { mode: 'raw', raw: definition };
            if (!definition.mode) return;
            const wanted = String(definition.mode).toLowerCase();
            const mode = MODES.includes(wanted) ? wanted : 'raw';
            let { raw, urlencoded, formdata, graphql, file } = definition;
            if (typeof urlencoded === 'string') urlencoded = PostmanQueryParam.parse(urlencoded);
            if (urlencoded || mode === 'urlencoded') urlencoded = new PropertyList(PostmanQueryParam, this, urlencoded || []);
            if (formdata || mode === 'formdata') formdata = new PropertyList(PostmanFormParam, this, formdata || []);
            if (graphql) {
                const { query, operationName, variables } = graphql;
                graphql = { query, operationName, variables };
            } else if (mode === 'graphql') graphql = {};
            if (typeof file === 'string') file = { src: file };
            if (mode === 'raw' && !raw) raw = '';
            const options = isObject(definition.options) ? definition.options : undefined;
            Object.assign(this, { mode, raw, urlencoded, formdata, file, graphql, options, disabled: definition.disabled });
        }
        toString() {
            if (this.mode === 'urlencoded') {
                return this.urlencoded instanceof PropertyList
                    ? PostmanQueryParam.unparse(this.urlencoded.members) : String(this.urlencoded ?? '');
            }
            return this.mode === 'raw' && this.raw ? String(this.raw) : '';
        }
        isEmpty() {
            const content = this.mode && this[this.mode];
            if (!content) return true;
            if (this.mode === 'file') return !(content.src || content.content);
            if (typeof content === 'string') return content.length === 0;
            if (typeof content.count === 'function') return content.count() === 0;
            return Object.keys(content).length === 0;
        }
    }

    const isType = (type) => typeof type === 'string' && type !== 'type';

    function fillAuth(auth, type, parameters) {
        if (!(auth[type] instanceof VariableList)) auth[type] = new VariableList(auth);
        if (Array.isArray(parameters) || parameters instanceof PropertyList) auth[type].assimilate(parameters);
        else auth[type].syncFromObject(parameters);
    }

    class PostmanRequestAuth extends PostmanProperty {
        static _postman_propertyName = 'RequestAuth';
        static isValidType = isType;
        constructor(definition, parent) {
            super();
            if (parent) this.setParent(parent);
            if (!isObject(definition)) return;
            if (Object.hasOwn(definition, 'type')) this.use(definition.type);
            for (const [type, parameters] of Object.entries(definition)) {
                if (type !== 'type') this.update(parameters, type);
            }
        }
        update(parameters, type = this.type) {
            if (isObject(parameters) && isType(type)) fillAuth(this, type, parameters);
        }
        use(type, parameters) {
            if (!isType(type)) return;
            this.type = type;
            fillAuth(this, type, parameters);
        }
        parameters() { return this[this.type]; }
        current() {
            throw new Error('`Request#current` has been discontinued, use `Request#parameters` instead.');
        }
        clear(type) {
            if (!isType(type) || !(this[type] instanceof VariableList)) return;
            this[type].clear();
            if (type !== this.type) delete this[type];
        }
    }

    function fillRequest(request, definition) {
        if (Object.hasOwn(definition, 'url')) request.url.update(definition.url);
        if (definition.body !== undefined) request.body = new PostmanRequestBody(definition.body);
        if (definition.auth) request.auth = new PostmanRequestAuth(definition.auth);
        if (definition.proxy) request.proxy = definition.proxy;
        if (definition.certificate) request.certificate = definition.certificate;
    }

    class PostmanRequest extends PostmanProperty {
        static _postman_propertyName = 'Request';
        constructor(definition) {
            super();
            if (typeof definition === 'string') definition = { url: definition };
            if (isObject(definition) && definition.description != null) this.describe(definition.description);
            this.url = new PostmanUrl();
            this.headers = new HeaderList(this, definition?.header);
            this.method = methodOf(definition);
            if (definition) fillRequest(this, definition);
        }
        update(definition) {
            if (!definition) return;
            if (definition.header) this.headers.repopulate(definition.header);
            if (Object.hasOwn(definition, 'method')) this.method = methodOf(definition);
            fillRequest(this, definition);
        }
        authorizeUsing(type, parameters) {
            if (isObject(type) && (parameters === undefined || parameters === null)) {
                const { type: name, ...rest } = type;
                type = name;
                parameters = rest;
            }
            if (type === null) {
                delete this.auth;
            } else if (isType(type)) {
                if (this.auth instanceof PostmanRequestAuth) this.auth.clear(type);
                else this.auth = new PostmanRequestAuth(null, this);
                this.auth.use(type, parameters);
            }
        }

        getHeaders(options = {}) {
            return this.headers.toObject(options.enabled, !options.ignoreCase, options.multiValue, options.sanitizeKeys);
        }
        forEachHeader(callback) { this.headers.all().forEach((header) => callback(header, this)); }
        addHeader(header) { this.headers.add(header); }
        removeHeader(header, options = {}) {
            const fold = (key) => (options?.ignoreCase ? String(key).toLowerCase() : key);
            const wanted = typeof header === 'string' ? header : header?.key;
            if (wanted) this.headers.remove((member) => fold(member.key) === fold(wanted));
        }
        upsertHeader(header) {
            if (!header?.key) return;
            const existing = this.headers.find({ key: header.key });
            if (existing) existing.value = header.value;
            else this.headers.add(header);
        }
        addQueryParams(parameters) { this.url.addQueryParams(parameters); }
        removeQueryParams(parameters) { this.url.removeQueryParams(parameters); }

        size() {
            const declared = this.headers.get('Content-Length');
            const isDeclared = declared !== undefined && declared !== '' && !Number.isNaN(Number(declared));
            const body = isDeclared ? parseInt(declared, 10) : this.body ? parts.byteLength(this.body.toString()) : 0;
            const header = `${this.method} ${this.url.getPathWithQuery()} HTTP/X.X\r\n\r\n`.length + this.headers.contentSize();
            return { body, header, total: body + header, source: isDeclared ? 'CONTENT-LENGTH' : 'COMPUTED' };
        }
        clone() { return new PostmanRequest(this.toJSON()); }
        toJSON() {
            const json = super.toJSON();
            if (Array.isArray(json.header) && json.header.length === 0) delete json.header;
            return json;
        }
    }

    function methodOf(definition) {
        return definition?.method === undefined || definition.method === null
            ? 'GET' : String(definition.method).toUpperCase();
    }

    /** The five parts of a request that a script can change, in the form of a collection. */
    function changeable(request) {
        const result = {
            method: String(request.method ?? 'GET').toUpperCase(),
            url: urlOf(request.url),
            header: request.headers instanceof PropertyList ? request.headers.members.map(headerOf) : [],
        };
        if (request.body === null) {
            result.body = undefined;
        } else if (request.body) {
            result.body = request.body instanceof PostmanRequestBody
                ? request.body.toJSON() : new PostmanRequestBody(request.body).toJSON();
        }
        if (request.auth) result.auth = authOf(request.auth);
        return result;
    }

    function headerOf(header) {
        const { value } = header;
        return { ...parts.toPlain(header), value: value === undefined ? '' : String(value) };
    }

    function authOf(auth) {
        const json = auth instanceof PostmanRequestAuth ? auth.toJSON() : new PostmanRequestAuth(auth).toJSON();
        return Object.fromEntries(Object.entries(json)
            .filter(([name, value]) => name === 'type' || Array.isArray(value)));
    }

    /** The request as a script left it; nothing when it only read it. */
    parts.changedRequest = (request, original) => {
        const before = changeable(new PostmanRequest(original));
        const after = changeable(request);
        const changed = Object.keys(after)
            .filter((name) => parts.stringify(after[name]) !== parts.stringify(before[name]));
        if (changed.length === 0) return undefined;
        const result = { ...original };
        for (const name of changed) result[name] = after[name];
        return result;
    };

    function urlOf(url) {
        const whole = url instanceof PostmanUrl ? url : new PostmanUrl(isObject(url) ? parts.toPlain(url) : url);
        const json = whole.toJSON();
        if (Array.isArray(whole.query)) json.query = new PropertyList(PostmanQueryParam, whole, whole.query).toJSON();
        return { raw: whole.toString(false, true), ...json };
    }

    parts.changeable = changeable;
    parts.byteLength = (text) => host.encodeText(text).length;
    Object.assign(parts, { PostmanRequest, PostmanRequestBody, PostmanRequestAuth, PostmanFormParam });
});
