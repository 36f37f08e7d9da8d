// `Blob` and `File`: bytes with a type.

(function (host, parts) {
    'use strict';

    function bytesOfPart(part) {
        if (part instanceof Blob) return bytesIn(part);
        if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) return parts.bytesOf(part);
        return host.encodeText(String(part));
    }

    let bytesIn;
    class Blob {
        #bytes;
        #type;
        constructor(sources = [], options = {}) {
            if (typeof sources !== 'object' || sources === null || typeof sources[Symbol.iterator] !== 'function') {
                throw new TypeError('The "sources" argument must be an instance of Iterable');
            }
            const pieces = [...sources].map(bytesOfPart);
            this.#bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
            let start = 0;
            for (const piece of pieces) {
                this.#bytes.set(piece, start);
                start += piece.length;
            }
            const type = String(options?.type ?? '');
            this.#type = /^[\x20-\x7e]*$/.test(type) ? type.toLowerCase() : '';
        }
        get size() { return this.#bytes.length; }
        get type() { return this.#type; }
        async text() { return host.decodeText('utf-8', this.#bytes, false, false); }
        async bytes() { return this.#bytes.slice(); }
        async arrayBuffer() { return this.#bytes.slice().buffer; }
        slice(start, end, type = '') { return new Blob([this.#bytes.slice(start, end)], { type }); }
        static { bytesIn = (blob) => blob.#bytes; }
    }

    class File extends Blob {
        #name;
        #modified;
        constructor(sources, name, options = {}) {
            if (arguments.length < 2) throw new TypeError('The "sources" and "fileName" arguments must be specified');
            super(sources, options);
            this.#name = String(name);
            this.#modified = Number(options?.lastModified ?? Date.now());
        }
        get name() { return this.#name; }
        get lastModified() { return this.#modified; }
    }

    parts.tag(Blob, 'Blob');
    parts.tag(File, 'File');
    return { Blob, File };
});
