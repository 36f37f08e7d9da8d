// `pm.test`.

(function (host, parts) {
    'use strict';

    /** An error as reports want it: a thrown value that is none gets the name of the test as message. */
    function describe(error, name) {
        if (typeof error !== 'object' || error === null || !('message' in error)) {
            return { name: 'AssertionError', message: name };
        }
        const described = {
            name: typeof error.name === 'string' && error.name !== '' ? error.name : 'AssertionError',
            message: String(error.message),
            stack: typeof error.stack === 'string' ? error.stack : '',
        };
        if (error.showDiff) {
            described.actualText = parts.inspect(error.actual);
            described.expectedText = parts.inspect(error.expected);
        }
        return described;
    }

    /** A thrown object may be anything, also one whose members throw in turn. */
    function described(error, name) {
        try {
            return describe(error, name);
        } catch {
            return { name: 'AssertionError', message: name };
        }
    }

    /** Fresh tests for one script. */
    parts.makeTests = (getPm) => {
        let count = 0;
        const waiting = new Map();

        function report(index, name, error, isFailure) {
            waiting.delete(index);
            if (isFailure) host.failed(index, name, described(error, name));
            else host.passed(index, name, false);
        }

        function withCallback(index, name, body) {
            let hasThrown = false;
            if (!host.asNewman) waiting.set(index, { name, reason: 'done was never called' });
            try {
                body((error) => {
                    if (!hasThrown) report(index, name, error, Boolean(error));
                });
            } catch (error) {
                hasThrown = true;
                report(index, name, error, true);
            }
        }

        function run(index, name, body) {
            let result;
            try {
                result = body();
            } catch (error) {
                report(index, name, error, true);
                return;
            }
            // An assertion of chai that is returned throws when it is asked for `then`.
            if (!(result instanceof Promise)) {
                report(index, name, undefined, false);
                return;
            }
            if (host.asNewman) {
                report(index, name, undefined, false);
                return;
            }
            const reason = 'its promise was never settled';
            waiting.set(index, { name, reason });
            // newman reports it now, so the others follow it.
            host.reserve(index, name, reason);
            result.then(
                () => report(index, name, undefined, false), (error) => report(index, name, error, true));
        }

        function test(name, body) {
            name = String(name);
            const index = count;
            count += 1;
            if (typeof body !== 'function') host.passed(index, name, false);
            else if (body.length > 0) withCallback(index, name, body);
            else run(index, name, body);
            return getPm();
        }
        test.skip = function skip(name) {
            host.passed(count, String(name), true);
            count += 1;
            return getPm();
        };
        test.index = function index() {
            return count;
        };

        return {
            test,
            /** Tests that wait for something that cannot come any more have failed. */
            finish() {
                for (const [index, { name, reason }] of waiting) {
                    host.failed(index, name, { name: 'Error', message: reason, stack: '' });
                }
                waiting.clear();
            },
            /** The names and values of `tests` follow the others. */
            legacy(tests) {
                for (const [name, value] of Object.entries(tests)) {
                    const index = count;
                    count += 1;
                    if (value) host.passed(index, name, false);
                    else {
                        host.failed(index, name, {
                            name: 'AssertionError', message: `expected ${String(value)} to be truthy`, stack: '',
                        });
                    }
                }
            },
        };
    };
});
