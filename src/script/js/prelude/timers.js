// Timers. A script is not finished before all of them have run or were cleared.

(function (host, parts) {
    'use strict';

    const callbacks = new Map();
    let last = 0;

    /** As in Postman, further arguments are dropped and a text is no callback. */
    function add(callback, start) {
        if (typeof callback !== 'function') return undefined;
        last += 1;
        callbacks.set(last, callback);
        start(last);
        return last;
    }

    function clear(id) {
        if (callbacks.delete(id)) host.clearTimer(id);
    }

    const functions = {
        setTimeout: (callback, delay) => add(callback, (id) => host.startTimer(id, Number(delay) || 0, false)),
        setInterval: (callback, delay) => add(callback, (id) => host.startTimer(id, Number(delay) || 0, true)),
        setImmediate: (callback) => add(callback, host.startImmediate),
        clearTimeout: clear,
        clearInterval: clear,
        clearImmediate: clear,
    };
    Object.assign(parts.global, functions);
    parts.soon = functions.setImmediate;

    parts.fire = (id, repeats) => {
        const callback = callbacks.get(id);
        if (!repeats) callbacks.delete(id);
        callback?.call({});
    };
    parts.forgetTimers = () => callbacks.clear();
});
