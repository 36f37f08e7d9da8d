// `pm.response`.

(function (host, parts) {
    'use strict';

    const { PostmanProperty, HeaderList } = parts;

    const reasons = () => parts.require('#http-reasons');
    const asNumber = (text) => (text !== undefined && text !== '' && !Number.isNaN(Number(text)) ? parseInt(text, 10) : undefined);

    class PostmanResponse extends PostmanProperty {
        static _postman_propertyName = 'Response';
        static isResponse = (value) => parts.isResponse(value);
        static mimeInfo() {
            throw new Error('`Response.mimeInfo` has been discontinued, use `Response#contentInfo` instead.');
        }

        #source;
        /** `source` has code, reason, fields, time and size, and functions that give text and bytes. */
        constructor(source) {
            super();
            this.#source = source;
            parts.lazy(this, 'id', () => host.uuid());
            parts.lazy(this, '_details', () => detailsOf(source.code, source.reason));
            if (source.code !== undefined) {
                this.status = source.reason || reasons().lookup(source.code).name;
                this.code = source.code;
            }
            const response = this;
            parts.lazy(this, 'headers', () => new HeaderList(response, source.fields));
            if (source.code !== undefined) parts.lazy(this, 'stream', () => parts.require('buffer').Buffer.from(source.bytes().buffer));
            parts.lazy(this, 'cookies', () => new parts.CookieList(response, []));
            if (source.code !== undefined) {
                this.responseTime = source.time;
                this.responseSize = source.size;
            }
        }

        /** Puts other facts in the place of those that the server gave. */
        update(definition) {
            const { code, status, reason = status, header } = definition ?? {};
            this._details = detailsOf(code, reason);
            this.status = reason || reasons().lookup(code).name;
            this.code = Number(code);
            this.headers = new HeaderList(this, header);
            for (const key of ['body', 'stream', 'responseTime', 'responseSize', 'originalRequest']) {
                if (definition?.[key] !== undefined) this[key] = definition[key];
            }
        }

        reason() { return this.status || reasons().lookup(this.code).name; }

        details() {
            if (!this._details || this._details.code !== this.code) this._details = detailsOf(this.code);
            return { ...this._details };
        }

        text() {
            const own = Object.getOwnPropertyDescriptor(this, 'stream');
            // A script may have put other content in its place.
            if (own && 'value' in own) return decoded(own.value, this.contentInfo().charset);
            return this.#source.text();
        }
        json(reviver, strict) { return parts.parseJson(this.text(), reviver, strict); }
        jsonp(reviver, strict) {
            const text = (this.text() || '').replace(/^[^{(].*\(/, '').replace(/\)[^}].*$|\)$/, '');
            return parts.parseJson(text, reviver, strict);
        }

        size() {
            const encoding = String(this.headers.get('Content-Encoding') ?? '').toLowerCase();
            const declared = /gzip|deflate/.test(encoding) ? asNumber(this.headers.get('Content-Length')) : undefined;
            const body = declared ?? this.responseSize ?? 0;
            const header = `HTTP/X.X ${this.code} ${this.reason()}\r\n\r\n`.length + this.headers.contentSize();
            return { body, header, total: body + header };
        }

        encoding() {
            const format = this.headers.get('Content-Encoding');
            if (format) return { format, source: 'header' };
            const bytes = this.#source.code === undefined ? [] : this.#source.bytes();
            return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
                ? { format: 'gzip', source: 'body' } : { format, source: undefined };
        }

        contentInfo() { return contentInfo(this); }
        dataURI() {
            const { contentType } = this.contentInfo();
            return `data:${contentType};base64, ${this.stream ? this.stream.toString('base64') : ''}`;
        }
        mime() {
            throw new Error('`Response#mime` has been discontinued, use `Response#contentInfo` instead.');
        }
    }

    function detailsOf(code, reason) {
        const details = { ...reasons().lookup(code) };
        const { name } = details;
        if (reason) details.name = reason;
        if (code !== undefined) details.code = code;
        if (name !== undefined) details.standardName = name;
        return details;
    }

    function decoded(stream, charset) {
        if (typeof stream === 'string') return stream;
        return stream === undefined ? undefined
            : host.decodeText(host.encodingName(charset) ?? 'utf-8', new Uint8Array(stream), false, false);
    }

    const SIGNATURES = [
        [[0xff, 0xd8, 0xff], 'image/jpeg', 'jpg'], [[0x89, 0x50, 0x4e, 0x47], 'image/png', 'png'],
        [[0x47, 0x49, 0x46], 'image/gif', 'gif'], [[0x25, 0x50, 0x44, 0x46], 'application/pdf', 'pdf'],
        [[0x50, 0x4b, 3, 4], 'application/zip', 'zip'], [[0x1f, 0x8b, 8], 'application/gzip', 'gz'],
        [[0x42, 0x4d], 'image/bmp', 'bmp'], [[0x42, 0x5a, 0x68], 'application/x-bzip2', 'bz2'],
    ];
    /** The usual extension of types whose subtype is not their extension. */
    const EXTENSIONS = {
        'text/plain': 'txt', 'text/javascript': 'js', 'application/javascript': 'js', 'image/jpeg': 'jpeg',
        'image/svg+xml': 'svg', 'audio/mpeg': 'mpga', 'application/octet-stream': 'bin', 'text/markdown': 'md',
        'application/gzip': 'gz', 'application/x-tar': 'tar', 'application/msword': 'doc', 'text/calendar': 'ics',
        'application/vnd.ms-excel': 'xls', 'image/x-icon': 'ico', 'image/vnd.microsoft.icon': 'ico',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
        'application/ld+json': 'jsonld', 'video/quicktime': 'qt', 'application/x-sh': 'sh', 'text/yaml': 'yaml',
    };
    const OWN_EXTENSIONS = new Set([
        'json', 'html', 'xml', 'css', 'csv', 'pdf', 'zip', 'png', 'gif', 'webp', 'bmp', 'rtf', 'mp4', 'ogg', 'wav', 'yaml', 'woff', 'woff2', 'ttf', 'otf',
    ]);

    parts.extensionOf = (type) => {
        const plain = String(type).split(';')[0].trim().toLowerCase();
        if (EXTENSIONS[plain]) return EXTENSIONS[plain];
        const subtype = plain.split('/')[1];
        return OWN_EXTENSIONS.has(subtype) ? subtype : false;
    };

    function contentInfo(response) {
        let type = response.headers.get('Content-Type');
        let extension;
        if (!type) {
            const bytes = response.stream ?? [];
            const found = SIGNATURES.find(([start]) => start.every((byte, index) => bytes[index] === byte));
            if (found) [, type, extension] = found;
        }
        const format = parts.require('#mime-format').lookup(type || 'text/plain');
        const fileExtension = extension || parts.extensionOf(format.source) || '';
        return {
            contentType: format.source,
            mimeType: format.type,
            mimeFormat: format.format,
            charset: format.charset || 'utf8',
            fileExtension,
            fileName: fileNameOf(response, fileExtension),
        };
    }

    function fileNameOf(response, extension) {
        const disposition = response.headers.get('Content-Disposition') ?? '';
        const encoded = /;\s*filename\*\s*=\s*[^']+'[^']*'([^;\s]+)/i.exec(disposition);
        if (encoded) {
            try {
                return decodeURIComponent(encoded[1]);
            } catch {
                // The plain name may still do.
            }
        }
        const plain = /;\s*filename\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)/i.exec(disposition);
        if (plain) return plain[1].replace(/^"|"$/g, '').replace(/\\(.)/g, '$1');
        return extension === '' ? 'response' : `response.${extension}`;
    }

    /** A response from what Rust tells of it; an empty one when there is nothing to tell. */
    parts.responseOf = (facts = {}) => {
        const fields = facts.fields ?? [];
        const headers = [];
        for (let index = 0; index < fields.length; index += 2) {
            headers.push({ key: fields[index], value: fields[index + 1] });
        }
        let text;
        return new PostmanResponse({
            code: facts.code,
            reason: facts.reason,
            fields: headers,
            time: facts.time,
            size: facts.size,
            text: () => (facts.code === undefined ? undefined : text ??= facts.text()),
            bytes: () => facts.bytes(),
        });
    };

    /** The response of the item's own request. */
    parts.itemResponse = () => {
        const response = parts.responseOf(host.response());
        parts.addTo(response);
        return response;
    };
    parts.PostmanResponse = PostmanResponse;
});
