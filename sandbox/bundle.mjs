// Bundles every library that scripts can `require` into one chunk of its own, beside a text with the
// licences of all packages that went in.
//
//   node bundle.mjs OUTPUT_FOLDER
//
// A chunk is the body of `function (require, module, exports)`. A library that another chunk offers
// stays a `require` call, so that each one is embedded and loaded once.

import { build } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2];
if (!output) {
    console.error('usage: node bundle.mjs OUTPUT_FOLDER');
    process.exit(2);
}

// The name that scripts use, and where the package hides the code. A slash at the end asks for the npm
// package in place of the module that is built into Node.
const LIBRARIES = {
    ajv: 'ajv',
    assert: 'assert/',
    backbone: 'backbone',
    buffer: 'buffer/',
    chai: 'chai',
    cheerio: 'cheerio',
    'crypto-js': 'crypto-js',
    'csv-parse/lib/sync': 'csv-parse/lib/sync',
    events: 'events/',
    json: 'liquid-json',
    lodash: 'lodash',
    lodash3: 'lodash3',
    moment: 'moment',
    path: 'path-browserify',
    'postman-collection': 'postman-collection',
    punycode: 'punycode/',
    querystring: 'querystring-es3',
    stream: 'stream-browserify',
    string_decoder: 'string_decoder/',
    timers: 'timers-browserify',
    tv4: 'tv4',
    url: 'url/',
    util: 'util/',
    xml2js: 'xml2js',

    // For the program itself; scripts cannot ask for a name with a number sign.
    '#http-reasons': 'http-reasons',
    '#mime-format': 'mime-format',
};

// Large imports that a chunk does without. `host:` is asked of the program at run time.
const REPLACED = {
    chai: { util: 'module.exports = {};' },
    'postman-collection': {
        '@faker-js/faker': 'module.exports = require("host:faker");',
        '@faker-js/faker/locale/en': 'module.exports = require("host:faker");',
        'iconv-lite': 'module.exports = require("host:iconv-lite");',
        'mime-types': 'module.exports = require("host:mime-types");',
        semver: 'module.exports = require("host:semver");',
    },
};

// Packages that declare their licence but ship no text of it.
const MIT = (holder) => `The MIT License (MIT)

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
const LICENCES_WITHOUT_FILE = {
    'assertion-error': MIT('Jake Luer'),
    cheerio: MIT('Matt Mueller'),
    boolbase: 'ISC License\n\nDeclared by the package; its author is Felix Boehm.\n',
};

const externals = new Set([...Object.keys(LIBRARIES), ...builtinModules]);

const resolver = (name, specifier) => ({
    name: 'postrider',
    setup(builder) {
        builder.onResolve({ filter: /.*/ }, (args) => {
            if (args.kind === 'entry-point' || args.path === specifier) return undefined;
            if (args.path.startsWith('host:')) return { path: args.path, external: true };
            const replacement = REPLACED[name]?.[args.path];
            if (typeof replacement === 'string') {
                return { path: args.path, namespace: 'replaced', pluginData: replacement };
            }
            const wanted = args.path.replace(/^node:/, '').replace(/\/$/, '');
            const publicName = wanted === 'liquid-json' ? 'json' : wanted;
            if (externals.has(`#${publicName}`)) return { path: `#${publicName}`, external: true };
            return externals.has(publicName) ? { path: publicName, external: true } : undefined;
        });
        builder.onLoad({ filter: /.*/, namespace: 'replaced' }, (args) => ({
            contents: args.pluginData,
            resolveDir: here,
        }));
    },
});

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const packages = new Map();
const index = [];
for (const [name, specifier] of Object.entries(LIBRARIES)) {
    const result = await build({
        stdin: { contents: `module.exports = require(${JSON.stringify(specifier)});`, resolveDir: here },
        absWorkingDir: here,
        bundle: true,
        format: 'cjs',
        platform: 'browser',
        mainFields: ['main'],
        target: 'es2020',
        minify: true,
        legalComments: 'none',
        metafile: true,
        write: false,
        logLevel: 'error',
        plugins: [resolver(name, specifier)],
    });
    for (const input of Object.keys(result.metafile.inputs)) remember(input);
    const file = `${name.replaceAll('/', '__').replace('#', '_')}.js`;
    writeFileSync(join(output, file), result.outputFiles[0].text);
    index.push(`${name}\t${file}`);
}
writeFileSync(join(output, 'index.txt'), `${index.join('\n')}\n`);
writeFileSync(join(output, 'THIRD_PARTY.txt'), licences());

function remember(input) {
    const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input);
    if (match && !input.includes(':')) packages.set(match[1], match[2]);
}

function licences() {
    const sections = [...packages].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([folder]) => {
        const description = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'));
        const declared = description.license?.type ?? description.license
            ?? description.licenses?.map((entry) => entry.type).join(' or ');
        const title = `${description.name} ${description.version} (${declared ?? 'licence as below'})`;
        return `${title}\n${'-'.repeat(title.length)}\n\n${licenceText(folder, description.name)}\n`;
    });
    return [...new Set(sections)].join('\n');
}

function licenceText(folder, name) {
    const files = readdirSync(join(here, folder)).filter((file) => /^(licen[sc]e|copying|notice)/i.test(file));
    if (files.length > 0) {
        return files.map((file) => readFileSync(join(here, folder, file), 'utf8').trim()).join('\n\n');
    }
    const text = LICENCES_WITHOUT_FILE[name];
    if (!text) throw new Error(`no licence text for the package ${name}: add one to bundle.mjs`);
    return text.trim();
}
