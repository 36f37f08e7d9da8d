// `console`: each argument is printed by itself, nothing is formatted.

(function (host, parts) {
    'use strict';

    const methods = {};
    for (const level of ['log', 'warn', 'debug', 'info', 'error']) {
        methods[level] = (...values) => host.console(level, values.map(parts.inspect));
    }
    methods.clear = () => host.console('log', []);
    parts.global.console = methods;
    parts.warn = (text) => host.console('warn', [parts.inspect(text)]);
});
