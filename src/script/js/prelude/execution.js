// `pm.execution` and `pm.visualizer`.

(function (host, parts) {
    'use strict';

    function setNextRequest(target) {
        if (target === undefined) return;
        host.nextRequest(target === null ? undefined : String(target));
    }
    parts.setNextRequest = setNextRequest;

    parts.makeExecution = (isTest, facts) => {
        const execution = { setNextRequest };
        if (!host.asNewman) execution.runRequest = parts.runRequest;
        if (!isTest) execution.skipRequest = () => host.skipRequest();
        parts.lazy(execution, 'location', () => {
            const { location, owner } = facts();
            const names = [...location];
            names.current = owner;
            return names;
        });
        return execution;
    };

    const isOptional = (value) => value === undefined || value === null;

    function check(name, value) {
        if (!isOptional(value) && typeof value !== 'object') {
            throw new Error(`Invalid ${name}. ${name[0].toUpperCase()}${name.slice(1)} must be an object, found ${typeof value}`);
        }
    }

    /** What a script draws is kept until the end of the run, when a report can show it. */
    parts.makeVisualizer = () => ({
        set(template, data, options) {
            if (typeof template !== 'string') {
                throw new Error(`Invalid template. Template must be of type string, found ${typeof template}`);
            }
            check('data', data);
            check('options', options);
            host.visualize(template, parts.stringify(data ?? {}));
        },
        clear() { host.visualize(); },
    });
});
