// What a script asks of the run and waits for: `pm.sendRequest`, `pm.execution.runRequest`,
// `pm.vault` and the cookie jar.

(function (host, parts) {
    'use strict';

    const { PostmanRequest, PostmanUrl, PostmanCookie, isObject } = parts;
    const waiting = new Map();
    let last = 0;

    /** `done` gets the answer; the script is alive until then. */
    function ask(start, done) {
        last += 1;
        waiting.set(last, done);
        start(last);
    }
    parts.deliver = (id, answer) => {
        const done = waiting.get(id);
        waiting.delete(id);
        done?.(answer);
    };
    parts.forgetCalls = () => waiting.clear();

    /** With a callback nothing is returned, without one a promise is. */
    function withCallback(callback, self, start) {
        if (typeof callback === 'function') {
            start((error, ...values) => callback.call(self, error, ...values));
            return undefined;
        }
        return new Promise((resolve, reject) => {
            start((error, value) => {
                if (error) reject(error);
                else resolve(value);
            });
        });
    }

    /** Not an `Error`: it prints as newman prints it, and still has the members of one. */
    function failed({ message, ...members }) {
        const error = { ...members };
        for (const [name, value] of Object.entries({ name: 'Error', message, toString: () => `Error: ${message}` })) {
            parts.hide(error, name, value);
        }
        return error;
    }

    // pm.sendRequest

    function withoutFiles(request) {
        const { body } = request;
        let isStripped = false;
        if (body?.mode === 'formdata') {
            const kept = body.formdata.filter((part) => part.type !== 'file');
            isStripped = kept.length < body.formdata.length;
            body.formdata = kept;
        } else if (body?.mode === 'file') {
            isStripped = true;
            delete request.body;
        }
        if (isStripped) parts.global.console.warn('uploading files from scripts is not allowed');
        return request;
    }

    /** Fields as the members of an object, which newman takes for a single one, as a rule without a name. */
    function fieldsOf(members, nameOfNone) {
        if (!host.asNewman) return Object.entries(members).map(([key, value]) => ({ key, value: String(value) }));
        return 'key' in members ? [members] : [{ key: nameOfNone, value: '' }];
    }

    function withFields(body) {
        const { mode } = body;
        if (!(mode === 'urlencoded' || mode === 'formdata') || !parts.isPlain(body[mode])) return body;
        return { ...body, [mode]: fieldsOf(body[mode], mode === 'urlencoded' ? 'undefined' : '') };
    }

    /** newman drops all header fields but texts. */
    function onlyTexts(members) {
        return Object.fromEntries(Object.entries(members).filter(([, value]) => typeof value === 'string'));
    }

    function definitionOf(wanted) {
        let request = typeof wanted.toJSON === 'function' ? wanted.toJSON() : wanted;
        if (parts.isPlain(request.body)) request = { ...request, body: withFields(request.body) };
        if (host.asNewman && parts.isPlain(request.header)) request = { ...request, header: onlyTexts(request.header) };
        return withoutFiles(parts.changeable(new PostmanRequest(request)));
    }

    function send(wanted, done) {
        if (!wanted) {
            parts.soon(() => done(new Error('sendrequest: nothing to request')));
            return;
        }
        const definition = parts.stringify(definitionOf(wanted));
        ask((id) => host.sendRequest(id, definition), (answer) => {
            if (answer.response) {
                done(null, parts.responseOf(answer.response), { cookies: parts.cookiesOf(answer.cookies) });
            } else {
                done(failed(answer.error ?? { message: answer.refused }), parts.responseOf(), undefined);
            }
        });
    }

    parts.makeSendRequest = (getPm) => function sendRequest(request, callback) {
        const pm = getPm();
        if (typeof callback !== 'function' && host.asNewman) callback = () => undefined;
        return withCallback(callback, pm, (done) => send(request, done)) ?? pm;
    };

    parts.runRequest = (target, options) => new Promise((resolve, reject) => {
        const variables = isObject(options?.variables) ? parts.toPlain(options.variables) : {};
        ask((id) => host.runRequest(id, String(target), parts.stringify(variables)), (answer) => {
            if (answer.response) resolve(parts.responseOf(answer.response));
            else if (answer.error) reject(failed(answer.error));
            else if (answer.refused) reject(new Error(answer.refused));
            else resolve(null);
        });
    });

    // pm.vault

    function askVault(start) {
        return new Promise((resolve, reject) => {
            ask(start, (answer) => {
                if (answer.refused === undefined) resolve(answer.secret);
                else reject(new Error(answer.refused));
            });
        });
    }

    parts.vault = {
        get: (key) => askVault((id) => host.getSecret(id, String(key))),
        set: (key, value) => askVault((id) => host.setSecret(id, String(key), String(value))),
        unset: (key) => askVault((id) => host.unsetSecret(id, String(key))),
    };

    // pm.cookies.jar()

    function checked(method, url, name) {
        const text = url instanceof PostmanUrl ? url.toString() : url;
        if (typeof text !== 'string') throw new TypeError(`CookieJar.${method}() requires a valid url`);
        if (name !== undefined && typeof name.value !== 'string') {
            throw new TypeError(`CookieJar.${method}() requires cookie name to be a string`);
        }
        return text;
    }

    function askJar(callback, start, convert) {
        return withCallback(callback, undefined, (done) => ask(start, (answer) => {
            if (answer.refused === undefined) done(null, convert(answer.cookies));
            else done(new Error(answer.refused));
        }));
    }

    /** A value is sent as it is, but it must not become attributes of the cookie. */
    const valueText = (value) => String(value ?? '').replaceAll(';', '%3B');

    function cookieText(cookie, value) {
        if (isObject(cookie)) return new PostmanCookie({ ...cookie, value: valueText(cookie.value) }).toString();
        return value === undefined ? cookie : `${cookie}=${valueText(value)}`;
    }

    class PostmanCookieJar {
        get(url, name, callback) {
            const text = checked('get', url, { value: name });
            return askJar(callback, (id) => host.allCookies(id, text),
                (cookies) => parts.cookiesOf(cookies).get(name) ?? null);
        }
        getAll(url, options, callback = options) {
            const text = checked('getAll', url);
            return askJar(callback, (id) => host.allCookies(id, text), (cookies) => {
                const isHidden = (cookie) => isObject(options) && options.http === false && cookie.httpOnly;
                return parts.cookiesOf(cookies.filter((cookie) => !isHidden(cookie)));
            });
        }
        set(url, cookie, value, callback) {
            const text = checked('set', url, { value: isObject(cookie) ? cookie.name : cookie });
            if (isObject(cookie) || typeof value === 'function') {
                callback = value;
                value = undefined;
            }
            return askJar(callback, (id) => host.setCookie(id, text, cookieText(cookie, value)),
                (cookies) => parts.cookiesOf(cookies).idx(0));
        }
        unset(url, name, callback) {
            const text = checked('unset', url, { value: name });
            return askJar(callback, (id) => host.removeCookies(id, text, name), () => undefined);
        }
        clear(url, callback) {
            const text = checked('clear', url);
            return askJar(callback, (id) => host.removeCookies(id, text), () => undefined);
        }
    }

    parts.makeJar = () => new PostmanCookieJar();
});
