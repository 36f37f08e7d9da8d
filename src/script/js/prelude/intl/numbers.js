// `Intl.NumberFormat`.

(function (host, parts) {
    'use strict';

    const { resolve, supportedLocalesOf } = parts.part('intl/locales');
    const NO_MINOR_UNIT = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ');
    const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');
    const CURRENCY_NAMES = {
        USD: ['US dollar', 'US dollars'], EUR: ['euro', 'euros'], GBP: ['British pound', 'British pounds'],
        JPY: ['Japanese yen', 'Japanese yen'], INR: ['Indian rupee', 'Indian rupees'],
        CHF: ['Swiss franc', 'Swiss francs'], CAD: ['Canadian dollar', 'Canadian dollars'],
        AUD: ['Australian dollar', 'Australian dollars'], CNY: ['Chinese yuan', 'Chinese yuan'],
        SEK: ['Swedish krona', 'Swedish kronor'], BRL: ['Brazilian real', 'Brazilian reals'],
    };
    const UNITS = {
        byte: 'byte', kilobyte: 'kB', megabyte: 'MB', gigabyte: 'GB', terabyte: 'TB', bit: 'bit', percent: '%',
        second: 'sec', minute: 'min', hour: 'hr', day: 'day', week: 'wk', month: 'mth', year: 'yr',
        millisecond: 'ms', meter: 'm', kilometer: 'km', centimeter: 'cm', millimeter: 'mm', mile: 'mi', foot: 'ft', inch: 'in',
        gram: 'g', kilogram: 'kg', pound: 'lb', ounce: 'oz', liter: 'L', milliliter: 'mL', celsius: '°C', fahrenheit: '°F',
        'kilometer-per-hour': 'km/h', 'mile-per-hour': 'mph',
    };
    const PLURAL_UNITS = ['day', 'week', 'month', 'year', 'hour', 'byte', 'bit'];
    const SHORT_POWERS = ['', 'K', 'M', 'B', 'T'];
    const LONG_POWERS = ['', ' thousand', ' million', ' billion', ' trillion'];

    /** The decimal digits of a number that is not negative, and where the point stands. */
    function digitsOf(value) {
        if (typeof value === 'bigint') return { digits: String(value), point: String(value).length };
        const [mantissa, exponent] = value.toExponential().split('e');
        return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
    }

    /** Rounds to so many digits, upwards from the half, as the decimal text stands. */
    function cut({ digits, point }, count) {
        if (count >= digits.length) return { digits, point };
        if (count < 0) return { digits: '', point };
        const kept = digits.slice(0, count);
        if (digits[count] < '5') return { digits: kept, point };
        const next = String(BigInt(kept === '' ? '0' : kept) + 1n).padStart(count, '0');
        return next.length > count ? { digits: next, point: point + 1 } : { digits: next, point };
    }

    function texts({ digits, point }) {
        if (point <= 0) return { whole: '0', fraction: '0'.repeat(digits === '' ? 0 : -point) + digits };
        return { whole: digits.slice(0, point).padEnd(point, '0') || '0', fraction: digits.slice(point) };
    }

    function rounded(value, options) {
        const number = digitsOf(value);
        const { maximumSignificantDigits: most, minimumSignificantDigits: least } = options;
        if (most !== undefined) {
            const { whole, fraction } = texts(cut(number, most));
            const plain = fraction.replace(/0+$/, '');
            const leading = whole === '0' ? plain.match(/^0*/)[0].length : 0;
            const found = (whole === '0' ? 0 : whole.length) + plain.length - leading;
            return { whole, fraction: plain.padEnd(plain.length + Math.max(0, least - Math.max(found, 1)), '0') };
        }
        const { whole, fraction } = texts(cut(number, number.point + options.maximumFractionDigits));
        const kept = fraction.slice(0, options.maximumFractionDigits).replace(/0+$/, '');
        return { whole, fraction: kept.padEnd(options.minimumFractionDigits, '0') };
    }

    function limit(options, name, least, most) {
        const value = options[name];
        if (value === undefined) return undefined;
        const number = Number(value);
        if (!(number >= least && number <= most)) throw new RangeError(`${name} value is out of range.`);
        return Math.floor(number);
    }

    function usualDigits({ style, currency, notation }) {
        if (style === 'currency' && notation === 'standard') {
            const count = NO_MINOR_UNIT.includes(currency) ? 0 : THREE_DIGITS.includes(currency) ? 3 : 2;
            return [count, count];
        }
        return style === 'percent' || notation === 'compact' ? [0, 0] : [0, 3];
    }

    function resolveDigits(given, resolved) {
        const [usualLeast, usualMost] = usualDigits(resolved);
        const leastSignificant = limit(given, 'minimumSignificantDigits', 1, 21);
        const mostSignificant = limit(given, 'maximumSignificantDigits', leastSignificant ?? 1, 21);
        resolved.minimumIntegerDigits = limit(given, 'minimumIntegerDigits', 1, 21) ?? 1;
        if (leastSignificant !== undefined || mostSignificant !== undefined) {
            resolved.minimumSignificantDigits = leastSignificant ?? 1;
            resolved.maximumSignificantDigits = mostSignificant ?? 21;
            return;
        }
        const least = limit(given, 'minimumFractionDigits', 0, 100);
        const most = limit(given, 'maximumFractionDigits', 0, 100);
        if (least !== undefined && most !== undefined && least > most) {
            throw new RangeError('maximumFractionDigits value is out of range.');
        }
        resolved.minimumFractionDigits = least ?? Math.min(usualLeast, most ?? usualLeast);
        resolved.maximumFractionDigits = most ?? Math.max(usualMost, least ?? 0);
        resolved.isOpen = least === undefined && most === undefined && resolved.notation === 'compact';
    }

    function chosen(options, name, allowed, usual) {
        const value = options[name];
        if (value === undefined) return usual;
        if (!allowed.includes(String(value))) {
            throw new RangeError(`Value ${value} out of range for Intl.NumberFormat options property ${name}`);
        }
        return String(value);
    }

    function resolveOptions(locale, given) {
        const resolved = { locale: locale.name, numberingSystem: 'latn' };
        resolved.style = chosen(given, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal');
        resolved.notation = chosen(given, 'notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard');
        if (resolved.style === 'currency') {
            if (given.currency === undefined) throw new TypeError('Currency code is required with currency style.');
            if (!/^[a-z]{3}$/i.test(given.currency)) throw new RangeError(`Invalid currency code : ${given.currency}`);
            resolved.currency = String(given.currency).toUpperCase();
            resolved.currencyDisplay = chosen(given, 'currencyDisplay', ['code', 'symbol', 'narrowSymbol', 'name'], 'symbol');
            resolved.currencySign = chosen(given, 'currencySign', ['standard', 'accounting'], 'standard');
        }
        if (resolved.style === 'unit') {
            if (given.unit === undefined) throw new TypeError('Required unit is missing');
            if (!(given.unit in UNITS)) throw new RangeError(`Invalid unit argument for Intl.NumberFormat() '${given.unit}'`);
            resolved.unit = String(given.unit);
            resolved.unitDisplay = chosen(given, 'unitDisplay', ['short', 'narrow', 'long'], 'short');
        }
        resolveDigits(given, resolved);
        const grouping = given.useGrouping;
        resolved.useGrouping = grouping === undefined ? (resolved.notation === 'compact' ? 'min2' : 'auto')
            : grouping === true || grouping === 'true' ? 'always' : grouping === 'false' ? 'auto' : grouping || false;
        if (resolved.notation === 'compact') resolved.compactDisplay = chosen(given, 'compactDisplay', ['short', 'long'], 'short');
        resolved.signDisplay = chosen(given, 'signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto');
        return resolved;
    }

    function wholeParts(whole, { useGrouping }, data) {
        const groups = [];
        const fewest = useGrouping === 'min2' ? 5 : 4;
        let rest = whole;
        if (useGrouping !== false && whole.length >= fewest) {
            for (; rest.length > 3; rest = rest.slice(0, -3)) groups.unshift(rest.slice(-3));
        }
        const result = [{ type: 'integer', value: rest }];
        for (const value of groups) result.push({ type: 'group', value: data.group }, { type: 'integer', value });
        return result;
    }

    function finiteParts(size, options, data) {
        let value = size;
        let power = 0;
        const after = [];
        let digits = options;
        if (options.notation === 'compact') {
            value = Number(value);
            while (power < 4 && value >= 1000 ** (power + 1) * 0.9995) power += 1;
            value /= 1000 ** power;
            if (options.isOpen) digits = value < 100 ? { maximumSignificantDigits: 2, minimumSignificantDigits: 1 } : options;
            const mark = options.compactDisplay === 'long' ? LONG_POWERS[power] : power === 1 ? data.thousand ?? 'K' : SHORT_POWERS[power];
            if (mark.startsWith(' ')) after.push({ type: 'literal', value: ' ' });
            if (mark !== '') after.push({ type: 'compact', value: mark.trim() });
        } else if (options.notation !== 'standard') {
            const step = options.notation === 'engineering' ? 3 : 1;
            const exponent = value > 0 ? Math.floor((digitsOf(value).point - 1) / step) * step : 0;
            value = Number(`${value}e${-exponent}`) || Number(value) / 10 ** exponent;
            after.push({ type: 'exponentSeparator', value: 'E' });
            if (exponent < 0) after.push({ type: 'exponentMinusSign', value: data.minus });
            after.push({ type: 'exponentInteger', value: String(Math.abs(exponent)) });
        }
        const { whole, fraction } = rounded(value, digits);
        const result = wholeParts(whole.padStart(options.minimumIntegerDigits, '0'), options, data);
        if (fraction !== '') result.push({ type: 'decimal', value: data.decimal }, { type: 'fraction', value: fraction });
        return [...result, ...after];
    }

    function withCurrency(number, options, data) {
        const { currency, currencyDisplay } = options;
        if (currencyDisplay === 'name') {
            const isOne = number.map((part) => part.value).join('') === '1';
            const name = CURRENCY_NAMES[currency]?.[isOne ? 0 : 1] ?? currency;
            return [...number, { type: 'literal', value: ' ' }, { type: 'currency', value: name }];
        }
        const symbol = currencyDisplay === 'code' ? currency
            : (currencyDisplay === 'narrowSymbol' ? data.symbols[currency]?.replace(/^[A-Z]+(?=.)/, '') : data.symbols[currency]) ?? currency;
        const space = { type: 'literal', value: '\u00a0' };
        const sign = { type: 'currency', value: symbol };
        if (!data.currencyFirst) return [...number, space, sign];
        return /[A-Z]$/i.test(symbol) ? [sign, space, ...number] : [sign, ...number];
    }

    function withUnit(number, { unit, unitDisplay }) {
        const isOne = number.map((part) => part.value).join('') === '1';
        let name = UNITS[unit];
        if (unitDisplay === 'long') name = isOne ? unit.replace(/-per-/, ' per ') : unit.replace(/-per-|$/, (mark) => (mark ? 's per ' : 's'));
        else if (PLURAL_UNITS.includes(unit) && !isOne && unitDisplay === 'short' && name !== 'bit' && name !== 'hr') name += 's';
        const isTight = name.startsWith('°') || name === '%' || unitDisplay === 'narrow';
        return [...number, ...(isTight ? [] : [{ type: 'literal', value: ' ' }]), { type: 'unit', value: name }];
    }

    function signOf(isNegative, isZero, { signDisplay }) {
        switch (signDisplay) {
            case 'never': return '';
            case 'always': return isNegative ? '-' : '+';
            case 'exceptZero': return isZero ? '' : isNegative ? '-' : '+';
            case 'negative': return isNegative && !isZero ? '-' : '';
            default: return isNegative ? '-' : '';
        }
    }

    function partsOf(value, options, data) {
        let result;
        const isNegative = value < 0 || Object.is(value, -0);
        if (Number.isNaN(value)) {
            result = [{ type: 'nan', value: 'NaN' }];
        } else if (value === Infinity || value === -Infinity) {
            result = [{ type: 'infinity', value: '∞' }];
        } else {
            let size = isNegative ? -value : value;
            if (options.style === 'percent') size = typeof size === 'bigint' ? size * 100n : Number(`${size}e2`) || size * 100;
            result = finiteParts(size, options, data);
        }
        const isZero = !result.some(({ type, value: text }) => type === 'infinity' || (type !== 'literal' && /[1-9]/.test(text)));
        if (options.style === 'percent') {
            if (data.percent.length > 1) result.push({ type: 'literal', value: data.percent[0] });
            result.push({ type: 'percentSign', value: '%' });
        }
        if (options.style === 'currency') result = withCurrency(result, options, data);
        if (options.style === 'unit') result = withUnit(result, options);
        const sign = signOf(isNegative, isZero, options);
        if (sign === '-' && options.currencySign === 'accounting') {
            return [{ type: 'literal', value: '(' }, ...result, { type: 'literal', value: ')' }];
        }
        if (sign === '-') result.unshift({ type: 'minusSign', value: data.minus });
        if (sign === '+') result.unshift({ type: 'plusSign', value: '+' });
        return result;
    }

    const numberOf = (value) => (typeof value === 'bigint' ? value : Number(value));

    class NumberFormat {
        #options;
        #data;
        #format;
        constructor(locales, options) {
            if (options === null) throw new TypeError('Cannot convert undefined or null to object');
            const locale = resolve(locales);
            this.#data = locale.data;
            this.#options = resolveOptions(locale, Object(options ?? {}));
        }
        get format() {
            return this.#format ??= (value) => this.formatToParts(value).map((part) => part.value).join('');
        }
        formatToParts(value) { return partsOf(numberOf(value), this.#options, this.#data); }
        formatRange(from, to) {
            const [left, right] = [this.format(from), this.format(to)];
            return left === right ? `~${left}` : `${left}–${right}`;
        }
        resolvedOptions() {
            const { isOpen, ...options } = this.#options;
            return options;
        }
        static supportedLocalesOf(locales) { return supportedLocalesOf(locales); }
    }
    parts.tag(NumberFormat, 'Intl.NumberFormat');
    return { NumberFormat };
});
