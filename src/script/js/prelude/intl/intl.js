// `Intl`, as far as scripts of collections need it: English, and the dates and numbers of Germany and Sweden.

(function (host, parts) {
    'use strict';

    const { canonicalList } = parts.part('intl/locales');
    const members = {
        getCanonicalLocales: (locales) => canonicalList(locales),
    };
    const Intl = {};
    for (const [name, value] of Object.entries(members)) parts.hide(Intl, name, value);
    const classes = {
        'intl/dates': ['DateTimeFormat'],
        'intl/numbers': ['NumberFormat'],
        'intl/words': ['Collator', 'PluralRules', 'RelativeTimeFormat', 'ListFormat'],
    };
    for (const [file, names] of Object.entries(classes)) {
        for (const name of names) parts.lazy(Intl, name, () => callable(parts.part(file)[name]), false);
    }
    Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true });

    /** Three classes may be called without `new` (ECMA-402, 10.1.1, 11.1.1 and 15.1.1). */
    function callable(Type) {
        if (!['Collator', 'DateTimeFormat', 'NumberFormat'].includes(Type.name)) return Type;
        const Made = { [Type.name]: function (locales, options) { return new Type(locales, options); } }[Type.name];
        Made.prototype = Type.prototype;
        parts.hide(Type.prototype, 'constructor', Made);
        parts.hide(Made, 'supportedLocalesOf', Type.supportedLocalesOf);
        return Made;
    }

    return { Intl };
});
