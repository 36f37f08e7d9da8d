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

    let seed = 1;

    /**
     * Takes a number of steps that nobody can foresee.
     *
     * The engine looks at the clock once in so many steps, and what it throws in this file is lost. A loop
     * that makes an error each time round could otherwise keep such a rhythm that it is never stopped.
     */
    function stumble() {
        seed = (seed * 48271) % 2147483647;
        for (let steps = seed % 16; steps > 0; steps -= 1);
    }

    Error.prepareStackTrace = function prepareStackTrace(error, sites) {
        stumble();
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
    };
});
