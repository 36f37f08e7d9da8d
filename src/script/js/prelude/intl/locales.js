// The languages that `Intl` speaks, and how a locale is chosen among them.
//
// In a date, `W` is the weekday, `T` a month by its name, `M` one by its number, `d` the day and `y` the
// year; a doubled letter is padded to two digits.

(function (host, parts) {
    'use strict';

    const list = (text) => text.split(' ');
    const ENGLISH = {
        months: list('January February March April May June July August September October November December'),
        shortMonths: list('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'),
        days: list('Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
        shortDays: list('Sun Mon Tue Wed Thu Fri Sat'),
        dayPeriods: ['AM', 'PM'],
        hour12: true,
        hourMark: '',
        date: { ymd: 'M/d/y', ym: 'M/y', md: 'M/d', text: { ymd: 'T d, y', ym: 'T y', md: 'T d' }, Wd: 'd W' },
        styles: { full: 'W, T d, y', long: 'T d, y', medium: 't d, y', short: 'M/d/yy' },
        weekdayMark: ', ', weekdayTextMark: ', ', weekdayDayMark: ', ',
        join: ', ', joinLong: ' at ', joinWeekday: ' ',
        decimal: '.', group: ',', minus: '-', percent: '%', currencyFirst: true,
        symbols: {
            USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩', BRL: 'R$', CAD: 'CA$', AUD: 'A$',
            MXN: 'MX$', NZD: 'NZ$', ILS: '₪', VND: '₫', HKD: 'HK$', TWD: 'NT$', PHP: '₱', XCD: 'EC$',
        },
        zones: ['EST', 'EDT', 'CST', 'CDT', 'MST', 'MDT', 'PST', 'PDT', 'AKST', 'AKDT', 'HST'],
        utc: 'Coordinated Universal Time',
    };
    const EUROPEAN_ZONES = ['GMT', 'BST', 'WET', 'WEST', 'CET', 'CEST', 'EET', 'EEST'];

    const LOCALES = {
        'en-US': ENGLISH,
        'en-GB': {
            ...ENGLISH,
            shortMonths: list('Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'),
            dayPeriods: ['am', 'pm'],
            hour12: false,
            date: { ymd: 'dd/MM/y', ym: 'MM/y', md: 'dd/MM', text: { ymd: 'd T y', ym: 'T y', md: 'd T' }, Wd: 'W d' },
            styles: { full: 'W, d T y', long: 'd T y', medium: 'd t y', short: 'dd/MM/y' },
            weekdayDayMark: ' ', thousand: 'k',
            symbols: { ...ENGLISH.symbols, USD: 'US$', JPY: 'JP¥' },
            zones: EUROPEAN_ZONES,
        },
        'en-CA': {
            ...ENGLISH,
            dayPeriods: ['a.m.', 'p.m.'],
            date: { ...ENGLISH.date, ymd: 'y-MM-dd', ym: 'y-MM', md: 'MM-dd', Wd: 'W d' },
            styles: { ...ENGLISH.styles, short: 'y-MM-dd' },
            symbols: { ...ENGLISH.symbols, CAD: '$', USD: 'US$', JPY: 'JP¥' },
        },
        'de-DE': {
            months: list('Januar Februar März April Mai Juni Juli August September Oktober November Dezember'),
            shortMonths: list('Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.'),
            loneShortMonths: list('Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez'),
            days: list('Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag'),
            shortDays: list('So. Mo. Di. Mi. Do. Fr. Sa.'),
            loneShortDays: list('So Mo Di Mi Do Fr Sa'),
            dayPeriods: ['AM', 'PM'],
            hour12: false,
            shortCycle: 'h11',
            hourMark: ' Uhr',
            date: { ymd: 'd.M.y', ym: 'M/y', md: 'd.M.', text: { ymd: 'd. T y', ym: 'T y', md: 'd. T' }, Wd: 'W, d.' },
            styles: { full: 'W, d. T y', long: 'd. T y', medium: 'dd.MM.y', short: 'dd.MM.yy' },
            weekdayMark: ', ', weekdayTextMark: ', ', weekdayDayMark: ', ',
            join: ', ', joinLong: ' um ', joinWeekday: ', ',
            decimal: ',', group: '.', minus: '-', percent: '\u00a0%', currencyFirst: false,
            symbols: { ...ENGLISH.symbols, AUD: 'AU$', PHP: '₱' },
            zones: ['MEZ', 'MESZ'],
            renamedZones: { CET: 'MEZ', CEST: 'MESZ' },
            utc: 'Koordinierte Weltzeit',
        },
        'sv-SE': {
            months: list('januari februari mars april maj juni juli augusti september oktober november december'),
            shortMonths: list('jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.'),
            days: list('söndag måndag tisdag onsdag torsdag fredag lördag'),
            shortDays: list('sön mån tis ons tors fre lör'),
            dayPeriods: ['fm', 'em'],
            hour12: false,
            shortCycle: 'h11',
            hourMark: '',
            date: { ymd: 'y-MM-dd', ym: 'y-MM', md: 'd/M', text: { ymd: 'd T y', ym: 'T y', md: 'd T' }, Wd: 'W d' },
            styles: { full: 'W d T y', long: 'd T y', medium: 'd t y', short: 'y-MM-dd' },
            weekdayMark: ', ', weekdayTextMark: ' ', weekdayDayMark: ' ',
            join: ' ', joinLong: ' kl. ', joinWeekday: ' ',
            decimal: ',', group: '\u00a0', minus: '\u2212', percent: '\u00a0%', currencyFirst: false,
            symbols: { ...ENGLISH.symbols, SEK: 'kr', USD: 'US$', JPY: 'JPY', AUD: 'AU$', BRL: 'BR$', NOK: 'NOK', DKK: 'DKK' },
            zones: ['CET', 'CEST'],
            utc: 'koordinerad universell tid',
        },
    };
    /** Regions that write as another one does. */
    const LIKE = { en: 'en-US', de: 'de-DE', sv: 'sv-SE' };
    for (const region of ['AU', 'IE', 'NZ', 'IN', 'ZA']) LIKE[`en-${region}`] = 'en-GB';
    const DEFAULT = 'en-US';

    function canonical(tag) {
        if (typeof tag !== 'string' && (typeof tag !== 'object' || tag === null)) {
            throw new TypeError('Incorrect locale information provided');
        }
        const text = String(tag);
        if (!/^[a-z]{2,8}([-_][a-z0-9]{1,8})*$/i.test(text)) throw new RangeError(`Incorrect locale information provided`);
        return text.split(/[-_]/).map((part, index) => {
            if (index === 0) return part.toLowerCase();
            if (part.length === 2) return part.toUpperCase();
            return part.length === 4 ? part[0].toUpperCase() + part.slice(1).toLowerCase() : part.toLowerCase();
        }).join('-');
    }

    function canonicalList(locales) {
        if (locales === undefined) return [];
        const all = typeof locales === 'string' || locales instanceof String ? [locales] : Array.from(Object(locales));
        return [...new Set(all.map(canonical))];
    }

    /** The name without extensions, when its language is spoken here. */
    function supported(tag) {
        const name = tag.replace(/-[a-z0-9]-.*$/i, '');
        return name in LOCALES || LIKE[name.split('-')[0]] !== undefined ? name : undefined;
    }

    /** The first language that is spoken here, with its data; English where none is. */
    function resolve(locales) {
        const name = canonicalList(locales).map(supported).find(Boolean) ?? DEFAULT;
        const known = LOCALES[name] ?? LOCALES[LIKE[name]] ?? LOCALES[LIKE[name.split('-')[0]]];
        return { name, data: known };
    }

    return {
        resolve,
        canonicalList,
        supportedLocalesOf: (locales) => canonicalList(locales).filter((tag) => supported(tag) !== undefined),
    };
});
