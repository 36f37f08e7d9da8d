// `pm.expect`: chai, with what Postman adds for requests and responses.

(function (host, parts) {
    'use strict';

    const CLASSES = { info: 1, success: 2, redirection: 3, clientError: 4, serverError: 5 };
    const PHRASES = {
        accepted: [202, 'ACCEPTED'],
        withoutContent: [204, 'NO CONTENT'],
        badRequest: [400, 'BAD REQUEST'],
        unauthorized: [401, 'UNAUTHORIZED'],
        // The next and `notAcceptable` never hold for a usual response; Postman has them like this.
        unauthorised: [401, 'UNAUTHORISED'],
        forbidden: [403, 'FORBIDDEN'],
        notFound: [404, 'NOT FOUND'],
        notAcceptable: [406, 'ACCEPTABLE'],
        rateLimited: [429, 'TOO MANY REQUESTS'],
    };

    /** Whether an object, ours or one of `postman-collection`, is of that kind. */
    function isA(value, kind) {
        if (typeof value !== 'object' || value === null) return false;
        for (let type = value.constructor; type; type = type.super_ ?? Object.getPrototypeOf(type)) {
            if (Object.hasOwn(type, '_postman_propertyName') && type._postman_propertyName === kind) return true;
        }
        return false;
    }
    parts.isRequest = (value) => isA(value, 'Request');
    parts.isResponse = (value) => isA(value, 'Response');

    const isPlain = (value) => parts.isPlain(value);

    function steps(path) {
        return [...path.matchAll(/[^.[\]]+|\[(?:([^"'\]]*)|"([^"]*)"|'([^']*)')\]|(?=\.\.|^\.|\.$)/g)]
            .map((match) => match[1] ?? match[2] ?? match[3] ?? match[0]);
    }

    /** The value at a path such as `a.b[0]`; nothing when a step is missing. */
    function at(value, path) {
        if (parts.isObject(value) && Object.hasOwn(value, path)) return { value: value[path] };
        let current = value;
        for (const step of steps(path)) {
            if (current === null || current === undefined || !Object.hasOwn(Object(current), step)) return undefined;
            current = current[step];
        }
        return { value: current };
    }

    /** The body as JSON, or the first line of the reason why it is none. */
    function parsed(response) {
        try {
            return { value: response.json() };
        } catch (error) {
            const message = String(error.message);
            return {
                problem: error.name === 'JSONError' && message !== ''
                    ? message.split('\n')[0] : `${error.name}: ${message}`,
            };
        }
    }

    function extend(chai, util) {
        const { Assertion } = chai;
        const property = (name, body) => Assertion.addProperty(name, body);
        const method = (name, body) => Assertion.addMethod(name, body);
        const expect = (value) => new Assertion(value);

        property('postmanRequest', function () {
            this.assert(parts.isRequest(this._obj),
                'expecting a postman request object but got #{this}', 'not expecting a postman request object');
        });
        property('postmanResponse', function () {
            this.assert(parts.isResponse(this._obj),
                'expecting a postman response object but got #{this}', 'not expecting a postman response object');
        });
        property('postmanRequestOrResponse', function () {
            this.assert(parts.isRequest(this._obj) || parts.isResponse(this._obj),
                'expecting a postman request or response object but got #{this}',
                'not expecting a postman request or response object');
        });

        // Chains are costly, so they are asked only for the message of what is known to be wrong.
        function mustBeResponse(value) {
            if (!parts.isResponse(value)) expect(value).to.be.postmanResponse;
        }
        function mustBeEither(value) {
            if (!parts.isResponse(value)) expect(value).to.be.postmanRequestOrResponse;
        }
        function code(assertion) {
            mustBeResponse(assertion._obj);
            if (typeof assertion._obj.code !== 'number') {
                expect(assertion._obj).to.have.property('code');
                expect(assertion._obj.code).to.be.a('number');
            }
            return assertion._obj.code;
        }
        function isOfClass(assertion, wanted) {
            const found = code(assertion);
            assertion.assert(Math.floor(found / 100) === wanted,
                'expected response code to be #{exp}XX but found #{act}', 'expected response code to not be #{exp}XX',
                wanted, found);
        }
        function hasCode(assertion, wanted, found) {
            assertion.assert(found === wanted,
                'expected response to have status code #{exp} but got #{act}',
                'expected response to not have status code #{act}', wanted, found);
        }
        function hasReason(assertion, wanted, found) {
            assertion.assert(found === wanted,
                'expected response to have status reason #{exp} but got #{act}',
                'expected response to not have status reason #{act}', wanted, found);
        }
        function reason(assertion) {
            mustBeResponse(assertion._obj);
            return assertion._obj.reason();
        }
        function hasPhrase(assertion, wanted, phrase) {
            hasReason(assertion, phrase, String(reason(assertion)).toUpperCase());
            hasCode(assertion, wanted, Number(assertion._obj.details().code));
        }

        method('statusCodeClass', function (wanted) { isOfClass(this, wanted); });
        for (const [name, wanted] of Object.entries(CLASSES)) {
            property(name, function () { isOfClass(this, wanted); });
        }
        property('error', function () {
            const found = code(this);
            this.assert(found >= 400 && found < 600,
                'expected response code to be 4XX or 5XX but found #{act}',
                'expected response code to not be 4XX or 5XX', null, found);
        });
        method('statusCode', function (wanted) { hasCode(this, Number(wanted), code(this)); });
        method('statusReason', function (wanted) { hasReason(this, String(wanted), reason(this)); });
        method('status', function (wanted) {
            if (typeof wanted === 'number') hasCode(this, wanted, code(this));
            else hasReason(this, wanted, reason(this));
        });
        for (const [name, [wanted, phrase]] of Object.entries(PHRASES)) {
            property(name, function () { hasPhrase(this, wanted, phrase); });
        }
        property('ok', function () {
            if (parts.isResponse(this._obj)) hasPhrase(this, 200, 'OK');
            else this.assert(util.flag(this, 'object'), 'expected #{this} to be truthy', 'expected #{this} to be falsy');
        });

        method('header', function (name, ...value) {
            if (!parts.isRequest(this._obj)) mustBeEither(this._obj);
            const owner = parts.isRequest(this._obj) ? 'request' : 'response';
            const isThere = this._obj.headers.has(name);
            this.assert(isThere, `expected ${owner} to have header with key '${name}'`,
                `expected ${owner} to not have header with key '${name}'`, true, isThere);
            if (value.length === 0) return;
            const found = this._obj.headers.one(name)?.value;
            this.assert(found === value[0], `expected '${name}' ${owner} header to be #{exp} but got #{act}`,
                `expected '${name}' ${owner} header to not be #{act}`, value[0], found);
        });

        extendBody(property, method, mustBeResponse, expect, util);
        extendNumbers(Assertion, mustBeResponse, expect, util);
    }

    function extendBody(property, method, mustBeResponse, expect, util) {
        function text(assertion) {
            mustBeResponse(assertion._obj);
            return assertion._obj.text();
        }
        function hasContent(assertion) {
            const found = text(assertion);
            assertion.assert(typeof found === 'string' && found.length > 0,
                'expected response to have content in body', 'expected response to not have content in body');
        }
        function isJson(assertion) {
            mustBeResponse(assertion._obj);
            const { problem } = parsed(assertion._obj);
            assertion.assert(problem === undefined, `expected response body to be a valid json but got error ${problem}`,
                'expected response body not to be a valid json');
        }

        property('withBody', function () { hasContent(this); });
        property('json', function () { isJson(this); });
        method('body', function (...wanted) {
            const [content] = wanted;
            if (wanted.length === 0) {
                hasContent(this);
            } else if (isPlain(content)) {
                mustBeResponse(this._obj);
                const found = parsed(this._obj).value;
                this.assert(util.eql(found, content), 'expected response body json to equal #{exp} but got #{act}',
                    'expected response body json to not equal #{exp} but got #{act}', content, found);
            } else if (content instanceof RegExp) {
                const found = text(this);
                this.assert(content.exec(found) !== null, 'expected response body text to match #{exp} but got #{act}',
                    'expected response body text #{act} to not match #{exp}', content, found);
            } else {
                const found = text(this);
                this.assert(util.eql(found, content), 'expected response body to equal #{exp} but got #{act}',
                    'expected response body to not equal #{exp}', content, found);
            }
        });
        method('jsonBody', function (...wanted) {
            const [path] = wanted;
            if (wanted.length === 0) {
                isJson(this);
                return;
            }
            mustBeResponse(this._obj);
            // A path that is no text is ignored; Postman has it like this.
            if (typeof path !== 'string') return;
            const whole = parsed(this._obj).value;
            const found = at(whole, path);
            this.assert(found !== undefined, 'expected #{act} in response to contain property #{exp}',
                'expected #{act} in response to not contain property #{exp}', path, whole);
            if (wanted.length === 1) return;
            this.assert(util.eql(found?.value, wanted[1]),
                `expected response body json at "${path}" to contain #{exp} but got #{act}`,
                `expected response body json at "${path}" to not contain #{exp} but got #{act}`, wanted[1], found?.value);
        });
        method('jsonSchema', function (schema, options) {
            expect(schema).to.be.an('object');
            const Ajv = parts.require('ajv');
            const ajv = new Ajv({ allErrors: true, logger: false, ...options });
            const data = parts.isResponse(this._obj) ? this._obj.json() : this._obj;
            const isValid = ajv.validate(schema, data);
            this.assert(isValid && !ajv.errors,
                `expected data to satisfy schema but found following errors: \n${ajv.errorsText()}`,
                'expected data to not satisfy schema', true, isValid);
        });
    }

    function extendNumbers(Assertion, mustBeResponse, expect, util) {
        const chainable = (name, what, measure, compare) => {
            Assertion.addChainableMethod(name, function (...wanted) {
                const found = util.flag(this, 'number');
                this.assert(typeof found === 'number', `expected response to have a valid response ${what} but got #{act}`,
                    `expected response to not have a valid response ${what} but got #{act}`, null, found);
                if (wanted.length > 0) compare(this, wanted[0], found);
            }, function () {
                mustBeResponse(this._obj);
                const found = measure(this._obj);
                util.flag(this, 'number', found);
                this._obj = found;
            });
        };
        chainable('responseTime', 'time', (response) => {
            expect(response).to.have.property('responseTime');
            return response.responseTime;
        }, (assertion, wanted, found) => {
            assertion.assert(found === wanted, 'expected response to have a valid response time but got #{act}',
                'expected response to not have a valid response time but got #{act}', null, found);
        });
        chainable('responseSize', 'size', (response) => {
            expect(response).to.have.property('size');
            const size = response.size();
            return (size.header || 0) + (size.body || 0);
        }, (assertion, wanted, found) => {
            // The two numbers stand the wrong way round; Postman has it like this.
            assertion.assert(found === wanted, 'expected response size to equal #{act} but got #{exp}',
                'expected response size to not equal #{act} but got #{exp}', wanted, found);
        });
    }

    /** `pm.response.to` and `pm.request.to`: a fresh chain on each access. */
    parts.addTo = (object) => Object.defineProperty(object, 'to', {
        get: () => parts.require('chai').expect(object).to,
        configurable: true,
    });
    parts.extendChai = (chai) => chai.use(extend);
});
