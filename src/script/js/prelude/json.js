// Reading JSON with the error texts that Postman's users know.

(function (host, parts) {
    'use strict';

    const parseNatively = JSON.parse;
    const stringify = JSON.stringify;

    /** How many characters of a byte order mark a text begins with. */
    function markLength(text) {
        const first = text.charCodeAt(0);
        if (first === 0xfeff || first === 0xbbbf) return 1;
        const second = text.charCodeAt(1);
        if ((first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)) return 2;
        return first === 0xef && second === 0xbb && text.charCodeAt(2) === 0xbf ? 3 : 0;
    }

    /** As `JSON.parse`; a byte order mark is dropped, or refused when strict. */
    function parse(text, reviver, isStrict) {
        if (typeof text === 'string' && text !== '') {
            const mark = markLength(text);
            if (mark > 0 && isStrict) {
                const error = new SyntaxError(
                    `Unexpected byte order mark found in first ${mark} character(s)`);
                error.name = 'JSONError';
                throw error;
            }
            if (mark > 0) text = text.slice(mark);
        }
        try {
            return parseNatively(text, reviver);
        } catch (error) {
            throw explained(text, reviver, error);
        }
    }

    /** The error of the verbose parser, which tells row and column and shows the line. */
    function explained(text, reviver, original) {
        if (!(original instanceof SyntaxError)) return original;
        let result = original;
        if (text === undefined) {
            result = new SyntaxError('"undefined" is not valid JSON');
        } else {
            try {
                parts.require('json').parse(text, reviver);
            } catch (verbose) {
                result = verbose;
            }
        }
        if (result !== null && typeof result === 'object') result.name = 'JSONError';
        return result;
    }

    parts.parseJson = parse;
    parts.parseNatively = parseNatively;
    parts.stringify = stringify;

    Object.defineProperty(JSON, 'parse', {
        value: function parse(text, reviver) {
            return parts.parseJson(text, reviver);
        },
        writable: true,
        configurable: true,
    });
});
