//! The texts of failed assertions, as newman 6.2.2 reports them.

use super::support::{Case, assertions, run};

/// Runs each expression in a test of its own and compares what it reports.
fn check(cases: &[(&str, &str)]) {
    let source: String = cases
        .iter()
        .map(|(body, _)| format!("pm.test('t', () => {{ {body} }});\n"))
        .collect();

    let found = assertions(&run(Case::test(&source)));

    let expected: Vec<String> = cases
        .iter()
        .enumerate()
        .map(|(index, (_, message))| match message.split_once(':') {
            Some((name, _)) if name.ends_with("Error") && !name.contains(' ') => {
                format!("{index} t: {message}")
            }
            _ => format!("{index} t: AssertionError: {message}"),
        })
        .collect();
    for ((body, _), (found, expected)) in cases.iter().zip(found.iter().zip(&expected)) {
        assert_eq!(found, expected, "{body}");
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn comparisons() {
    check(&[
        ("pm.expect(200).to.equal(201)", "expected 200 to equal 201"),
        ("pm.expect('a').to.equal('b')", "expected 'a' to equal 'b'"),
        ("pm.expect(1).to.equal('1')", "expected 1 to equal '1'"),
        ("pm.expect(0).to.equal(1)", "expected +0 to equal 1"),
        ("pm.expect(1).to.not.equal(1)", "expected 1 to not equal 1"),
        (
            "pm.expect({a: 1, b: [1, 2]}).to.eql({a: 2})",
            "expected { a: 1, b: [ 1, 2 ] } to deeply equal { a: 2 }",
        ),
        (
            "pm.expect({a: 1}).to.not.eql({a: 1})",
            "expected { a: 1 } to not deeply equal { a: 1 }",
        ),
        ("pm.expect(false).to.be.true", "expected false to be true"),
        ("pm.expect(1).to.be.false", "expected 1 to be false"),
        ("pm.expect(1).to.be.null", "expected 1 to be null"),
        ("pm.expect(1).to.be.undefined", "expected 1 to be undefined"),
        ("pm.expect(1).to.be.NaN", "expected 1 to be NaN"),
        (
            "pm.expect(undefined).to.exist",
            "expected undefined to exist",
        ),
        ("pm.expect(1).to.not.exist", "expected 1 to not exist"),
        ("pm.expect(0).to.be.ok", "expected +0 to be truthy"),
        (
            "pm.expect(1, 'custom').to.equal(2)",
            "custom: expected 1 to equal 2",
        ),
        ("pm.expect(1).to.be.above(2)", "expected 1 to be above 2"),
        ("pm.expect(3).to.be.below(2)", "expected 3 to be below 2"),
        (
            "pm.expect(1).to.be.at.least(2)",
            "expected 1 to be at least 2",
        ),
        (
            "pm.expect(3).to.be.at.most(2)",
            "expected 3 to be at most 2",
        ),
        (
            "pm.expect(3).to.be.within(1, 2)",
            "expected 3 to be within 1..2",
        ),
        (
            "pm.expect(3).to.be.closeTo(1, .5)",
            "expected 3 to be close to 1 +/- 0.5",
        ),
        (
            "pm.expect('5').to.be.above(1)",
            "expected '5' to be a number or a date",
        ),
        (
            "pm.expect(500).to.be.oneOf([200, 201])",
            "expected 500 to be one of [ 200, 201 ]",
        ),
        (
            "pm.expect(Infinity).to.be.finite",
            "expected Infinity to be a finite number",
        ),
    ]);
}

#[test]
fn contents() {
    check(&[
        ("pm.expect([1]).to.be.empty", "expected [ 1 ] to be empty"),
        (
            "pm.expect('').to.not.be.empty",
            "expected '' not to be empty",
        ),
        (
            "pm.expect(1).to.be.empty",
            ".empty was passed non-string primitive 1",
        ),
        (
            "pm.expect(1).to.be.a('string')",
            "expected 1 to be a string",
        ),
        (
            "pm.expect({}).to.be.an('array')",
            "expected {} to be an array",
        ),
        (
            "pm.expect('s').to.not.be.a('string')",
            "expected 's' not to be a string",
        ),
        (
            "pm.expect('abc').to.include('z')",
            "expected 'abc' to include 'z'",
        ),
        (
            "pm.expect([1, 2]).to.include(3)",
            "expected [ 1, 2 ] to include 3",
        ),
        (
            "pm.expect({a: 1}).to.include({a: 2})",
            "expected { a: 1 } to have property 'a' of 2, but got 1",
        ),
        (
            "pm.expect([{a: 1}]).to.deep.include({a: 2})",
            "expected [ { a: 1 } ] to deep include { a: 2 }",
        ),
        (
            "pm.expect('abc').to.not.include('a')",
            "expected 'abc' to not include 'a'",
        ),
        (
            "pm.expect(undefined).to.include('a')",
            "the given combination of arguments (undefined and string) is invalid for this assertion. You can use an array, a map, an object, a set, a string, or a weakset instead of a string",
        ),
        (
            "pm.expect([1, 2]).to.have.members([1, 3])",
            "expected [ 1, 2 ] to have the same members as [ 1, 3 ]",
        ),
        (
            "pm.expect([1, 2]).to.include.members([3])",
            "expected [ 1, 2 ] to be a superset of [ 3 ]",
        ),
        (
            "pm.expect([1, 2]).to.have.ordered.members([2, 1])",
            "expected [ 1, 2 ] to have the same ordered members as [ 2, 1 ]",
        ),
        (
            "pm.expect({a: 1}).to.have.property('b')",
            "expected { a: 1 } to have property 'b'",
        ),
        (
            "pm.expect({a: 1}).to.have.property('a', 2)",
            "expected { a: 1 } to have property 'a' of 2, but got 1",
        ),
        (
            "pm.expect({a: 1}).to.not.have.property('a')",
            "expected { a: 1 } to not have property 'a'",
        ),
        (
            "pm.expect({a: {b: 1}}).to.have.nested.property('a.c')",
            "expected { a: { b: 1 } } to have nested property 'a.c'",
        ),
        (
            "pm.expect({a: 1}).to.have.own.property('b')",
            "expected { a: 1 } to have own property 'b'",
        ),
        (
            "pm.expect(undefined).to.have.property('a')",
            "Target cannot be null or undefined.",
        ),
        (
            "pm.expect({a: 1, b: 2}).to.have.keys('a', 'c')",
            "expected { a: 1, b: 2 } to have keys 'a', and 'c'",
        ),
        (
            "pm.expect({a: 1}).to.have.key('b')",
            "expected { a: 1 } to have key 'b'",
        ),
        (
            "pm.expect([1, 2]).to.have.lengthOf(3)",
            "expected [ 1, 2 ] to have a length of 3 but got 2",
        ),
        (
            "pm.expect([1]).to.have.lengthOf.above(3)",
            "expected [ 1 ] to have a length above 3 but got 1",
        ),
        (
            "pm.expect('abc').to.match(/z/i)",
            "expected 'abc' to match /z/i",
        ),
        (
            "pm.expect('abc').to.have.string('z')",
            "expected 'abc' to contain 'z'",
        ),
        (
            "pm.expect([]).to.be.an.instanceof(Map)",
            "expected [] to be an instance of Map",
        ),
        (
            "pm.expect(() => {}).to.throw()",
            "expected [Function] to throw an error",
        ),
        (
            "pm.expect(() => { throw new Error('abc') }).to.not.throw()",
            "expected [Function] to not throw an error but 'Error: abc' was thrown",
        ),
        (
            "pm.expect(() => { throw new Error('abc') }).to.throw('xyz')",
            "expected [Function] to throw error including 'xyz' but got 'abc'",
        ),
        (
            "pm.expect(1).to.satisfy(() => false)",
            "expected 1 to satisfy [Function]",
        ),
        ("pm.expect.fail()", "expect.fail()"),
        ("pm.expect.fail('boo')", "boo"),
        (
            "pm.expect(1).to.be.tru",
            "Error: Invalid Chai property: tru. Did you mean \"true\"?",
        ),
        (
            "pm.expect(true).to.be.true()",
            "TypeError: pm.expect(...).to.be.true is not a function",
        ),
    ]);
}

#[test]
fn responses() {
    check(&[
        (
            "pm.response.to.have.status(201)",
            "expected response to have status code 201 but got 200",
        ),
        (
            "pm.response.to.have.status('Created')",
            "expected response to have status reason 'Created' but got 'OK'",
        ),
        (
            "pm.response.to.not.have.status(200)",
            "expected response to not have status code 200",
        ),
        (
            "pm.response.to.have.header('nope')",
            "expected response to have header with key 'nope'",
        ),
        (
            "pm.response.to.have.header('X-Test', 'v2')",
            "expected 'X-Test' response header to be 'v2' but got 'v1'",
        ),
        (
            "pm.response.to.be.serverError",
            "expected response code to be 5XX but found 200",
        ),
        (
            "pm.response.to.be.error",
            "expected response code to be 4XX or 5XX but found 200",
        ),
        (
            "pm.response.to.be.notFound",
            "expected response to have status reason 'NOT FOUND' but got 'OK'",
        ),
        (
            "pm.response.to.not.be.ok",
            "expected response to not have status reason 'OK'",
        ),
        (
            "pm.response.to.have.body('x')",
            "expected response body to equal 'x' but got '{\"a\":1,\"b\":{\"c\":[1,2,3]},\"s\":\"str\",\"n…'",
        ),
        (
            "pm.response.to.have.body({a: 2})",
            "expected response body json to equal { a: 2 } but got { a: 1, b: { c: [ 1, 2, 3 ] }, …(3) }",
        ),
        (
            "pm.response.to.have.jsonBody('z.q')",
            "expected { a: 1, b: { c: [ 1, 2, 3 ] }, …(3) } in response to contain property 'z.q'",
        ),
        (
            "pm.response.to.have.jsonBody('a', 2)",
            "expected response body json at \"a\" to contain 2 but got 1",
        ),
        (
            "pm.expect({a: 1}).to.have.jsonSchema({required: ['zz'], properties: {a: {type: 'string'}}})",
            "expected data to satisfy schema but found following errors: \ndata should have required property 'zz', data.a should be string",
        ),
        (
            "pm.response.to.have.responseTime(9)",
            "expected response to have a valid response time but got 43",
        ),
        (
            "pm.expect(1).to.have.status(200)",
            "expecting a postman response object but got 1",
        ),
        (
            "pm.response.json().nope.x",
            "TypeError: Cannot read properties of undefined (reading 'x')",
        ),
        (
            "pm.response.json().nope()",
            "TypeError: pm.response.json(...).nope is not a function",
        ),
    ]);
}

#[test]
fn checks_that_hold_are_silent() {
    let source = "
        pm.test('t', () => {
            pm.response.to.have.status(200); pm.response.to.have.status('OK'); pm.response.to.be.ok;
            pm.response.to.be.success; pm.response.to.not.be.error; pm.response.to.be.json;
            pm.response.to.be.withBody; pm.response.to.have.header('x-test', 'v1');
            pm.response.to.have.jsonBody('b.c[1]', 2); pm.response.to.have.body(/str/);
            pm.expect(pm.response).to.have.responseTime.below(100);
            pm.request.to.have.header('H1', 'one');
            pm.response.to.have.jsonSchema({type: 'object', required: ['a']});
            pm.response.to.have.jsonBody({any: 'thing'});
        });";

    assert_eq!(assertions(&run(Case::test(source))), ["0 t: passed"]);
}

#[test]
fn a_body_that_is_not_json_is_told_with_its_place() {
    let case = Case::test("pm.test('t', () => pm.response.to.be.json); pm.response.json()")
        .response(200, &[("Content-Type", "text/html")], b"<html>");

    let outcome = run(case);

    assert_eq!(
        assertions(&outcome),
        [
            "0 t: AssertionError: expected response body to be a valid json but got error Unexpected token '<' at 1:1"
        ]
    );
    assert_eq!(
        outcome.error.map(|error| (error.name, error.message)),
        Some((
            "JSONError".to_owned(),
            "Unexpected token '<' at 1:1\n<html>\n^".to_owned()
        ))
    );
}

#[test]
fn a_request_that_failed_has_an_empty_response() {
    let case = Case::test(
        "console.log(pm.response.code, pm.response.status, typeof responseBody, typeof responseTime, responseCode);
         pm.test('t', () => pm.response.to.have.status(200));",
    )
    .with(|context| context.exchange = None);

    let outcome = run(case);

    assert_eq!(
        super::support::lines(&outcome),
        ["undefined, undefined, 'undefined', 'undefined', {}"]
    );
    assert_eq!(
        assertions(&outcome),
        ["0 t: AssertionError: expected PostmanResponse{ …(5) } to have property 'code'"]
    );
}
