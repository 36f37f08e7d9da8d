// The first part: takes hold of the global object and removes what scripts do not find in Postman.

(function (host, parts) {
    'use strict';

    const global = globalThis;
    parts.global = global;
    const absent = ['globalThis', 'performance', 'navigator', 'WeakRef', 'FinalizationRegistry'];
    for (const name of absent) delete global[name];
    delete global[Symbol.toStringTag];
    // Library functions stand between the script and the place of an error.
    Error.stackTraceLimit = 60;

    /** A class property that is made when it is first read. */
    parts.lazy = function lazy(object, name, make, isEnumerable = true) {
        Object.defineProperty(object, name, {
            get() {
                const value = make();
                Object.defineProperty(object, name,
                    { value, writable: true, configurable: true, enumerable: isEnumerable });
                return value;
            },
            set(value) {
                Object.defineProperty(object, name,
                    { value, writable: true, configurable: true, enumerable: isEnumerable });
            },
            configurable: true,
            enumerable: isEnumerable,
        });
    };
});
