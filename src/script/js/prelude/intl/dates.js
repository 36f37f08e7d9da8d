// `Intl.DateTimeFormat`.

(function (host, parts) {
    'use strict';

    const { resolve, supportedLocalesOf } = parts.part('intl/locales');
    const { clock, zoneName, zoneText } = parts.part('intl/zones');
    const DATE_FIELDS = ['weekday', 'era', 'year', 'month', 'day'];
    const TIME_FIELDS = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits'];
    const STYLES = ['full', 'long', 'medium', 'short'];
    const NUMBERS = ['numeric', '2-digit'];
    const TEXTS = ['long', 'short', 'narrow'];
    const ALLOWED = {
        weekday: TEXTS, era: TEXTS, year: NUMBERS, month: [...NUMBERS, ...TEXTS], day: NUMBERS, dayPeriod: TEXTS,
        hour: NUMBERS, minute: NUMBERS, second: NUMBERS, fractionalSecondDigits: ['1', '2', '3'],
        timeZoneName: ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'],
        dateStyle: STYLES, timeStyle: STYLES, hourCycle: ['h11', 'h12', 'h23', 'h24'],
    };
    const two = (number) => String(number).padStart(2, '0');

    function read(given) {
        const options = {};
        for (const [name, allowed] of Object.entries(ALLOWED)) {
            const value = given[name];
            if (value === undefined) continue;
            if (!allowed.includes(String(value))) {
                throw new RangeError(`Value ${String(value)} out of range for Intl.DateTimeFormat options property ${name}`);
            }
            options[name] = name === 'fractionalSecondDigits' ? Number(value) : String(value);
        }
        if (given.hour12 !== undefined) options.hour12 = Boolean(given.hour12);
        return options;
    }

    /** Adds what is shown when nothing is asked for (ECMA-402, ToDateTimeOptions). */
    function withDefaults(options, required, defaults) {
        const hasStyle = options.dateStyle !== undefined || options.timeStyle !== undefined;
        if (hasStyle) {
            const wrong = required === 'date' ? 'timeStyle' : required === 'time' ? 'dateStyle' : undefined;
            if (options[wrong] !== undefined) throw new TypeError(`Invalid option : ${wrong}`);
            if ([...DATE_FIELDS, ...TIME_FIELDS].some((name) => options[name] !== undefined)) {
                throw new TypeError(`Can't set option ${[...DATE_FIELDS, ...TIME_FIELDS].find((name) => options[name] !== undefined)} when ${options.dateStyle ? 'dateStyle' : 'timeStyle'} is used`);
            }
            return options;
        }
        const wanted = [...(required === 'time' ? [] : DATE_FIELDS), ...(required === 'date' ? [] : TIME_FIELDS)]
            .filter((name) => name !== 'era');
        if (wanted.some((name) => options[name] !== undefined)) return options;
        const usual = {};
        if (defaults !== 'time') Object.assign(usual, { year: 'numeric', month: 'numeric', day: 'numeric' });
        if (defaults !== 'date') Object.assign(usual, { hour: 'numeric', minute: 'numeric', second: 'numeric' });
        return { ...usual, ...options };
    }

    const monthIsText = ({ month }) => TEXTS.includes(month);

    /** The template of a date, in the letters of `intl/locales`. */
    function dateTemplate(options, data) {
        if (options.dateStyle) return data.styles[options.dateStyle];
        const { weekday, year, month, day } = options;
        const key = (year ? 'y' : '') + (month ? 'm' : '') + (day ? 'd' : '');
        if (weekday && key === 'd') return data.date.Wd;
        const isText = monthIsText(options);
        let text = { ymd: (isText ? data.date.text : data.date).ymd, ym: (isText ? data.date.text : data.date).ym,
            md: (isText ? data.date.text : data.date).md, yd: 'y (d)', y: 'y', m: isText ? 'L' : 'M', d: 'd' }[key] ?? '';
        if (month === 'short') text = text.replace('T', 't');
        if (month === 'narrow') text = text.replace('T', 'N').replace('L', 'N');
        if (weekday && text !== '') {
            const mark = !isText ? data.weekdayMark : key === 'md' ? data.weekdayDayMark : data.weekdayTextMark;
            text = `W${mark}${text}`;
        } else if (weekday) text = 'W';
        return text;
    }

    function dateParts(moment, options, data, template) {
        const weekdayStyle = options.dateStyle ? 'long' : options.weekday;
        const isAlone = template === 'W';
        const result = [];
        const push = (type, value) => {
            const last = result[result.length - 1];
            if (type === 'literal' && last?.type === 'literal') last.value += value;
            else result.push({ type, value });
        };
        const padded = (text, asked) => text.length > 1 || asked === '2-digit';
        for (const [token] of template.matchAll(/W|T|t|L|N|MM?|dd?|yy?|[^WTtLNMdy]/g)) {
            switch (token[0]) {
                case 'W': {
                    const short = (isAlone && data.loneShortDays) || data.shortDays;
                    const name = weekdayStyle === 'long' ? data.days[moment.weekday] : short[moment.weekday];
                    push('weekday', weekdayStyle === 'narrow' ? data.days[moment.weekday][0].toUpperCase() : name);
                    break;
                }
                case 'T': push('month', data.months[moment.month]); break;
                case 't': push('month', data.shortMonths[moment.month]); break;
                case 'N': push('month', data.months[moment.month][0].toUpperCase()); break;
                case 'L': push('month', options.month === 'short' ? (data.loneShortMonths ?? data.shortMonths)[moment.month] : data.months[moment.month]); break;
                case 'M': push('month', padded(token, options.month) ? two(moment.month + 1) : String(moment.month + 1)); break;
                case 'd': push('day', padded(token, options.day) ? two(moment.day) : String(moment.day)); break;
                case 'y': push('year', token === 'yy' || options.year === '2-digit' ? two(moment.year % 100) : String(moment.year)); break;
                default: push('literal', token);
            }
        }
        return result;
    }

    function timeFields({ timeStyle, ...options }) {
        if (!timeStyle) return options;
        const fields = { hour: 'numeric', minute: 'numeric', second: 'numeric' };
        if (timeStyle === 'short') delete fields.second;
        if (timeStyle === 'full') fields.timeZoneName = 'long';
        if (timeStyle === 'long') fields.timeZoneName = 'short';
        return { ...options, ...fields };
    }

    function hourText(hour, cycle, isPadded) {
        const value = { h11: hour % 12, h12: hour % 12 || 12, h23: hour, h24: hour || 24 }[cycle];
        return isPadded ? two(value) : String(value);
    }

    function timeParts(moment, options, data, cycle) {
        const result = [];
        const add = (type, value, mark = ':') => {
            if (result.length > 0) result.push({ type: 'literal', value: mark });
            result.push({ type, value });
        };
        const isShort = cycle === 'h11' || cycle === 'h12';
        // Where a day has 24 hours, asking for the width of the minute leaves that of the hour open.
        const isOpen = !data.hour12 && options.hour === 'numeric' && options.minute === '2-digit';
        if (options.hour) add('hour', hourText(moment.hour, cycle, options.hour === '2-digit' || !(isShort || isOpen)));
        const isOne = (name) => result.length === 0 && (name === 'second' || !options.second);
        if (options.minute) add('minute', isOne('minute') ? String(moment.minute) : two(moment.minute));
        if (options.second) add('second', isOne('second') ? String(moment.second) : two(moment.second));
        if (options.fractionalSecondDigits) {
            const digits = String(moment.millisecond).padStart(3, '0').slice(0, options.fractionalSecondDigits);
            add('fractionalSecond', digits, data.decimal);
        }
        if (options.hour && isShort) add('dayPeriod', data.dayPeriods[moment.hour < 12 ? 0 : 1], ' ');
        else if (options.hour && !options.minute && data.hourMark) result.push({ type: 'literal', value: data.hourMark });
        return result;
    }

    function partsOf(time, { options, data, zone, cycle }) {
        const moment = clock(time, zone);
        const template = dateTemplate(options, data);
        const result = dateParts(moment, options, data, template);
        const fields = timeFields(options);
        const timed = timeParts(moment, fields, data, cycle);
        if (result.length > 0 && timed.length > 0) {
            const isLong = options.dateStyle ? ['full', 'long'].includes(options.dateStyle) : options.month === 'long';
            const mark = template === 'W' ? data.joinWeekday : isLong ? data.joinLong : data.join;
            result.push({ type: 'literal', value: mark });
        }
        const isDateOnly = timed.length === 0;
        result.push(...timed);
        if (fields.timeZoneName) {
            if (result.length > 0) result.push({ type: 'literal', value: isDateOnly ? data.join : ' ' });
            result.push({ type: 'timeZoneName', value: zoneText(time, zone, fields.timeZoneName, data) });
        }
        return result;
    }

    function cycleOf({ hour12, hourCycle }, data) {
        // As V8 has it: without 12 hours, English speakers of America count midnight as 24.
        if (hour12 === true) return data.shortCycle ?? 'h12';
        if (hour12 === false) return data.hour12 ? 'h24' : 'h23';
        return hourCycle ?? (data.hour12 ? 'h12' : 'h23');
    }

    function make(locales, given, required, defaults) {
        if (given === null) throw new TypeError('Cannot convert undefined or null to object');
        const source = Object(given ?? {});
        const locale = resolve(locales);
        const options = withDefaults(read(source), required, defaults);
        return {
            locale: locale.name, data: locale.data, options,
            zone: zoneName(source.timeZone), cycle: cycleOf(options, locale.data),
        };
    }

    function timeOf(value) {
        const time = value === undefined ? Date.now() : Number(value);
        if (!(Math.abs(time) <= 8.64e15)) throw new RangeError('Invalid time value');
        return Math.trunc(time);
    }

    const textOf = (list) => list.map((part) => part.value).join('');

    class DateTimeFormat {
        #made;
        #format;
        constructor(locales, options) { this.#made = make(locales, options, 'any', 'date'); }
        get format() { return this.#format ??= (value) => textOf(this.formatToParts(value)); }
        formatToParts(value) { return partsOf(timeOf(value), this.#made); }
        formatRange(from, to) {
            const [left, right] = [this.format(from), this.format(to)];
            return left === right ? left : `${left} – ${right}`;
        }
        resolvedOptions() {
            const { locale, options, zone, cycle } = this.#made;
            const { hour12, hourCycle, ...fields } = options;
            const hasHour = fields.hour !== undefined || fields.timeStyle !== undefined;
            return {
                locale, calendar: 'gregory', numberingSystem: 'latn', timeZone: zone,
                ...(hasHour ? { hourCycle: cycle, hour12: cycle === 'h11' || cycle === 'h12' } : {}),
                ...fields,
            };
        }
        static supportedLocalesOf(locales) { return supportedLocalesOf(locales); }
    }
    parts.tag(DateTimeFormat, 'Intl.DateTimeFormat');
    return {
        DateTimeFormat,
        text: (date, locales, options, required, defaults) =>
            (Number.isNaN(date.getTime()) ? 'Invalid Date' : textOf(partsOf(date.getTime(), make(locales, options, required, defaults)))),
    };
});
