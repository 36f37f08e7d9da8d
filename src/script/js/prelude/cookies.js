// `pm.cookies`: what the jar would send to the URL of the request.

(function (host, parts) {
    'use strict';

    const { PostmanProperty, PropertyList } = parts;

    class PostmanCookie extends PostmanProperty {
        static indexKey = 'name';
        static ignoresCase = true;
        static allowsMultiple = true;
        static _postman_propertyName = 'Cookie';
        constructor(definition) {
            super();
            if (definition) this.update(definition);
        }
        update(definition) {
            for (const key of ['name', 'expires', 'maxAge', 'domain', 'path', 'secure', 'httpOnly', 'hostOnly', 'session', 'value', 'extensions']) {
                if (definition[key] !== undefined) this[key] = definition[key];
            }
        }
        valueOf() {
            try {
                return decodeURIComponent(this.value);
            } catch {
                return this.value;
            }
        }
        toString() {
            let text = `${this.name}=${this.value}`;
            if (this.expires instanceof Date) text += `; Expires=${this.expires.toUTCString()}`;
            if (this.maxAge && this.maxAge !== Infinity) text += `; Max-Age=${this.maxAge}`;
            if (this.domain && !this.hostOnly) text += `; Domain=${this.domain}`;
            if (this.path) text += `; Path=${this.path}`;
            if (this.secure) text += '; Secure';
            if (this.httpOnly) text += '; HttpOnly';
            return text;
        }
        static unparse(cookies) { return cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; '); }
    }

    class CookieList extends PropertyList {
        static _postman_propertyName = 'CookieList';
        constructor(parent, cookies) { super(PostmanCookie, parent, cookies); }
    }

    /** Values are shown percent-encoded, however the server wrote them (as newman 6.2.2). */
    function encoded(value) {
        try {
            return encodeURIComponent(decodeURIComponent(value));
        } catch {
            return encodeURIComponent(value);
        }
    }

    parts.PostmanCookie = PostmanCookie;
    parts.CookieList = CookieList;
    parts.cookiesOf = (cookies) => new CookieList(undefined, cookies.map((cookie) => ({
        name: cookie.name,
        expires: cookie.expires === null ? null : new Date(cookie.expires),
        maxAge: 0,
        domain: cookie.domain,
        path: cookie.path,
        secure: cookie.secure,
        httpOnly: cookie.httpOnly,
        hostOnly: cookie.hostOnly,
        value: encoded(cookie.value),
    })));
    parts.itemCookies = (isTest) => {
        const cookies = parts.cookiesOf(isTest ? host.cookies() : []);
        parts.hide(cookies, 'jar', parts.makeJar);
        return cookies;
    };
});
