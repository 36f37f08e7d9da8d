//! Variables: what scripts read, set and pass on.

use super::support::{Case, console, lines, run, run_all};
use crate::variables::{Value, Variable, VariableKind};

#[test]
fn the_nearest_layer_wins_and_shows_through_when_it_is_unset() {
    let case = Case::test(
        "const seen = [];
         for (const scope of [pm.globals, pm.collectionVariables, pm.environment, pm.iterationData, pm.variables]) {
             scope.set('v', scope === pm.globals ? 'g' : scope === pm.collectionVariables ? 'c'
                 : scope === pm.environment ? 'e' : scope === pm.iterationData ? 'd' : 'l');
             seen.push(pm.variables.get('v') + pm.variables.replaceIn('{{v}}'));
         }
         pm.variables.unset('v'); seen.push(pm.variables.get('v'));
         pm.iterationData.unset('v'); seen.push(pm.variables.get('v'));
         console.log(seen.join());",
    );

    assert_eq!(lines(&run(case)), ["'gg,cc,ee,dd,ll,d,e'"]);
}

#[test]
fn values_pass_to_the_next_script_as_json() {
    let outcomes = run_all(vec![
        Case::test(
            "const object = { x: 1 };
             pm.environment.set('object', object); pm.environment.set('list', [1, [2]]);
             pm.environment.set('number', 42.5); pm.environment.set('zero', -0); pm.environment.set('no', false);
             pm.environment.set('empty', ''); pm.environment.set('nothing', null); pm.environment.set('undef', undefined);
             pm.environment.set('nan', NaN); pm.environment.set('date', new Date(0)); pm.environment.set('call', () => 7);
             pm.variables.set('undef', undefined); pm.variables.set('call', () => 8);
             console.log(pm.environment.get('object') === object, pm.environment.get('call'), pm.environment.get('undef'));
             object.later = true;",
        ),
        Case::test(
            "for (const key of ['object', 'list', 'number', 'zero', 'no', 'empty', 'nothing', 'undef', 'nan', 'date', 'call']) {
                 console.log(key, pm.environment.get(key));
             }
             console.log(pm.variables.has('undef'), pm.variables.get('undef'), pm.variables.get('call'));
             console.log(pm.environment.get('object') === pm.environment.get('object'));
             console.log(pm.variables.replaceIn('{{object}} {{list}} {{number}} {{undef}} {{nothing}}'));",
        ),
    ]);

    assert_eq!(lines(&outcomes[0]), ["true, 7, undefined"]);
    assert_eq!(
        lines(&outcomes[1]),
        [
            "'object', { x: 1, later: true }",
            "'list', [ 1, [ 2 ] ]",
            "'number', 42.5",
            "'zero', 0",
            "'no', false",
            "'empty', ''",
            "'nothing', null",
            "'undef', null",
            "'nan', null",
            "'date', '1970-01-01T00:00:00.000Z'",
            "'call', null",
            "true, undefined, {}",
            "true",
            "'[object Object] 1,2 42.5  null'",
        ]
    );
}

#[test]
fn a_change_without_set_stays_in_the_script() {
    let outcomes = run_all(vec![
        Case::test("pm.globals.set('list', [1]);"),
        Case::test("pm.globals.get('list').push(2); console.log(pm.globals.get('list'));"),
        Case::test("console.log(pm.globals.get('list'));"),
    ]);

    assert_eq!(lines(&outcomes[1]), ["[ 1, 2 ]"]);
    assert_eq!(lines(&outcomes[2]), ["[ 1 ]"]);
}

#[test]
fn iteration_data_changes_for_the_script_only() {
    let outcomes = run_all(vec![
        Case::test(
            "pm.iterationData.set('row', 'own'); console.log(pm.variables.get('row'), data.row);",
        )
        .with(|context| context.scopes.data.set("row", "file".into())),
        Case::test("console.log(pm.iterationData.get('row'), pm.iterationData.toObject());"),
    ]);

    assert_eq!(lines(&outcomes[0]), ["'own', 'file'"]);
    assert_eq!(lines(&outcomes[1]), ["'file', { row: 'file' }"]);
}

#[test]
fn declared_types_cast_what_is_read() {
    let case = Case::test(
        "for (const key of ['number', 'wrong', 'flag', 'list', 'text']) console.log(key, pm.environment.get(key));
         pm.environment.set('number', '8'); console.log(pm.environment.get('number'));",
    )
    .with(|context| {
        for (key, value, kind) in [
            ("number", "7", VariableKind::Number),
            ("wrong", "7x", VariableKind::Number),
            ("flag", "false", VariableKind::Boolean),
            ("list", "[1, 2]", VariableKind::Array),
            ("text", "plain", VariableKind::Any),
        ] {
            let variable = Variable { kind, ..Variable::new(key, value.into()) };
            context.scopes.environment.push(variable);
        }
    });

    assert_eq!(
        lines(&run(case)),
        [
            "'number', 7",
            "'wrong', NaN",
            "'flag', true",
            "'list', [ 1, 2 ]",
            "'text', 'plain'",
            "8"
        ]
    );
}

#[test]
fn a_variable_that_is_switched_off_is_listed_but_not_found() {
    let case = Case::test(
        "console.log(pm.environment.has('off'), pm.environment.get('off'), pm.environment.toObject(), pm.environment.toObject(true));
         pm.environment.set('off', 'new'); console.log(pm.environment.get('off'));",
    )
    .with(|context| {
        let off = Variable { disabled: true, ..Variable::new("off", "x".into()) };
        context.scopes.environment.push(off);
    });

    let outcome = run(case);

    assert_eq!(
        lines(&outcome),
        ["false, undefined, { off: 'x' }, {}", "'new'"]
    );
    assert_eq!(outcome.scopes.environment.entries().len(), 2);
}

#[test]
fn clear_and_unset_return_nothing_and_remove() {
    let case = Case::test(
        "pm.globals.set('a', 1); pm.globals.set('b', 2);
         console.log(pm.globals.set('c', 3), pm.globals.unset('a'), pm.globals.has('a'), pm.globals.clear(), pm.globals.toObject());",
    );

    assert_eq!(
        lines(&run(case)),
        ["undefined, undefined, false, undefined, {}"]
    );
}

#[test]
fn replace_in_walks_through_arrays_and_objects() {
    let found = console(
        "pm.environment.set('e', 'env'); pm.globals.set('g', 'glob');
         console.log(pm.variables.replaceIn({ a: ['{{e}}', 5], b: '{{g}}{{nope}}' }), pm.environment.replaceIn('{{e}} {{g}}'));
         console.log(pm.variables.replaceIn(7), pm.environment.replaceIn('{{$guid}}').length);",
    );

    assert_eq!(
        found,
        [
            "{ a: [ 'env', 5 ], b: 'glob{{nope}}' }, 'env {{g}}'",
            "7, 36"
        ]
    );
}

#[test]
fn scopes_print_and_serialise_like_files() {
    let case = Case::test(
        "console.log(pm.environment.name, pm.globals.name, JSON.stringify(pm.environment));
         console.log(pm.environment.values.map((each) => each.key).join(), pm.environment.values.count());",
    )
    .with(|context| {
        context.scopes.environment.id = Some("1".to_owned());
        context.scopes.environment.name = Some("Staging".to_owned());
        context.scopes.environment.set("a", Value::from("1"));
    });

    assert_eq!(
        lines(&run(case)),
        [
            r#"'Staging', undefined, '{"id":"1","name":"Staging","values":[{"type":"any","value":"1","key":"a"}]}'"#,
            "'a', 1",
        ]
    );
}

#[test]
fn changes_count_also_when_the_script_fails() {
    let outcome = run(Case::test(
        "pm.environment.set('kept', 1); throw new Error('late');",
    ));

    assert_eq!(
        outcome.scopes.environment.get("kept"),
        Some(&Value::Number(1.into()))
    );
}
