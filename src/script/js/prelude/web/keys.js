// Keys of the Web Cryptography API: what they are made of, how they are read and written.
//
// A key of two halves is kept as the numbers that JSON Web Keys name (RFC 7518, 6), each one as bytes.

(function (host, parts) {
    'use strict';

    const { DOMException } = parts.part('web/events');
    const { atob, btoa } = parts.natively;
    const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
    const BLOCK_BYTES = { 'SHA-1': 64, 'SHA-256': 64, 'SHA-384': 128, 'SHA-512': 128 };
    const NAMES = [
        'HMAC', 'AES-GCM', 'AES-CBC', 'RSASSA-PKCS1-v1_5', 'RSA-PSS', 'ECDSA', 'Ed25519', 'PBKDF2', 'HKDF', ...HASHES,
    ];
    const MEMBERS = {
        RSA: [['n', 'e'], ['d', 'p', 'q', 'dp', 'dq', 'qi']],
        EC: [['x', 'y'], ['d']],
        OKP: [['x'], ['d']],
    };

    const fail = (name, message) => {
        throw new DOMException(message, name);
    };
    const isSecret = (name) => name === 'HMAC' || name.startsWith('AES-');
    const isDerived = (name) => name === 'PBKDF2' || name === 'HKDF';
    const bytesOf = (source, what = 'data') => parts.bytesOf(source, what).slice();

    /** The algorithm with its name as the standard writes it. */
    function normalized(algorithm) {
        const given = typeof algorithm === 'string' ? { name: algorithm } : algorithm;
        if (typeof given !== 'object' || given === null || given.name === undefined) {
            throw new TypeError('The "algorithm" argument must have a name');
        }
        const name = NAMES.find((known) => known.toLowerCase() === String(given.name).toLowerCase());
        if (name === undefined) fail('NotSupportedError', `Unrecognized algorithm name: ${String(given.name)}`);
        return { ...given, name };
    }

    function hashOf(algorithm) {
        if (algorithm.hash === undefined) throw new TypeError(`${algorithm.name} needs a "hash"`);
        const { name } = normalized(algorithm.hash);
        if (!HASHES.includes(name)) fail('NotSupportedError', `${name} is not a hash`);
        return name;
    }

    function fromBase64Url(text) {
        const plain = atob(String(text).replace(/-/g, '+').replace(/_/g, '/'));
        return Uint8Array.from(plain, (mark) => mark.charCodeAt(0));
    }
    const toBase64Url = (bytes) => btoa(String.fromCharCode(...bytes))
        .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

    const known = new WeakMap();
    class CryptoKey {
        constructor() { throw new TypeError('Illegal constructor'); }
        get type() { return known.get(this).type; }
        get extractable() { return known.get(this).extractable; }
        get algorithm() { return known.get(this).algorithm; }
        get usages() { return [...known.get(this).usages]; }
    }
    parts.tag(CryptoKey, 'CryptoKey');

    function make(material, type, algorithm, extractable, usages) {
        const key = Object.create(CryptoKey.prototype);
        known.set(key, { material, type, algorithm, extractable: Boolean(extractable), usages: [...usages] });
        return key;
    }

    /** The content of a key that may serve for this. */
    function materialFor(key, name, usage) {
        const facts = known.get(key);
        if (facts === undefined) throw new TypeError('The "key" argument must be an instance of CryptoKey');
        if (facts.algorithm.name !== name) fail('InvalidAccessError', 'Key algorithm mismatch');
        if (!facts.usages.includes(usage)) fail('InvalidAccessError', `Unable to use this key to ${usage}`);
        return facts.material;
    }

    const familyOf = (name) => (name.startsWith('RSA') ? 'RSA' : name === 'Ed25519' ? 'OKP' : 'EC');
    const curveOf = (algorithm) => {
        const curve = algorithm.name === 'Ed25519' ? 'Ed25519' : algorithm.namedCurve;
        if (!['P-256', 'P-384', 'Ed25519'].includes(curve)) fail('NotSupportedError', `The curve ${curve} is not supported`);
        return curve;
    };

    function described(algorithm, material) {
        const { name } = algorithm;
        if (name === 'Ed25519') return { name };
        if (name === 'ECDSA') return { name, namedCurve: material.kind };
        return {
            name,
            modulusLength: material.n.length * 8,
            publicExponent: material.e,
            hash: { name: hashOf(algorithm) },
        };
    }

    function secretFrom(format, data, algorithm) {
        if (format === 'raw') return bytesOf(data, 'keyData');
        if (format !== 'jwk') fail('NotSupportedError', `Unable to import ${algorithm.name} using ${format} format`);
        if (data?.kty !== 'oct' || data.k === undefined) fail('DataError', 'Invalid keyData');
        return fromBase64Url(data.k);
    }

    function importSecret(format, data, algorithm, extractable, usages) {
        const { name } = algorithm;
        const material = secretFrom(format, data, algorithm);
        const length = material.length * 8;
        if (name.startsWith('AES-') && ![128, 192, 256].includes(length)) fail('DataError', 'Invalid key length');
        if (usages.length === 0) fail('SyntaxError', 'Usages cannot be empty when importing a secret key.');
        const facts = name === 'HMAC' ? { name, hash: { name: hashOf(algorithm) }, length } : { name, length };
        return make(material, 'secret', facts, extractable, usages);
    }

    function fromJwk(data, family, algorithm) {
        if (data?.kty !== family) fail('DataError', 'Invalid JWK "kty" Parameter');
        const kind = family === 'RSA' ? 'RSA' : data.crv;
        if (family !== 'RSA' && kind !== curveOf(algorithm)) fail('DataError', 'JWK "crv" does not match');
        const [open, secret] = MEMBERS[family];
        const names = data.d === undefined ? open : [...open, ...secret];
        const missing = names.find((name) => typeof data[name] !== 'string');
        if (missing !== undefined) fail('DataError', `Invalid JWK: "${missing}" is missing`);
        return { kind, ...Object.fromEntries(names.map((name) => [name, fromBase64Url(data[name])])) };
    }

    /** A point of a curve without compression, or the 32 bytes of an Ed25519 key. */
    function fromRaw(data, algorithm) {
        const kind = curveOf(algorithm);
        const raw = bytesOf(data, 'keyData');
        if (kind === 'Ed25519') return raw.length === 32 ? { kind, x: raw } : fail('DataError', 'Invalid keyData');
        const size = kind === 'P-256' ? 32 : 48;
        if (raw.length !== 2 * size + 1 || raw[0] !== 4) fail('DataError', 'Invalid keyData');
        return { kind, x: raw.slice(1, size + 1), y: raw.slice(size + 1) };
    }

    function importPair(format, data, algorithm, extractable, usages) {
        const family = familyOf(algorithm.name);
        let material;
        if (format === 'jwk') material = fromJwk(data, family, algorithm);
        else if (format === 'raw' && family !== 'RSA') material = fromRaw(data, algorithm);
        else if (format === 'spki' || format === 'pkcs8') {
            material = host.cryptoReadKey(bytesOf(data, 'keyData'), format === 'pkcs8');
            if (material === undefined) fail('DataError', 'Invalid keyData');
        } else fail('NotSupportedError', `Unable to import ${algorithm.name} using ${format} format`);
        const wanted = family === 'RSA' ? 'RSA' : curveOf(algorithm);
        if (material.kind !== wanted) fail('DataError', 'Invalid key type');
        const isPrivate = material.d !== undefined;
        const usable = isPrivate ? 'sign' : 'verify';
        if (usages.some((usage) => usage !== usable)) {
            fail('SyntaxError', `Unsupported key usage for an ${algorithm.name} key`);
        }
        if (isPrivate && usages.length === 0) fail('SyntaxError', 'Usages cannot be empty when importing a private key.');
        return make(material, isPrivate ? 'private' : 'public', described(algorithm, material), extractable, usages);
    }

    function importKey(format, data, algorithm, extractable, usages) {
        const given = normalized(algorithm);
        const list = [...usages];
        if (isSecret(given.name)) return importSecret(format, data, given, extractable, list);
        if (isDerived(given.name)) {
            if (format !== 'raw') fail('NotSupportedError', `Unable to import ${given.name} using ${format} format`);
            if (extractable) fail('SyntaxError', `${given.name} keys are not extractable`);
            return make(bytesOf(data, 'keyData'), 'secret', { name: given.name }, false, list);
        }
        if (HASHES.includes(given.name)) fail('NotSupportedError', `${given.name} has no keys`);
        return importPair(format, data, given, extractable, list);
    }

    function jwkOf({ material, algorithm, extractable, usages }) {
        const common = { key_ops: [...usages], ext: extractable };
        const hash = algorithm.hash?.name.replace('SHA-', '');
        if (material instanceof Uint8Array) {
            const alg = algorithm.name === 'HMAC' ? `HS${hash}` : `A${algorithm.length}${algorithm.name.slice(4)}`;
            return { ...common, kty: 'oct', k: toBase64Url(material), alg };
        }
        const { kind, ...numbers } = material;
        const texts = Object.fromEntries(Object.entries(numbers).map(([name, bytes]) => [name, toBase64Url(bytes)]));
        if (kind === 'RSA') return { ...common, kty: 'RSA', ...texts, alg: `${algorithm.name === 'RSA-PSS' ? 'PS' : 'RS'}${hash}` };
        return { ...common, crv: kind, kty: kind === 'Ed25519' ? 'OKP' : 'EC', ...texts };
    }

    function exportKey(format, key) {
        const facts = known.get(key);
        if (facts === undefined) throw new TypeError('The "key" argument must be an instance of CryptoKey');
        if (!facts.extractable) fail('InvalidAccessError', 'key is not extractable');
        const { material, type } = facts;
        if (format === 'jwk') return jwkOf(facts);
        if (format === 'raw' && type === 'secret') return material.slice().buffer;
        if (format === 'raw' && type === 'public' && material.kind !== 'RSA') {
            return Uint8Array.from(material.y ? [4, ...material.x, ...material.y] : material.x).buffer;
        }
        if (format === (type === 'public' ? 'spki' : 'pkcs8') && type !== 'secret') {
            return host.cryptoWriteKey(material).buffer;
        }
        return fail('NotSupportedError', `Unable to export a ${type} key using ${format} format`);
    }

    function generateKey(algorithm, extractable, usages) {
        const given = normalized(algorithm);
        const { name } = given;
        if (isSecret(name)) {
            const usual = name === 'HMAC' ? BLOCK_BYTES[hashOf(given)] * 8 : undefined;
            const bytes = host.randomBytes(Math.ceil(Number(given.length ?? usual) / 8));
            return importSecret('raw', bytes, given, extractable, usages);
        }
        if (name !== 'ECDSA' && name !== 'Ed25519') fail('NotSupportedError', `Keys for ${name} cannot be made here, only imported`);
        const material = host.cryptoGenerateKey(curveOf(given));
        const { d, ...open } = material;
        const can = (usage) => [...usages].filter((each) => each === usage);
        const facts = described(given, material);
        return {
            publicKey: make(open, 'public', facts, true, can('verify')),
            privateKey: make(material, 'private', facts, extractable, can('sign')),
        };
    }

    return { CryptoKey, HASHES, normalized, hashOf, fail, bytesOf, known, materialFor, importKey, exportKey, generateKey };
});
