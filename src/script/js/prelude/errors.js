// Errors in the words and the form that V8 gives them, which is what scripts and their authors know.
//
// The engine asks this function for the text of `stack` when an error comes about, before any script
// code can see the error. Frames of our own code are left out.

(function (host, parts) {
    'use strict';

    const OWN = 'postrider:';
    const { defineProperty } = Object;

    function frame(site, scriptFile) {
        const file = site.getFileName();
        const name = site.getFunctionName();
        if (!file) return name ? `\n    at ${name} (<anonymous>)` : '';
        // The script begins on the second line of what the engine was given.
        const line = site.getLineNumber() - (file === scriptFile ? 1 : 0);
        const place = `${file}:${line}:${site.getColumnNumber()}`;
        return name && name !== '<anonymous>' ? `\n    at ${name} (${place})` : `\n    at ${place}`;
    }

    function isOwn(site) {
        return site.getFileName()?.startsWith(OWN);
    }

    function improve(error, site, scriptFile) {
        if (typeof error.message !== 'string' || error.name === 'AssertionError') return;
        const file = site?.getFileName();
        const isScript = file === scriptFile && file !== undefined;
        const message = host.translate(String(error.name), error.message,
            isScript ? site.getLineNumber() - 1 : 0, isScript ? site.getColumnNumber() : 0);
        if (message !== undefined) {
            defineProperty(error, 'message', { value: message, writable: true, configurable: true });
        }
    }

    Error.prepareStackTrace = function prepareStackTrace(error, sites) {
        const scriptFile = host.scriptFile();
        try {
            improve(error, sites[0], scriptFile);
        } catch {
            // A getter of the script's own; its message stays.
        }
        let text = `${error.name}: ${error.message}`;
        for (const site of sites) if (!isOwn(site)) text += frame(site, scriptFile);
        if (error.message === 'interrupted') host.interruptedAt(text);
        return text;
    };
});
