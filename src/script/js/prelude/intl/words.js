// `Intl.Collator`, `PluralRules`, `RelativeTimeFormat` and `ListFormat`; the last three in English.

(function (host, parts) {
    'use strict';

    const { resolve, supportedLocalesOf } = parts.part('intl/locales');
    const { NumberFormat } = parts.part('intl/numbers');

    // The order of the Unicode collation for what is no letter; letters follow the digits.
    const ORDER = '\t\n\v\f\r\u0085\u2028\u2029 _-–—,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789';
    const WEIGHTS = new Map([...ORDER].map((mark, index) => [mark, index]));
    const LETTERS = 0x1000;
    const MARKS = /[\u0300-\u036f]/g;
    const EXPANDED = { ß: 'ss', æ: 'ae', œ: 'oe', Æ: 'AE', Œ: 'OE', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', þ: 'th' };

    const unfolded = (text) => text.replace(/[ßæœÆŒøØłŁđĐþ]/g, (mark) => EXPANDED[mark]).normalize('NFD');
    const base = (text) => unfolded(text).replace(MARKS, '').toLowerCase();
    const weight = (mark) => WEIGHTS.get(mark) ?? LETTERS + mark.codePointAt(0);

    function compareWeights(left, right) {
        const [a, b] = [[...left], [...right]];
        const length = Math.min(a.length, b.length);
        for (let index = 0; index < length; index++) {
            const difference = weight(a[index]) - weight(b[index]);
            if (difference !== 0) return Math.sign(difference);
        }
        return Math.sign(a.length - b.length);
    }

    function compareBase(left, right, isNumeric) {
        if (!isNumeric) return compareWeights(left, right);
        const split = (text) => text.match(/\d+|\D+/g) ?? [];
        const [a, b] = [split(left), split(right)];
        for (let index = 0; index < Math.min(a.length, b.length); index++) {
            const areNumbers = /^\d/.test(a[index]) && /^\d/.test(b[index]);
            const found = areNumbers ? Math.sign(Number(BigInt(a[index]) - BigInt(b[index]))) : compareWeights(a[index], b[index]);
            if (found !== 0) return found;
        }
        return Math.sign(a.length - b.length);
    }

    /** Small letters come first, unless asked otherwise. */
    function compareCase(left, right, caseFirst) {
        const isUpper = (mark) => mark !== mark.toLowerCase();
        const [a, b] = [[...unfolded(left).replace(MARKS, '')], [...unfolded(right).replace(MARKS, '')]];
        for (let index = 0; index < Math.min(a.length, b.length); index++) {
            const difference = Number(isUpper(a[index])) - Number(isUpper(b[index]));
            if (difference !== 0) return caseFirst === 'upper' ? -difference : difference;
        }
        return 0;
    }

    function compare(left, right, { sensitivity, numeric, caseFirst, ignorePunctuation }) {
        if (ignorePunctuation) [left, right] = [left, right].map((text) => text.replace(/[\s\p{P}]/gu, ''));
        if (left === right) return 0;
        const first = compareBase(base(left), base(right), numeric);
        if (first !== 0 || sensitivity === 'base') return first;
        if (sensitivity !== 'case') {
            const accents = (text) => unfolded(text).toLowerCase();
            const second = Math.sign(Number(accents(left) > accents(right)) - Number(accents(left) < accents(right)));
            if (second !== 0 || sensitivity === 'accent') return second;
        }
        return compareCase(left, right, caseFirst);
    }

    const optionsOf = (options) => {
        if (options === null) throw new TypeError('Cannot convert undefined or null to object');
        return Object(options ?? {});
    };

    class Collator {
        #options;
        #compare;
        constructor(locales, options) {
            const { usage = 'sort', sensitivity = 'variant', ignorePunctuation = false, numeric = false, caseFirst = 'false' } = optionsOf(options);
            this.#options = {
                locale: resolve(locales).name, usage, sensitivity, ignorePunctuation: Boolean(ignorePunctuation),
                collation: 'default', numeric: Boolean(numeric), caseFirst,
            };
        }
        get compare() {
            return this.#compare ??= (left, right) => compare(String(left), String(right), this.#options);
        }
        resolvedOptions() { return { ...this.#options }; }
        static supportedLocalesOf(locales) { return supportedLocalesOf(locales); }
    }

    class PluralRules {
        #options;
        #numbers;
        constructor(locales, options) {
            const { type = 'cardinal', ...digits } = optionsOf(options);
            if (!['cardinal', 'ordinal'].includes(type)) {
                throw new RangeError(`Value ${type} out of range for Intl.PluralRules options property type`);
            }
            this.#numbers = new NumberFormat('en-US', { ...digits, useGrouping: false });
            this.#options = { locale: resolve(locales).name, type };
        }
        select(value) {
            const text = this.#numbers.format(Math.abs(Number(value)));
            if (this.#options.type === 'cardinal') return text === '1' ? 'one' : 'other';
            const found = /(?<!1)([123])$/.exec(text);
            return found && !text.includes('.') ? { 1: 'one', 2: 'two', 3: 'few' }[found[1]] : 'other';
        }
        resolvedOptions() {
            const { minimumIntegerDigits, minimumFractionDigits, maximumFractionDigits } = this.#numbers.resolvedOptions();
            return {
                ...this.#options, minimumIntegerDigits, minimumFractionDigits, maximumFractionDigits,
                pluralCategories: this.#options.type === 'cardinal' ? ['one', 'other'] : ['few', 'one', 'two', 'other'],
            };
        }
        static supportedLocalesOf(locales) { return supportedLocalesOf(locales); }
    }

    const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];
    const SHORT_UNITS = { second: 'sec.', minute: 'min.', hour: 'hr.', day: 'day', week: 'wk.', month: 'mo.', quarter: 'qtr.', year: 'yr.' };
    const NARROW_UNITS = { second: 's', minute: 'm', hour: 'h', day: 'd', week: 'w', month: 'mo', quarter: 'q', year: 'y' };
    const WORDS = {
        day: ['yesterday', 'today', 'tomorrow'], second: [undefined, 'now', undefined],
        minute: [undefined, 'this minute', undefined], hour: [undefined, 'this hour', undefined],
    };

    class RelativeTimeFormat {
        #options;
        #numbers = new NumberFormat('en-US');
        constructor(locales, options) {
            const { style = 'long', numeric = 'always' } = optionsOf(options);
            this.#options = { locale: resolve(locales).name, style, numeric, numberingSystem: 'latn' };
        }
        format(value, unit) {
            const number = Number(value);
            const name = String(unit).replace(/s$/, '');
            if (!UNITS.includes(name)) {
                throw new RangeError(`Invalid unit argument for format() '${unit}'`);
            }
            if (!Number.isFinite(number)) throw new RangeError('Invalid number value');
            const { style, numeric } = this.#options;
            if (numeric === 'auto' && [-1, 0, 1].includes(number)) {
                const short = style === 'long' ? name : SHORT_UNITS[name];
                const words = WORDS[name] ?? [`last ${short}`, `this ${short}`, `next ${short}`];
                const word = words[number + 1];
                if (word !== undefined) return word;
            }
            const size = this.#numbers.format(Math.abs(number));
            const isPast = number < 0 || Object.is(number, -0);
            if (style === 'narrow') return isPast ? `${size}${NARROW_UNITS[name]} ago` : `in ${size}${NARROW_UNITS[name]}`;
            let word = style === 'long' ? name : SHORT_UNITS[name];
            if (size !== '1') {
                if (style === 'long' || name === 'day') word += 's';
                else if (name === 'quarter') word = 'qtrs.';
            }
            return isPast ? `${size} ${word} ago` : `in ${size} ${word}`;
        }
        formatToParts(value, unit) { return [{ type: 'literal', value: this.format(value, unit) }]; }
        resolvedOptions() { return { ...this.#options }; }
        static supportedLocalesOf(locales) { return supportedLocalesOf(locales); }
    }

    class ListFormat {
        #options;
        constructor(locales, options) {
            const { type = 'conjunction', style = 'long' } = optionsOf(options);
            this.#options = { locale: resolve(locales).name, type, style };
        }
        formatToParts(list) {
            const members = [...list].map((member) => {
                if (typeof member !== 'string') throw new TypeError('Iterable yielded a non-String value');
                return { type: 'element', value: member };
            });
            const { type, style } = this.#options;
            const comma = type === 'unit' && style === 'narrow' ? ' ' : ', ';
            const word = type === 'unit' ? '' : type === 'disjunction' ? 'or ' : style === 'long' ? 'and ' : style === 'short' ? '& ' : '';
            const result = [];
            members.forEach((member, index) => {
                const isLast = index === members.length - 1;
                if (index > 0) {
                    const isPair = members.length === 2;
                    const mark = isLast && word !== '' ? `${isPair ? ' ' : ', '}${word}` : comma;
                    result.push({ type: 'literal', value: mark });
                }
                result.push(member);
            });
            return result;
        }
        format(list) { return this.formatToParts(list).map((part) => part.value).join(''); }
        resolvedOptions() { return { ...this.#options }; }
        static supportedLocalesOf(locales) { return supportedLocalesOf(locales); }
    }

    const classes = { Collator, PluralRules, RelativeTimeFormat, ListFormat };
    for (const [name, Type] of Object.entries(classes)) parts.tag(Type, `Intl.${name}`);
    return classes;
});
