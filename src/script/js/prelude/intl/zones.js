// Time zones: what a clock shows in them, and what they are called.

(function (host, parts) {
    'use strict';

    const LONG_NAMES = {
        EST: 'Eastern Standard Time', EDT: 'Eastern Daylight Time', CST: 'Central Standard Time', CDT: 'Central Daylight Time',
        MST: 'Mountain Standard Time', MDT: 'Mountain Daylight Time', PST: 'Pacific Standard Time', PDT: 'Pacific Daylight Time',
        AKST: 'Alaska Standard Time', AKDT: 'Alaska Daylight Time', HST: 'Hawaii-Aleutian Standard Time',
        GMT: 'Greenwich Mean Time', BST: 'British Summer Time', WET: 'Western European Standard Time',
        WEST: 'Western European Summer Time', CET: 'Central European Standard Time', CEST: 'Central European Summer Time',
        EET: 'Eastern European Standard Time', EEST: 'Eastern European Summer Time', JST: 'Japan Standard Time',
        AEST: 'Australian Eastern Standard Time', AEDT: 'Australian Eastern Daylight Time',
    };
    /** Names that mean another zone elsewhere. */
    const INDIA = ['Asia/Kolkata', 'Asia/Calcutta'];

    /** The name of a zone as the database writes it; the machine's own when none is asked for. */
    function zoneName(asked) {
        if (asked === undefined) return host.localTimeZone();
        const name = String(asked);
        if (/^(utc|gmt|etc\/(utc|gmt|uct|zulu|universal|greenwich))$/i.test(name)) return 'UTC';
        const known = host.timeZoneName(name);
        if (known === undefined) throw new RangeError(`Invalid time zone specified: ${name}`);
        return known;
    }

    const offsetOf = (time, zone) => (zone === 'UTC' ? 0 : host.timeZoneOffset(zone, time) ?? 0);

    function clock(time, zone) {
        const date = new Date(time + offsetOf(time, zone) * 1000);
        return {
            year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(), weekday: date.getUTCDay(),
            hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(),
            millisecond: date.getUTCMilliseconds(),
        };
    }

    function offsetText(seconds, isLong, minus) {
        if (seconds === 0) return isLong ? 'GMT+00:00' : 'GMT';
        const minutes = Math.abs(Math.trunc(seconds / 60));
        const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
        const sign = seconds < 0 ? minus : '+';
        const pad = (number) => String(number).padStart(2, '0');
        if (isLong) return `GMT${sign}${pad(hours)}:${pad(rest)}`;
        return `GMT${sign}${hours}${rest === 0 ? '' : `:${pad(rest)}`}`;
    }

    function zoneText(time, zone, style, data) {
        if (zone === 'UTC' && !style.endsWith('Offset')) return style.startsWith('long') ? data.utc : 'UTC';
        const offset = offsetOf(time, zone);
        if (style.endsWith('Offset')) return offsetText(offset, style === 'longOffset', data.minus);
        const name = host.timeZoneAbbreviation(zone, time);
        if (style.startsWith('long')) {
            if (INDIA.includes(zone)) return 'India Standard Time';
            return (data.months[0] === 'January' ? LONG_NAMES[name] : undefined) ?? offsetText(offset, true, data.minus);
        }
        const shown = data.renamedZones?.[name] ?? name;
        return data.zones.includes(shown) ? shown : offsetText(offset, false, data.minus);
    }

    return { clock, zoneName, zoneText };
});
