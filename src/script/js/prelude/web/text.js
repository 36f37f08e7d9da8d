// Text encodings.

(function (host, parts) {
    'use strict';

    class TextEncoder {
        get encoding() { return 'utf-8'; }
        encode(text = '') { return host.encodeText(String(text)); }
        encodeInto(text, target) {
            let read = 0;
            let written = 0;
            for (const character of String(text)) {
                const bytes = host.encodeText(character);
                if (written + bytes.length > target.length) break;
                target.set(bytes, written);
                read += character.length;
                written += bytes.length;
            }
            return { read, written };
        }
    }

    const NOTHING = new Uint8Array(0);

    /** How many bytes at the end are the beginning of a character. */
    function unfinished(bytes) {
        for (let back = 1; back <= Math.min(3, bytes.length); back++) {
            const byte = bytes[bytes.length - back];
            if (byte < 0x80) return 0;
            if (byte >= 0xc0) {
                const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
                return length > back ? back : 0;
            }
        }
        return 0;
    }

    function joined(left, right) {
        if (left.length === 0) return right;
        const all = new Uint8Array(left.length + right.length);
        all.set(left);
        all.set(right, left.length);
        return all;
    }

    class TextDecoder {
        #name;
        #options;
        /** The beginning of a character whose rest comes with the next call. */
        #rest = NOTHING;
        #hasBegun = false;
        constructor(label = 'utf-8', options = {}) {
            this.#name = host.encodingName(String(label));
            this.#options = options ?? {};
            if (this.#name === undefined) {
                const error = new RangeError(`The "${label}" encoding is not supported`);
                error.code = 'ERR_ENCODING_NOT_SUPPORTED';
                throw error;
            }
        }
        get encoding() { return this.#name; }
        get fatal() { return Boolean(this.#options.fatal); }
        get ignoreBOM() { return Boolean(this.#options.ignoreBOM); }
        decode(source, options) {
            let bytes = joined(this.#rest, source === undefined ? NOTHING : parts.bytesOf(source));
            const goesOn = Boolean(options?.stream);
            const left = goesOn && this.#name === 'utf-8' ? unfinished(bytes) : 0;
            this.#rest = left > 0 ? bytes.slice(bytes.length - left) : NOTHING;
            if (left > 0) bytes = bytes.subarray(0, bytes.length - left);
            const keepsMark = this.ignoreBOM || this.#hasBegun;
            this.#hasBegun = goesOn && (this.#hasBegun || bytes.length > 0);
            return host.decodeText(this.#name, bytes, this.fatal, keepsMark);
        }
    }

    parts.tag(TextEncoder, 'TextEncoder');
    parts.tag(TextDecoder, 'TextDecoder');
    return { TextEncoder, TextDecoder };
});
