// Lists of properties: header fields, query parameters, cookies, variables.

(function (host, parts) {
    'use strict';

    const { isArray } = Array;
    const isObject = (value) => typeof value === 'object' && value !== null;
    const isPlain = (value) => isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));

    const { hide } = parts;

    /** What every object of `pm.request` and `pm.response` can do. */
    class PostmanProperty {
        parent() { return this.__parent; }
        setParent(parent) { hide(this, '__parent', parent); }
        meta() { return this._; }
        describe(content, type) { this.description = new PostmanPropertyDescription(content, type); }
        forEachParent(options, callback) {
            const isSelfMeant = options?.withRoot === true;
            for (let owner = isSelfMeant ? this : this.__parent; owner; owner = owner.__parent) (callback ?? options)(owner);
        }
        findInParents(name, test) {
            const owner = this.findParentContaining(name, test);
            return owner?.[name];
        }
        findParentContaining(name, test) {
            for (let owner = this; owner; owner = owner.__parent) {
                if (Object.hasOwn(owner, name) && (test === undefined || test(owner[name]))) return owner;
            }
            return undefined;
        }
        /** The property as plain data with its variables replaced. */
        toObjectResolved(scope, overrides) {
            let source = scope;
            for (let owner = this; source === undefined && owner; owner = owner.__parent) source = owner.variables;
            if (typeof source?.replaceIn !== 'function' && typeof source?.toObject !== 'function') {
                throw new Error('Unable to resolve variables. Require a List type property for variable auto resolution.');
            }
            const values = Object.assign({}, source.toObject(), ...(overrides ?? []));
            return replacedWith(this.toJSON(), values);
        }
        /** The form of a collection file: a list stands under its singular name. */
        toJSON() {
            const json = {};
            for (const key of Object.keys(this)) {
                const value = this[key];
                if (value === undefined || key.startsWith('_') || typeof value === 'function') continue;
                const name = value instanceof PropertyList && key.endsWith('s') ? key.slice(0, -1) : key;
                json[name] = toPlain(value);
            }
            return json;
        }
    }

    function replacedWith(value, values) {
        if (typeof value === 'string') {
            return value.replace(/\{\{([^{}]+)\}\}/g, (token, name) => (Object.hasOwn(values, name) ? String(values[name]) : token));
        }
        if (isArray(value)) return value.map((member) => replacedWith(member, values));
        if (!isObject(value)) return value;
        return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replacedWith(member, values)]));
    }

    /** A text that explains something to people. */
    class PostmanPropertyDescription {
        constructor(content, type) {
            this.update(isObject(content) ? content : { content, type });
        }
        update({ content, type }) {
            this.content = content === undefined || content === null ? content : String(content);
            this.type = type || 'text/plain';
        }
        toString() { return this.content ?? ''; }
        toJSON() { return { content: this.content, type: this.type }; }
        static _postman_propertyName = 'Description';
    }

    function toPlain(value) {
        if (!isObject(value)) return value;
        if (typeof value.toJSON === 'function') return value.toJSON();
        if (isArray(value)) return value.map(toPlain);
        const copy = {};
        for (const key of Object.keys(value)) copy[key] = toPlain(value[key]);
        return copy;
    }

    /** A member with a key, a value and perhaps a description. */
    class PostmanEntry extends PostmanProperty {
        static indexKey = 'key';
        constructor(definition) {
            super();
            if (!isObject(definition)) return;
            if (definition.id) this.id = definition.id;
            if (definition.name) this.name = definition.name;
            if (Object.hasOwn(definition, 'disabled')) this.disabled = Boolean(definition.disabled);
            if (Object.hasOwn(definition, 'description') && definition.description != null) {
                this.describe(definition.description);
            }
        }
        update(definition) {
            this.key = definition?.key;
            this.value = definition?.value;
            if (isObject(definition) && Object.hasOwn(definition, 'system')) this.system = definition.system;
        }
    }

    /** A rule of lodash's kind: a function, an object to match, a name to be truthy. */
    function matcher(rule, context) {
        if (typeof rule === 'function') return context === undefined ? rule : rule.bind(context);
        if (isArray(rule)) return (member) => parts.isEqual(member?.[rule[0]], rule[1]);
        if (isObject(rule)) {
            return (member) => Object.keys(rule).every((key) => parts.isEqual(member?.[key], rule[key]));
        }
        return (member) => member?.[rule];
    }

    const mapper = (rule, context) => (typeof rule === 'string' ? (member) => member?.[rule] : matcher(rule, context));

    // Functions instead of private methods: a list may be used through a proxy or be a copy.

    function indexOf(list, key) {
        return list.Type.ignoresCase ? String(key).toLowerCase() : key;
    }

    function refer(list, member, isKnown) {
        const key = member[list.Type.indexKey];
        if (!key || isKnown) return;
        const index = indexOf(list, String(key));
        if (list.Type.allowsMultiple && Object.hasOwn(list.reference, index)) {
            const known = list.reference[index];
            if (isArray(known)) known.push(member);
            else list.reference[index] = [known, member];
        } else {
            list.reference[index] = member;
        }
    }

    function rebuild(list) {
        for (const key of Object.keys(list.reference)) delete list.reference[key];
        for (const member of list.members) refer(list, member, false);
    }

    function found(list, key) {
        const index = indexOf(list, key);
        return Object.hasOwn(list.reference, index) ? list.reference[index] : undefined;
    }

    class PropertyList extends PostmanProperty {
        constructor(Type, parent, members) {
            super();
            this.setParent(parent);
            this.members = [];
            this.reference = {};
            this.Type = Type;
            hide(this, '_postman_propertyIsList', true);
            if (members) this.populate(members);
        }

        insert(member, before) {
            if (!isObject(member)) return;
            if (member.__parent instanceof PropertyList && member.__parent !== this) member.__parent.remove(member);
            const duplicate = this.members.indexOf(member);
            if (duplicate > -1) this.members.splice(duplicate, 1);
            hide(member, '__parent', this);
            const position = before === undefined ? -1 : this.indexOf(before);
            if (position > -1) this.members.splice(position, 0, member);
            else this.members.push(member);
            refer(this, member, duplicate > -1);
        }

        insertAfter(member, after) { return this.insert(member, this.idx(this.indexOf(after) + 1)); }
        append(member) { return this.insert(member); }
        prepend(member) { return this.insert(member, this.idx(0)); }

        add(definition, ...rest) {
            if (definition === null || definition === undefined || Number.isNaN(definition)) return;
            this.insert(definition.constructor === this.Type ? definition : new this.Type(definition, ...rest));
        }

        upsert(definition) {
            if (definition === null || definition === undefined || Number.isNaN(definition)) return null;
            const existing = this.one(definition[this.Type.indexKey]);
            if (existing) {
                if (typeof existing.update !== 'function') {
                    throw new Error('collection: unable to upsert into a list of Type that does not support .update()');
                }
                existing.update(definition);
                return false;
            }
            this.add(definition);
            return true;
        }

        remove(rule, context = this) {
            let test;
            if (typeof rule === 'string') {
                const wanted = indexOf(this, rule);
                test = (member) => indexOf(this, String(member[this.Type.indexKey])) === wanted;
            } else if (rule instanceof this.Type) {
                test = (member) => member === rule;
            } else if (typeof rule === 'function') {
                test = (member, position, all) => rule.call(context, member, position, all);
            } else {
                return;
            }
            const removed = this.members.filter((member, position) => test(member, position, this.members));
            for (const member of removed) {
                this.members.splice(this.members.indexOf(member), 1);
                delete member.__parent;
            }
            rebuild(this);
        }

        clear() {
            for (const member of this.members) delete member.__parent;
            this.members.length = 0;
            rebuild(this);
        }

        populate(items) {
            if (typeof items === 'string' && typeof this.Type.parse === 'function') items = this.Type.parse(items);
            if (isArray(items)) items.forEach((item) => this.add(item));
            else if (items instanceof PropertyList) items.members.slice().forEach((item) => this.add(item));
            else if (isPlain(items) && this.Type.takesNameAndValue) {
                Object.entries(items).forEach(([key, value]) => this.add(value, key));
            } else this.add(items);
        }

        repopulate(items) {
            this.clear();
            this.populate(items);
        }

        assimilate(source, prune) {
            const members = source instanceof PropertyList ? source.members : source;
            if (!isArray(members)) return;
            const kept = new Set();
            for (const member of members) {
                if (!isObject(member) || !Object.hasOwn(member, this.Type.indexKey)) continue;
                this.upsert(member);
                kept.add(String(member[this.Type.indexKey]));
            }
            if (prune) {
                for (const key of Object.keys(this.reference)) if (!kept.has(key)) this.remove(key);
            }
        }

        all() { return this.members.slice(); }

        one(key) {
            const known = found(this, key);
            return isArray(known) ? known[known.length - 1] : known;
        }

        get(key) {
            const member = this.one(key);
            return member ? member.valueOf() : undefined;
        }

        each(callback, context) { this.members.slice().forEach(callback.bind(context ?? this.__parent)); }
        filter(rule, context) { return this.members.filter(matcher(rule, context)); }
        find(rule, context) { return this.members.find(matcher(rule, context)); }
        map(rule, context) { return this.members.map(mapper(rule, context ?? this)); }
        reduce(callback, start, context) { return this.members.reduce(callback.bind(context ?? this), start); }
        count() { return this.members.length; }
        idx(index) { return this.members[index]; }
        indexOf(member) { return this.members.indexOf(typeof member === 'string' ? this.one(member) : member); }

        has(key, ...value) {
            const known = typeof key === 'string' ? found(this, key) : this.members.filter((member) => member === key);
            if (!known) return false;
            if (value.length === 0) return isArray(known) ? known.length > 0 : true;
            return (isArray(known) ? known : [known]).some((member) => member.valueOf() === value[0]);
        }

        eachParent(callback, context = this) {
            let previous;
            for (let owner = this.__parent; owner; owner = owner.__parent) {
                callback.call(context, owner, previous);
                previous = owner;
            }
        }

        toObject(excludeDisabled, caseSensitive, multipleValues, sanitizeKeys) {
            const object = {};
            const isFolded = this.Type.ignoresCase && !caseSensitive;
            const isMultiple = this.Type.allowsMultiple || multipleValues;
            for (const member of this.members) {
                const own = member?.[this.Type.indexKey];
                if (!member || own === undefined || (excludeDisabled && member.disabled)) continue;
                if (sanitizeKeys && !own) continue;
                const key = isFolded ? String(own).toLowerCase() : own;
                const value = member.valueOf();
                if (isMultiple && Object.hasOwn(object, key)) {
                    if (!isArray(object[key])) object[key] = [object[key]];
                    object[key].push(value);
                } else {
                    object[key] = value;
                }
            }
            return object;
        }

        toString() {
            return typeof this.Type.unparse === 'function' ? this.Type.unparse(this.members) : String(this.constructor);
        }

        toJSON() { return this.members.map(toPlain); }
    }

    const trimmed = (text) => text.trim();

    class PostmanHeader extends PostmanEntry {
        static ignoresCase = true;
        static allowsMultiple = true;
        static takesNameAndValue = true;
        constructor(definition, name) {
            if (typeof definition === 'string') {
                definition = typeof name === 'string'
                    ? { key: name, value: definition } : PostmanHeader.parseSingle(definition);
            } else if (typeof name === 'string' && !isObject(definition)) {
                definition = { key: name, value: definition };
            }
            super(definition);
            this.update(definition);
        }
        update(definition) {
            this.key = definition?.key || '';
            this.value = definition?.value ?? '';
            if (isObject(definition) && Object.hasOwn(definition, 'system')) this.system = definition.system;
            if (isObject(definition) && Object.hasOwn(definition, 'disabled')) this.disabled = definition.disabled;
        }
        valueOf() { return this.value; }
        toString() { return `${this.key}: ${this.value}`; }
        static parse(text) {
            const unfolded = String(text).replace(/\r\n([ \t])/g, '$1');
            return [...unfolded.matchAll(/^(\S+):(.*)$/gm)].map(([, key, value]) => ({ key, value: trimmed(value) }));
        }
        static parseSingle(text) {
            if (typeof text !== 'string') return { key: '', value: '' };
            const at = text.includes(':') ? text.indexOf(':') : text.length;
            return { key: trimmed(text.slice(0, at)), value: trimmed(text.slice(at + 1)) };
        }
        static unparse(headers, separator = '\r\n') {
            return headers.filter((header) => !header.disabled)
                .map((header) => `${header.key}: ${header.value}${separator}`).join('');
        }
    }

    class HeaderList extends PropertyList {
        constructor(parent, headers) { super(PostmanHeader, parent, headers); }
        contentSize() { return this.count() === 0 ? 0 : PostmanHeader.unparse(this.members).length; }
    }

    class PostmanVariable extends PostmanEntry {
        static takesNameAndValue = false;
        constructor(definition) {
            super(definition);
            this.type = definition?.type ?? 'any';
            this.update(definition);
        }
        update(definition) {
            if (!isObject(definition)) return;
            if (Object.hasOwn(definition, 'value')) this.value = definition.value;
            this.key = definition.key ?? definition.id ?? this.key;
            if (definition.type) this.type = definition.type;
        }
        get() { return this.value; }
        set(value) { this.value = value; }
        valueOf() { return this.value; }
        toString() { return String(this.value); }
    }

    class VariableList extends PropertyList {
        constructor(parent, variables) {
            super(PostmanVariable, parent);
            if (isPlain(variables)) this.syncFromObject(variables);
            else if (variables) this.populate(variables);
        }
        syncFromObject(object) {
            for (const [key, value] of Object.entries(object ?? {})) this.upsert({ key, value });
        }
    }

    Object.assign(parts, {
        PostmanProperty, PostmanPropertyDescription, PostmanEntry, PropertyList, PostmanHeader, HeaderList, PostmanVariable, VariableList,
        isObject, isPlain, toPlain,
    });
    /** Deep equality as lodash has it, for values that matter here. */
    parts.isEqual = (left, right) => left === right || (left !== left && right !== right)
        || (isObject(left) && isObject(right) && parts.stringify(left) === parts.stringify(right));
});
