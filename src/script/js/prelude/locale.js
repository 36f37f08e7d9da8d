// What `toLocaleString` and `localeCompare` give in English, and nearly so elsewhere.
//
// The engine has no locale data. These are the forms of `en-US`, which Node uses when nothing is asked
// for, with the day-first dates of `en-GB` and the ISO dates of `sv-SE` and `en-CA`.

(function () {
    'use strict';

    const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
        'October', 'November', 'December'];
    const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
    const SYMBOLS = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩', BRL: 'R$', CAD: 'CA$', AUD: 'A$' };
    const DATE_PARTS = ['weekday', 'year', 'month', 'day'];
    const TIME_PARTS = ['hour', 'minute', 'second'];

    const define = (prototype, name, value) =>
        Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
    const two = (number) => String(number).padStart(2, '0');
    const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

    function numberText(value, options) {
        if (Number.isNaN(value)) return 'NaN';
        const isPercent = options.style === 'percent';
        const isCurrency = options.style === 'currency';
        const usual = isCurrency ? [2, 2] : isPercent ? [0, 0] : [0, 3];
        const least = options.minimumFractionDigits ?? Math.min(usual[0], options.maximumFractionDigits ?? usual[0]);
        const most = options.maximumFractionDigits ?? Math.max(usual[1], least);
        const size = Math.abs(isPercent ? value * 100 : value);
        let text = '∞';
        if (Number.isFinite(size)) {
            let [whole, fraction = ''] = size.toFixed(most).split('.');
            while (fraction.length > least && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
            if (options.useGrouping !== false) whole = grouped(whole);
            text = fraction === '' ? whole : `${whole}.${fraction}`;
        }
        if (isPercent) text += '%';
        if (isCurrency) text = (SYMBOLS[options.currency] ?? `${options.currency}\u00a0`) + text;
        return value < 0 ? `-${text}` : text;
    }

    /** The parts of a moment, in local time or in UTC. */
    function partsOf(date, zone) {
        const isUtc = typeof zone === 'string' && /^(utc|gmt|etc\/utc)$/i.test(zone);
        const get = (part) => date[`get${isUtc ? 'UTC' : ''}${part}`]();
        return {
            year: get('FullYear'), month: get('Month'), day: get('Date'), weekday: get('Day'),
            hour: get('Hours'), minute: get('Minutes'), second: get('Seconds'),
        };
    }

    const styled = (number, style) => (style === '2-digit' ? two(number % 100) : String(number));

    function dateText(parts, options, locale) {
        const { year, month, day, weekday } = options;
        if (/^(en-ca|sv)/i.test(locale)) return `${parts.year}-${two(parts.month + 1)}-${two(parts.day)}`;
        const name = weekday && (weekday === 'long' ? DAYS[parts.weekday] : DAYS[parts.weekday].slice(0, 3));
        const dayText = day && styled(parts.day, day);
        const yearText = year && styled(parts.year, year);
        if (month === 'long' || month === 'short') {
            const monthText = month === 'long' ? MONTHS[parts.month] : MONTHS[parts.month].slice(0, 3);
            if (/^en-gb/i.test(locale)) return [name && `${name},`, dayText, monthText, yearText].filter(Boolean).join(' ');
            return [name, [monthText, dayText].filter(Boolean).join(' '), yearText].filter(Boolean)
                .join(dayText || name ? ', ' : ' ');
        }
        const monthText = month && styled(parts.month + 1, month);
        const isBritish = /^en-gb/i.test(locale);
        const numbers = isBritish ? [day && two(parts.day), month && two(parts.month + 1), yearText] : [monthText, dayText, yearText];
        return [name, numbers.filter(Boolean).join('/')].filter(Boolean).join(', ');
    }

    function timeText(parts, options, locale) {
        const isShort = options.hour12 ?? !/^(en-gb|sv|de|fr)/i.test(locale);
        const hour = isShort ? parts.hour % 12 || 12 : parts.hour;
        const isPadded = options.hour === '2-digit' || !isShort;
        const numbers = [
            options.hour && (isPadded ? two(hour) : String(hour)),
            options.minute && two(parts.minute),
            options.second && two(parts.second),
        ];
        const text = numbers.filter(Boolean).join(':');
        return isShort && options.hour ? `${text} ${parts.hour < 12 ? 'AM' : 'PM'}` : text;
    }

    const all = (names) => Object.fromEntries(names.map((name) => [name, 'numeric']));

    function momentText(date, locales, given, usual) {
        if (Number.isNaN(date.getTime())) return 'Invalid Date';
        const locale = String((Array.isArray(locales) ? locales[0] : locales) ?? 'en-US');
        const options = given ?? {};
        const asks = (names) => names.some((name) => options[name] !== undefined);
        const isOpen = !asks(DATE_PARTS) && !asks(TIME_PARTS);
        const wanted = isOpen ? { ...all(usual), ...options } : options;
        const parts = partsOf(date, options.timeZone);
        const texts = [];
        if (DATE_PARTS.some((name) => wanted[name] !== undefined)) texts.push(dateText(parts, wanted, locale));
        if (TIME_PARTS.some((name) => wanted[name] !== undefined)) texts.push(timeText(parts, wanted, locale));
        return texts.join(/^sv/i.test(locale) ? ' ' : ', ');
    }

    const DATE = ['year', 'month', 'day'];
    define(Number.prototype, 'toLocaleString', function toLocaleString(locales, options) {
        return numberText(Number(this), options ?? {});
    });
    define(BigInt.prototype, 'toLocaleString', function toLocaleString() {
        return grouped(String(this));
    });
    define(Date.prototype, 'toLocaleString', function toLocaleString(locales, options) {
        return momentText(this, locales, options, [...DATE, ...TIME_PARTS]);
    });
    define(Date.prototype, 'toLocaleDateString', function toLocaleDateString(locales, options) {
        return momentText(this, locales, options, DATE);
    });
    define(Date.prototype, 'toLocaleTimeString', function toLocaleTimeString(locales, options) {
        return momentText(this, locales, options, TIME_PARTS);
    });

    // Node adds the name of the zone; only that of UTC is known here.
    for (const name of ['toString', 'toTimeString']) {
        const natively = Date.prototype[name];
        define(Date.prototype, name, { [name]() {
            const text = natively.call(this);
            return text.endsWith('GMT+0000') ? `${text} (Coordinated Universal Time)` : text;
        } }[name]);
    }

    const folded = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '');

    function order(left, right, isNumeric) {
        if (!isNumeric) return left < right ? -1 : Number(left > right);
        const split = (text) => text.match(/\d+|\D+/g) ?? [];
        const [a, b] = [split(left), split(right)];
        for (let index = 0; index < Math.min(a.length, b.length); index++) {
            const areNumbers = /^\d/.test(a[index]) && /^\d/.test(b[index]);
            const found = areNumbers ? Number(a[index]) - Number(b[index]) : order(a[index], b[index], false);
            if (found !== 0) return Math.sign(found);
        }
        return Math.sign(a.length - b.length);
    }

    define(String.prototype, 'localeCompare', function localeCompare(other, locales, options) {
        const [left, right] = [String(this), String(other)];
        const { sensitivity = 'variant', numeric = false } = options ?? {};
        // Letters first, then accents, then case with small letters first.
        const base = order(folded(left).toLowerCase(), folded(right).toLowerCase(), numeric);
        if (base !== 0 || sensitivity === 'base') return base;
        const accents = order(left.normalize('NFD').toLowerCase(), right.normalize('NFD').toLowerCase(), numeric);
        if (accents !== 0 || sensitivity === 'accent') return accents;
        return order(right, left, numeric);
    });
});
