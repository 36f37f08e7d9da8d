// The scopes of variables.
//
// Rust holds all variables; a scope here remembers only what would lose its identity on the way: objects,
// functions and other values that are more than JSON. They pass as JSON when the script ends.

(function (host, parts) {
    'use strict';

    const { PostmanProperty, VariableList, isObject } = parts;
    const [LOCAL, DATA, ENVIRONMENT, FOLDER, COLLECTION, GLOBALS] = [0, 1, 2, 3, 4, 5];
    const isSimple = (value) => value === null || ['string', 'boolean'].includes(typeof value)
        || (typeof value === 'number' && Number.isFinite(value));

    /** As the types of variables in files; the third argument of `set` counts in the script only. */
    const CASTS = {
        string: String, number: Number, boolean: Boolean,
        array: (value) => value, object: (value) => value,
    };

    function json(value) {
        try {
            return parts.stringify(value, (key, member) => (typeof member === 'bigint' ? String(member) : member)) ?? 'null';
        } catch {
            return 'null';
        }
    }

    /** Passes on what was changed after it was set. */
    let flush;
    /** The variables as they were when the script began. */
    let atStart;
    class PostmanVariableScope extends PostmanProperty {
        #scope;
        #own = new Map();
        #before = new Map();
        constructor(scope) {
            super();
            this.#scope = scope;
            const [id, name] = host.scopeFacts(scope) ?? [];
            parts.lazy(this, 'id', () => id ?? host.uuid());
            if (name !== undefined && name !== null && scope === ENVIRONMENT) this.name = name;
            // A fresh list each time, because Rust holds the variables.
            Object.defineProperty(this, 'values', { get: () => this.#list(), enumerable: true, configurable: true });
        }

        #list() {
            return new VariableList(this, this.#entries().map(
                ({ key, value, type, disabled }) => ({ type, value, key, ...(disabled ? { disabled } : {}) })));
        }

        get(key) {
            key = String(key);
            if (this.#own.has(key)) {
                const { value } = this.#own.get(key);
                return typeof value === 'function' ? value() : value;
            }
            const value = host.readVariable(this.#scope, key);
            if (isObject(value)) this.#own.set(key, { value, isSet: false });
            return value;
        }

        /** Keeps what the variable was at the start of the script. */
        #remember(key) {
            if (this.#before.has(key)) return;
            this.#before.set(key, host.hasVariable(this.#scope, key)
                ? { value: host.readVariable(this.#scope, key) } : undefined);
        }

        set(key, value, type) {
            key = String(key);
            this.#remember(key);
            const cast = typeof type === 'string' ? CASTS[type.toLowerCase()] : undefined;
            if (cast !== undefined) value = cast(value);
            this.#own.delete(key);
            if (isSimple(value)) {
                host.writeVariable(this.#scope, key, value);
                return;
            }
            this.#pass(key, value);
            if (!host.isTyped(this.#scope, key)) this.#own.set(key, { value, isSet: true });
        }

        /** What the next script and the request will see. */
        #pass(key, value) {
            if (value === undefined) host.writeVariable(this.#scope, key, this.#scope === LOCAL ? undefined : null);
            else if (typeof value === 'function' && this.#scope === LOCAL) host.writeStructure(this.#scope, key, '{}');
            else host.writeStructure(this.#scope, key, json(value));
        }

        has(key) { return host.hasVariable(this.#scope, String(key)); }
        unset(key) {
            this.#remember(String(key));
            this.#own.delete(String(key));
            host.unsetVariable(this.#scope, String(key));
        }
        clear() {
            for (const { key } of this.#entries()) this.#remember(key);
            this.#own.clear();
            host.clearVariables(this.#scope);
        }

        #entries() {
            return host.variableEntries(this.#scope).map((entry) => {
                const own = entry.disabled ? undefined : this.#own.get(entry.key);
                return own === undefined ? entry : { ...entry, value: own.value };
            });
        }

        toObject(excludeDisabled) {
            const object = {};
            for (const { key, value, disabled } of this.#entries()) {
                if (!(disabled && excludeDisabled)) object[key] = value;
            }
            return object;
        }

        toJSON() {
            const values = this.#entries().map(({ key, value, type, disabled }) =>
                ({ type, value, key, ...(disabled ? { disabled } : {}) }));
            return { id: this.id, ...(this.name === undefined ? {} : { name: this.name }), values };
        }

        replaceIn(value) { return replaced(value, (text) => host.substituteIn(this.#scope, text)); }

        syncVariablesTo(object = {}) {
            const values = this.toObject();
            for (const key of Object.keys(object)) if (!Object.hasOwn(values, key)) delete object[key];
            return Object.assign(object, values);
        }
        /** Takes over the members of an object, and drops the other variables when pruning. */
        syncVariablesFrom(object, isTracked, isPruning) {
            const changes = { created: [], updated: [], deleted: [] };
            for (const [key, value] of Object.entries(object ?? {})) {
                changes[this.has(key) ? 'updated' : 'created'].push(key);
                this.set(key, value);
            }
            for (const { key } of isPruning ? this.#entries() : []) {
                if (Object.hasOwn(object ?? {}, key)) continue;
                changes.deleted.push(key);
                this.unset(key);
            }
            return isTracked ? changes : undefined;
        }
        variables() {
            throw new Error('`VariableScope#variables` has been discontinued, use `VariableScope#syncVariablesTo` instead.');
        }

        static _postman_propertyName = 'VariableScope';
        static {
            flush = (scope) => {
                for (const [key, { value, isSet }] of scope.#own) if (isSet) scope.#pass(key, value);
            };
            atStart = (scope) => {
                const object = scope.toObject(true);
                for (const [key, before] of scope.#before) {
                    if (before === undefined) delete object[key];
                    else object[key] = before.value;
                }
                return object;
            };
        }
    }

    function replaced(value, replace, seen = new Map()) {
        if (typeof value === 'string') return replace(value);
        if (!isObject(value)) return value;
        if (seen.has(value)) return seen.get(value);
        const source = typeof value.toJSON === 'function' ? value.toJSON() : value;
        if (!isObject(source)) return replaced(source, replace, seen);
        const copy = Array.isArray(source) ? [] : {};
        seen.set(value, copy);
        for (const key of Object.keys(source)) copy[key] = replaced(source[key], replace, seen);
        return copy;
    }

    /** All layers together; changes go to the local one. */
    class PostmanVariables extends PostmanVariableScope {
        #layers;
        constructor(layers) {
            super(LOCAL);
            this.#layers = layers;
        }
        #layerOf(key) {
            return super.has(key) ? this : this.#layers().find((layer) => layer.has(key));
        }
        get(key) {
            const layer = this.#layerOf(String(key));
            return layer === this ? super.get(key) : layer?.get(key);
        }
        has(key) { return this.#layerOf(String(key)) !== undefined; }
        toObject(excludeDisabled) {
            const objects = this.#layers().map((layer) => layer.toObject(excludeDisabled)).reverse();
            return Object.assign({}, ...objects, super.toObject(excludeDisabled));
        }
        replaceIn(value) { return replaced(value, host.substitute); }
    }
    Object.defineProperty(PostmanVariables, 'name', { value: 'PostmanVariableScope' });

    /** Fresh scopes for one script; each is made when it is first touched. */
    parts.makeScopes = () => {
        const made = new Map();
        const scope = (index) => {
            if (!made.has(index)) made.set(index, new PostmanVariableScope(index));
            return made.get(index);
        };
        const variables = () => {
            if (!made.has(LOCAL)) {
                made.set(LOCAL, new PostmanVariables(() => [DATA, ENVIRONMENT, FOLDER, COLLECTION, GLOBALS].map(scope)));
            }
            return made.get(LOCAL);
        };
        return {
            variables,
            iterationData: () => scope(DATA),
            environment: () => scope(ENVIRONMENT),
            collectionVariables: () => scope(COLLECTION),
            globals: () => scope(GLOBALS),
            atStart: (name) => atStart(name === 'globals' ? scope(GLOBALS) : name === 'environment' ? scope(ENVIRONMENT) : scope(DATA)),
            flush: () => made.forEach(flush),
        };
    };
});
