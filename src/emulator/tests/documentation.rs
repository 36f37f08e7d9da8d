use crate::emulator::{data, login, management};

const PAGE: &str = include_str!("../../../docs/emulator.md");

#[test]
fn the_page_lists_every_route() {
    let routes = [
        login::route_names(),
        management::route_names(),
        data::route_names(),
    ];

    for (method, template) in routes.concat() {
        let row = format!("| `{method} {template}` |");
        assert!(PAGE.contains(&row), "docs/emulator.md has no row {row}");
    }
}
