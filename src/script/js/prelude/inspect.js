// Printing values as newman shows those of `console.log`.
//
// Postman hands a value from the script to the program first, which makes plain data of it: `toJSON` is
// asked, functions become texts, class instances become plain objects. What is left prints as Node's
// `util.inspect` prints it.

(function (host, parts) {
    'use strict';

    const DEEPEST = 25;
    const LONGEST_ARRAY = 100;
    const LONGEST_STRING = 10000;
    /** This many levels of objects share a line. */
    const LEVELS_PER_LINE = 3;
    const MOST_COLUMNS = 15;
    const LONGEST_PLAIN = 16;
    const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
    const SPECIAL = /[\x00-\x1f\x7f-\x9f'\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
    const ESCAPES = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

    const { isArray } = Array;
    const { isView } = ArrayBuffer;
    const { keys } = Object;
    const classOf = Function.prototype.call.bind(Object.prototype.toString);
    const symbolText = Function.prototype.call.bind(Symbol.prototype.toString);
    const patternText = Function.prototype.call.bind(RegExp.prototype.toString);

    // Making plain data

    function plain(value, copies) {
        if (typeof value === 'function') return `[Function${value.name ? `: ${value.name}` : ''}]`;
        if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
        if (copies.has(value)) return copies.get(value);
        if (typeof value.toJSON === 'function' && !(value instanceof Date)) {
            const json = value.toJSON();
            return json === value ? members(value, copies) : plain(json, copies);
        }
        return object(value, copies);
    }

    function object(value, copies) {
        if (isArray(value)) return list(value, copies);
        if (value instanceof Map) return map(value, copies);
        if (value instanceof Set) return set(value, copies);
        if (value instanceof Date || value instanceof RegExp) return value;
        if (value instanceof Error) return { type: 'Error', name: value.name, message: value.message };
        if (value instanceof WeakMap) return '[WeakMap]';
        if (value instanceof WeakSet) return '[WeakSet]';
        if (value instanceof ArrayBuffer) return `[ArrayBuffer { byteLength: ${value.byteLength} }]`;
        if (isView(value) && !(value instanceof DataView)) return value;
        const name = classOf(value);
        if (name === '[object Number]' || name === '[object String]' || name === '[object Boolean]') {
            return plain(value.valueOf(), copies);
        }
        return members(value, copies);
    }

    function list(value, copies) {
        const copy = [];
        copies.set(value, copy);
        for (let index = 0; index < value.length && index <= LONGEST_ARRAY; index++) {
            copy.push(plain(value[index], copies));
        }
        // What is cut off anyway need not be copied.
        if (value.length > copy.length) copy.length = value.length;
        return copy;
    }

    function map(value, copies) {
        const copy = new Map();
        copies.set(value, copy);
        for (const [key, member] of value) copy.set(plain(key, copies), plain(member, copies));
        return copy;
    }

    function set(value, copies) {
        const copy = new Set();
        copies.set(value, copy);
        for (const member of value) copy.add(plain(member, copies));
        return copy;
    }

    function members(value, copies) {
        const copy = {};
        copies.set(value, copy);
        for (const key of keys(value)) {
            Object.defineProperty(copy, key,
                { value: plain(value[key], copies), enumerable: true, configurable: true, writable: true });
        }
        return copy;
    }

    // Printing plain data

    function quoted(text) {
        let quote = "'";
        if (text.includes("'")) {
            if (!text.includes('"')) quote = '"';
            else if (!text.includes('`') && !text.includes('${')) quote = '`';
        }
        return quote + text.replace(SPECIAL, (mark) => escaped(mark, quote)) + quote;
    }

    function escaped(mark, quote) {
        if (mark === "'") return quote === "'" ? "\\'" : mark;
        if (ESCAPES[mark]) return ESCAPES[mark];
        const code = mark.charCodeAt(0).toString(16).toUpperCase();
        return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
    }

    function string(value, state) {
        let rest = '';
        if (value.length > LONGEST_STRING) {
            const left = value.length - LONGEST_STRING;
            value = value.slice(0, LONGEST_STRING);
            rest = `... ${left} more character${left > 1 ? 's' : ''}`;
        }
        const isLong = value.length > LONGEST_PLAIN && value.length > state.width - state.indentation - 4;
        if (!isLong) return quoted(value) + rest;
        const glue = ` +\n${' '.repeat(state.indentation + 2)}`;
        return value.split(/(?<=\n)/).map(quoted).join(glue) + rest;
    }

    function format(value, state, depth) {
        switch (typeof value) {
            case 'string': return string(value, state);
            case 'bigint': return `${value}n`;
            case 'symbol': return symbolText(value);
            case 'object': return value === null ? 'null' : structure(value, state, depth);
            default: return String(value);
        }
    }

    function structure(value, state, depth) {
        if (state.open.includes(value)) {
            if (!state.circular.has(value)) state.circular.set(value, state.circular.size + 1);
            return `[Circular *${state.circular.get(value)}]`;
        }
        if (value instanceof Date) return isNaN(value) ? 'Invalid Date' : value.toISOString();
        if (value instanceof RegExp) return patternText(value);
        if (isEmpty(value)) return partsOf(value, state, depth).join('');
        if (depth > DEEPEST) return isArray(value) ? '[Array]' : '[Object]';
        state.open.push(value);
        state.depth = depth;
        const [opening, entries, closing] = partsOf(value, state, depth);
        state.open.pop();
        const mark = state.circular.has(value) ? `<ref *${state.circular.get(value)}> ` : '';
        return joined(mark + opening, entries, closing, state, depth, value);
    }

    function isEmpty(value) {
        if (isArray(value) || isView(value)) return value.length === 0;
        return value instanceof Map || value instanceof Set ? value.size === 0 : keys(value).length === 0;
    }

    function partsOf(value, state, depth) {
        if (isArray(value)) return ['[', shortened(value, state, depth), ']'];
        if (isView(value)) {
            const name = value.constructor?.name ?? 'Uint8Array';
            return [`${name}(${value.length}) [`, shortened(value, state, depth), ']'];
        }
        if (value instanceof Map) {
            return [`Map(${value.size}) {`, nested([...value], state, ([key, member]) =>
                `${format(key, state, depth + 1)} => ${format(member, state, depth + 1)}`), '}'];
        }
        if (value instanceof Set) {
            return [`Set(${value.size}) {`,
                nested([...value], state, (member) => format(member, state, depth + 1)), '}'];
        }
        return ['{', keys(value).map((key) => property(value, key, state, depth)), '}'];
    }

    function shortened(value, state, depth) {
        const shown = Array.prototype.slice.call(value, 0, LONGEST_ARRAY);
        const entries = nested(shown, state, (member) => format(member, state, depth + 1));
        const left = value.length - shown.length;
        if (left > 0) entries.push(`... ${left} more item${left > 1 ? 's' : ''}`);
        return entries;
    }

    function nested(list, state, print) {
        state.indentation += 2;
        const entries = list.map(print);
        state.indentation -= 2;
        return entries;
    }

    function property(value, key, state, depth) {
        const [text] = nested([value[key]], state, (member) => format(member, state, depth + 1));
        const name = IDENTIFIER.test(key) ? (key === '__proto__' ? "['__proto__']" : key) : quoted(key);
        return `${name}: ${text}`;
    }

    /** On one line when the object is flat and small, else on several. */
    function joined(opening, entries, closing, state, depth, value) {
        const count = entries.length;
        if (count > 6 && (isArray(value) || isView(value))) entries = columns(entries, state, value);
        if (state.depth - depth < LEVELS_PER_LINE && count === entries.length) {
            const length = entries.reduce((sum, entry) => sum + entry.length, 0)
                + 2 * entries.length + state.indentation + opening.length + 10;
            const line = entries.join(', ');
            if (length <= state.width && !line.includes('\n')) return `${opening} ${line} ${closing}`;
        }
        const indent = `\n${' '.repeat(state.indentation)}`;
        return `${opening}${indent}  ${entries.join(`,${indent}  `)}${indent}${closing}`;
    }

    /** Long lists of short members stand in columns. */
    function columns(entries, state, value) {
        const rest = value.length > LONGEST_ARRAY ? entries.slice(-1) : [];
        const cells = rest.length > 0 ? entries.slice(0, -1) : entries;
        const widths = cells.map((cell) => cell.length + 2);
        const total = widths.reduce((sum, width) => sum + width, 0);
        const widest = Math.max(...widths);
        const fits = widest * 3 + state.indentation < state.width;
        if (!fits || (total / widest <= 5 && widest > 8)) return entries;
        const typical = Math.max(widest - 3 - Math.sqrt(widest - total / entries.length), 1);
        const perRow = Math.min(
            Math.round(Math.sqrt(2.5 * typical * cells.length) / typical),
            Math.floor((state.width - state.indentation) / widest),
            LEVELS_PER_LINE * 4,
            MOST_COLUMNS);
        if (perRow <= 1) return entries;
        const areNumbers = value.every((member) => typeof member === 'number' || typeof member === 'bigint');
        return rows(cells, widths, perRow, areNumbers).concat(rest);
    }

    function rows(cells, widths, perRow, areNumbers) {
        const column = [];
        for (let index = 0; index < perRow; index++) {
            column.push(Math.max(...widths.filter((_, position) => position % perRow === index)));
        }
        const result = [];
        for (let start = 0; start < cells.length; start += perRow) {
            const row = cells.slice(start, start + perRow);
            const last = row.length - 1;
            result.push(row.map((cell, index) => {
                const text = index < last ? `${cell}, ` : cell;
                if (areNumbers) return text.padStart(index < last ? column[index] : column[index] - 2);
                return index < last ? text.padEnd(column[index]) : text;
            }).join(''));
        }
        return result;
    }

    parts.inspect = function inspect(value) {
        const state = { open: [], circular: new Map(), indentation: 0, depth: 0, width: host.lineWidth };
        try {
            return format(plain(value, new Map()), state, 0);
        } catch (error) {
            return `[cannot be printed: ${error?.message ?? error}]`;
        }
    };
});
