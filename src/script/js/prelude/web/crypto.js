// `crypto`: random values and the Web Cryptography API.

(function (host, parts) {
    'use strict';

    const { DOMException } = parts.part('web/events');
    const {
        CryptoKey, HASHES, normalized, hashOf, fail, bytesOf, known, materialFor, importKey, exportKey, generateKey,
    } = parts.part('web/keys');
    const LONGEST_RANDOM = 65536;
    const HASH_BYTES = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };
    const CURVE_HASHES = { 'P-256': 'SHA-256', 'P-384': 'SHA-384' };

    function crypt(encrypts, algorithm, key, data) {
        const given = normalized(algorithm);
        const material = materialFor(key, given.name, encrypts ? 'encrypt' : 'decrypt');
        const iv = bytesOf(given.iv, 'algorithm.iv');
        const content = bytesOf(data);
        let result;
        if (given.name === 'AES-CBC') {
            if (iv.length !== 16) fail('OperationError', 'algorithm.iv must contain exactly 16 bytes');
            result = host.cryptoAesCbc(encrypts, material, iv, content);
        } else if (given.name === 'AES-GCM') {
            if (iv.length !== 12 || material.length === 24 || (given.tagLength ?? 128) !== 128) {
                fail('NotSupportedError', 'AES-GCM takes an iv of 12 bytes, a key of 128 or 256 bits and a tag of 128 bits');
            }
            const additional = given.additionalData === undefined ? new Uint8Array(0) : bytesOf(given.additionalData);
            result = host.cryptoAesGcm(encrypts, material, iv, additional, content);
        } else fail('NotSupportedError', `${given.name} does not encrypt`);
        if (result === undefined) fail('OperationError', 'The operation failed for an operation-specific reason');
        return result.buffer;
    }

    /** The name under which the program knows the way to sign. */
    function scheme(given, key) {
        const { algorithm } = known.get(key);
        if (given.name === 'Ed25519') return 'Ed25519';
        if (given.name === 'ECDSA') {
            const hash = hashOf(given);
            if (CURVE_HASHES[algorithm.namedCurve] !== hash) {
                fail('NotSupportedError', `ECDSA with ${algorithm.namedCurve} takes ${CURVE_HASHES[algorithm.namedCurve]} only`);
            }
            return `ECDSA/${algorithm.namedCurve}`;
        }
        const { name: hash } = algorithm.hash;
        if (given.name === 'RSA-PSS' && Number(given.saltLength) !== HASH_BYTES[hash]) {
            fail('NotSupportedError', `RSA-PSS with ${hash} takes a salt of ${HASH_BYTES[hash]} bytes only`);
        }
        return `${given.name}/${hash}`;
    }

    function sign(algorithm, key, data) {
        const given = normalized(algorithm);
        const material = materialFor(key, given.name, 'sign');
        const content = bytesOf(data);
        if (given.name === 'HMAC') return host.cryptoHmac(key.algorithm.hash.name, material, content).buffer;
        const signature = host.cryptoSign(scheme(given, key), material, content);
        if (signature === undefined) fail('NotSupportedError', `This key cannot sign with ${scheme(given, key)}`);
        return signature.buffer;
    }

    function verify(algorithm, key, signature, data) {
        const given = normalized(algorithm);
        const material = materialFor(key, given.name, 'verify');
        const found = bytesOf(signature, 'signature');
        const content = bytesOf(data);
        if (given.name === 'HMAC') return host.cryptoHmacVerify(key.algorithm.hash.name, material, content, found);
        return host.cryptoVerify(scheme(given, key), material, found, content);
    }

    function deriveBits(algorithm, key, length, usage = 'deriveBits') {
        const given = normalized(algorithm);
        const material = materialFor(key, given.name, usage);
        if (length === null || length % 8 !== 0) fail('OperationError', 'length must be a multiple of 8');
        const salt = bytesOf(given.salt, 'algorithm.salt');
        let result;
        if (given.name === 'PBKDF2') {
            if (!(given.iterations > 0)) fail('OperationError', 'iterations cannot be zero');
            result = host.cryptoPbkdf2(hashOf(given), material, salt, given.iterations, length / 8);
        } else if (given.name === 'HKDF') {
            result = host.cryptoHkdf(hashOf(given), material, salt, bytesOf(given.info, 'algorithm.info'), length / 8);
        } else fail('NotSupportedError', `${given.name} does not derive bits`);
        if (result === undefined) fail('OperationError', 'The operation failed for an operation-specific reason');
        return result.buffer;
    }

    function deriveKey(algorithm, key, wanted, extractable, usages) {
        const target = normalized(wanted);
        const blocks = { 'SHA-384': 1024, 'SHA-512': 1024 };
        const length = target.length ?? (target.name === 'HMAC' ? blocks[hashOf(target)] ?? 512 : undefined);
        return importKey('raw', deriveBits(algorithm, key, length, 'deriveKey'), target, extractable, usages);
    }

    function digest(algorithm, data) {
        const { name } = normalized(algorithm);
        if (!HASHES.includes(name)) fail('NotSupportedError', `${name} is not a hash`);
        return host.cryptoDigest(name, bytesOf(data)).buffer;
    }

    const MADE_HERE = Symbol('made here');
    const onlyHere = (mark) => {
        if (mark !== MADE_HERE) throw new TypeError('Illegal constructor');
    };

    class SubtleCrypto {
        constructor(mark) { onlyHere(mark); }
        async digest(algorithm, data) { return digest(algorithm, data); }
        async encrypt(algorithm, key, data) { return crypt(true, algorithm, key, data); }
        async decrypt(algorithm, key, data) { return crypt(false, algorithm, key, data); }
        async sign(algorithm, key, data) { return sign(algorithm, key, data); }
        async verify(algorithm, key, signature, data) { return verify(algorithm, key, signature, data); }
        async deriveBits(algorithm, key, length) { return deriveBits(algorithm, key, length); }
        async deriveKey(algorithm, key, wanted, extractable, usages) {
            return deriveKey(algorithm, key, wanted, extractable, usages);
        }
        async importKey(format, data, algorithm, extractable, usages) {
            return importKey(format, data, algorithm, extractable, usages);
        }
        async exportKey(format, key) { return exportKey(format, key); }
        async generateKey(algorithm, extractable, usages) { return generateKey(algorithm, extractable, usages); }
    }

    const subtle = new SubtleCrypto(MADE_HERE);
    class Crypto {
        constructor(mark) { onlyHere(mark); }
        get subtle() { return subtle; }
        getRandomValues(array) {
            if (!ArrayBuffer.isView(array) || array instanceof DataView
                || array instanceof Float32Array || array instanceof Float64Array) {
                throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
            }
            if (array.byteLength > LONGEST_RANDOM) {
                throw new DOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
            }
            parts.bytesOf(array).set(host.randomBytes(array.byteLength));
            return array;
        }
        randomUUID() { return host.uuid(); }
    }
    parts.tag(SubtleCrypto, 'SubtleCrypto');
    parts.tag(Crypto, 'Crypto');
    return { crypto: new Crypto(MADE_HERE), Crypto, CryptoKey, SubtleCrypto };
});
