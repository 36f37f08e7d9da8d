// Errors in the words and the form that V8 gives them, which is what scripts and their authors know.
//
// The engine asks this function for the text of `stack` when an error comes about, before any script
// code can see the error. Frames of our own code are left out.

(function (host, parts) {
    'use strict';

    const OWN = 'postrider:';
    const CLASS_CALLED = "class constructors must be invoked with 'new'";
    const { defineProperty } = Object;

    function frame(site, scriptFile, error) {
        const file = site.getFileName();
        const name = site.getFunctionName();
        if (!file) return name ? `\n    at ${name} (<anonymous>)` : '';
        const place = `${file}:${file === scriptFile ? placeIn(site, error).join(':') : `${site.getLineNumber()}:${site.getColumnNumber()}`}`;
        return name && name !== '<anonymous>' ? `\n    at ${name} (${place})` : `\n    at ${place}`;
    }

    /** The script begins on the second line of what the engine was given. */
    function placeIn(site, error) {
        const line = site.getLineNumber() - 1;
        // Before the first statement has a place, only its beginning is known.
        return line > 0 || error.message === 'interrupted' ? [line, site.getColumnNumber()] : [1, 1];
    }

    function isOwn(site) {
        return site.getFileName()?.startsWith(OWN);
    }

    function improve(error, site, scriptFile) {
        if (typeof error.message !== 'string' || error.name === 'AssertionError') return;
        const file = site?.getFileName();
        const isScript = file === scriptFile && file !== undefined;
        const [line, column] = isScript ? placeIn(site, error) : [0, 0];
        const message = error.message === CLASS_CALLED
            ? `Class constructor ${site?.getFunctionName() ?? ''} cannot be invoked without 'new'`
            : host.translate(String(error.name), error.message, line, column);
        if (message !== undefined) {
            defineProperty(error, 'message', { value: message, writable: true, configurable: true });
        }
    }

    /** Whether the function below has begun and not ended. */
    let isAtWork = false;

    function traced(error, sites) {
        const scriptFile = host.scriptFile();
        try {
            improve(error, sites[0], scriptFile);
        } catch {
            // A getter of the script's own; its message stays.
        }
        let text = `${error.name}: ${error.message}`;
        for (const site of sites) if (!isOwn(site)) text += frame(site, scriptFile, error);
        if (error.message === 'interrupted') host.interruptedAt(text);
        return text;
    }

    function prepareStackTrace(error, sites) {
        // What the engine throws when it interrupts this function skips even `finally`, and is lost. A loop that
        // makes errors would have the best part of its steps in here, so that it might never be stopped.
        if (isAtWork) {
            Error.prepareStackTrace = undefined;
            host.interruptedAt(traced(error, sites));
            return '';
        }
        isAtWork = true;
        try {
            return traced(error, sites);
        } finally {
            isAtWork = false;
        }
    }

    Error.prepareStackTrace = prepareStackTrace;

    /** Undoes what was done to stop the last script. */
    parts.traceAgain = () => {
        if (isAtWork) Error.prepareStackTrace = prepareStackTrace;
        isAtWork = false;
    };
});
