// `pm.require`: packages from the folder that the user named.

(function (host, parts) {
    'use strict';

    const { parse } = JSON;

    /** Fresh packages for one script: what a package keeps does not outlive it. */
    parts.makePackages = (getPm) => {
        const loaded = new Map();

        function load(owner, path) {
            const key = `${owner.name}/${path}`;
            if (loaded.has(key)) return loaded.get(key).exports;
            const module = { exports: {} };
            // Files import each other in circles.
            loaded.set(key, module);
            try {
                if (path.endsWith('.json')) {
                    module.exports = parse(host.packageText(owner.name, path));
                } else {
                    const pm = owner.isExternal ? undefined : getPm();
                    const run = host.packageFunction(owner.name, path)(pm);
                    run.call(module.exports, module, module.exports, importer(owner, path));
                }
            } catch (error) {
                loaded.delete(key);
                throw error;
            }
            return module.exports;
        }

        /** `require` inside of a package: its own files, then what scripts can require, then packages. */
        function importer(owner, path) {
            return function require(name) {
                if (/^\.\.?(\/|$)/.test(name)) {
                    const found = host.findPackageFile(owner.name, `${path.replace(/[^/]*$/, '')}${name}`);
                    if (found === undefined) throw new Error(`Cannot find module '${name}'`);
                    return load(owner, found);
                }
                const origin = owner.isExternal ? owner.name.split(':')[0] : 'npm';
                const other = host.findPackage(String(name)) ?? host.findPackage(`${origin}:${name}`);
                return other?.main === undefined ? parts.global.require(name) : load(other, other.main);
            };
        }

        return function require(name) {
            const wanted = host.findPackage(String(name));
            if (!wanted) throw new Error(`Cannot find package '${name}'${known()}`);
            if (wanted.main === undefined) throw new Error(`Error in package '${name}': it has no main file`);
            try {
                return load(wanted, wanted.main);
            } catch (error) {
                throw new Error(`Error in package '${name}': ${error?.message ?? error}`, { cause: error });
            }
        };
    };

    function known() {
        const names = host.packageNames();
        return names.length === 0 ? '; name a folder of packages with --packages' : `; there are ${names.join(', ')}`;
    }
});
