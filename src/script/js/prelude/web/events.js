// Events, and what signals that something is to be given up.

(function (host, parts) {
    'use strict';

    const CODES = {
        IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5,
        NoModificationAllowedError: 7, NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10,
        InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13, NamespaceError: 14,
        InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20,
        URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
    };

    class DOMException extends Error {
        #name;
        constructor(message = '', options = 'Error') {
            super(String(message));
            const isObject = typeof options === 'object' && options !== null;
            this.#name = String(isObject ? options.name ?? 'Error' : options);
            if (isObject && 'cause' in options) parts.hide(this, 'cause', options.cause);
        }
        // The engine asks for the name while the error is being made.
        get name() { return #name in this ? this.#name : 'Error'; }
        get code() { return CODES[this.#name] ?? 0; }
    }
    for (const [name, code] of Object.entries(CODES)) {
        const constant = name.replace(/Error$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
        const value = { value: code, enumerable: true };
        for (const owner of [DOMException, DOMException.prototype]) Object.defineProperty(owner, `${constant}_ERR`, value);
    }

    /** Hands an event to listeners; gives whether nobody prevented what follows. */
    let deliver;
    class Event {
        #type;
        #options;
        #target = null;
        #isPrevented = false;
        #isStopped = false;
        #endsHere = false;
        #time = Date.now();
        constructor(type, options = {}) {
            if (arguments.length === 0) throw new TypeError('The "type" argument must be specified');
            this.#type = String(type);
            this.#options = options ?? {};
        }
        get type() { return this.#type; }
        get target() { return this.#target; }
        get currentTarget() { return this.#target; }
        get srcElement() { return this.#target; }
        get bubbles() { return Boolean(this.#options.bubbles); }
        get cancelable() { return Boolean(this.#options.cancelable); }
        get composed() { return Boolean(this.#options.composed); }
        get defaultPrevented() { return this.#isPrevented; }
        get returnValue() { return !this.#isPrevented; }
        get eventPhase() { return this.#target === null ? 0 : 2; }
        get isTrusted() { return false; }
        get timeStamp() { return this.#time; }
        get cancelBubble() { return this.#isStopped; }
        composedPath() { return this.#target === null ? [] : [this.#target]; }
        preventDefault() { if (this.cancelable) this.#isPrevented = true; }
        stopPropagation() { this.#isStopped = true; }
        stopImmediatePropagation() {
            this.#isStopped = true;
            this.#endsHere = true;
        }
        static {
            deliver = (event, target, listeners) => {
                event.#target = target;
                for (const listener of listeners) {
                    if (event.#endsHere) break;
                    listener(event);
                }
                event.#endsHere = false;
                return !event.#isPrevented;
            };
        }
    }

    class EventTarget {
        #listeners = [];
        addEventListener(type, listener, options) {
            if (listener === null || listener === undefined) return;
            const capture = Boolean(typeof options === 'object' ? options?.capture : options);
            const once = Boolean(options?.once);
            if (options?.signal?.aborted) return;
            if (this.#find(type, listener, capture)) return;
            this.#listeners.push({ type: String(type), listener, capture, once });
            options?.signal?.addEventListener('abort', () => this.removeEventListener(type, listener, capture));
        }
        removeEventListener(type, listener, options) {
            const capture = Boolean(typeof options === 'object' ? options?.capture : options);
            const found = this.#find(type, listener, capture);
            this.#listeners = this.#listeners.filter((entry) => entry !== found);
        }
        #find(type, listener, capture) {
            return this.#listeners.find((entry) => entry.type === String(type)
                && entry.listener === listener && entry.capture === capture);
        }
        dispatchEvent(event) {
            if (!(event instanceof Event)) throw new TypeError('The "event" argument must be an instance of Event');
            const calls = this.#listeners.filter((entry) => entry.type === event.type).map((entry) => (given) => {
                if (!this.#listeners.includes(entry)) return;
                if (entry.once) this.#listeners = this.#listeners.filter((other) => other !== entry);
                if (typeof entry.listener === 'function') entry.listener.call(this, given);
                else entry.listener.handleEvent?.(given);
            });
            const own = this[`on${event.type}`];
            if (typeof own === 'function') calls.push((given) => own.call(this, given));
            return deliver(event, this, calls);
        }
    }

    const MADE_HERE = Symbol('made here');
    const timeoutError = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError');

    let abortBy;
    class AbortSignal extends EventTarget {
        #isAborted = false;
        #reason;
        /** The time at which the signal aborts by itself. */
        #due = Infinity;
        onabort = null;
        constructor(mark) {
            super();
            if (mark !== MADE_HERE) throw new TypeError('Illegal constructor');
        }
        get aborted() {
            if (!this.#isAborted && Date.now() >= this.#due) abortBy(this, timeoutError());
            return this.#isAborted;
        }
        get reason() { return this.aborted ? this.#reason : undefined; }
        throwIfAborted() { if (this.aborted) throw this.#reason; }
        addEventListener(type, listener, options) {
            super.addEventListener(type, listener, options);
            // Only somebody who listens keeps the script alive until then.
            if (type === 'abort' && Number.isFinite(this.#due) && !this.#isAborted) {
                parts.setTimeout(() => this.aborted, this.#due - Date.now() + 1);
            }
        }
        static abort(reason) {
            const signal = new AbortSignal(MADE_HERE);
            abortBy(signal, reason);
            return signal;
        }
        static timeout(milliseconds) {
            const signal = new AbortSignal(MADE_HERE);
            signal.#due = Date.now() + Number(milliseconds);
            return signal;
        }
        static any(signals) {
            const signal = new AbortSignal(MADE_HERE);
            for (const source of signals) {
                if (source.aborted) abortBy(signal, source.reason);
                else source.addEventListener('abort', () => abortBy(signal, source.reason));
            }
            return signal;
        }
        static {
            abortBy = (signal, reason) => {
                if (signal.#isAborted) return;
                signal.#isAborted = true;
                signal.#reason = reason === undefined
                    ? new DOMException('This operation was aborted', 'AbortError') : reason;
                signal.dispatchEvent(new Event('abort'));
            };
        }
    }

    class AbortController {
        #signal = new AbortSignal(MADE_HERE);
        get signal() { return this.#signal; }
        abort(reason) { abortBy(this.#signal, reason); }
    }

    const classes = { DOMException, Event, EventTarget, AbortSignal, AbortController };
    for (const [name, Type] of Object.entries(classes)) parts.tag(Type, name);
    return classes;
});
