// What depends on a language: texts of numbers and dates, and the order of texts.
//
// The engine has no locale data; `Intl` has some, and is loaded when one of these is called.

(function (host, parts) {
    'use strict';

    function define(prototype, methods) {
        for (const [name, value] of Object.entries(methods)) parts.hide(prototype, name, value);
    }

    const usualCollator = (() => {
        let made;
        return () => made ??= new (parts.part('intl/words').Collator)();
    })();
    const moment = (...values) => parts.part('intl/dates').text(...values);
    const number = (value, locales, options) => new (parts.part('intl/numbers').NumberFormat)(locales, options).format(value);

    define(Number.prototype, {
        toLocaleString(locales, options) { return number(Number(this), locales, options); },
    });
    define(BigInt.prototype, {
        toLocaleString(locales, options) { return number(BigInt(this), locales, options); },
    });
    define(Date.prototype, {
        toLocaleString(locales, options) { return moment(this, locales, options, 'any', 'all'); },
        toLocaleDateString(locales, options) { return moment(this, locales, options, 'date', 'date'); },
        toLocaleTimeString(locales, options) { return moment(this, locales, options, 'time', 'time'); },
    });
    define(String.prototype, {
        localeCompare(other, locales, options) {
            const isUsual = locales === undefined && options === undefined;
            const collator = isUsual ? usualCollator() : new (parts.part('intl/words').Collator)(locales, options);
            return collator.compare(String(this), String(other));
        },
    });

    // Node adds the name of the zone; only that of UTC is known here.
    for (const name of ['toString', 'toTimeString']) {
        const natively = Date.prototype[name];
        define(Date.prototype, { [name]() {
            const text = natively.call(this);
            return text.endsWith('GMT+0000') ? `${text} (Coordinated Universal Time)` : text;
        } });
    }
});
