//! Addresses of images. As in newman 6.2.2, they do not change, and nobody promises that the servers exist.

use super::Random;
use super::internet::domain_word;

const SERVER: &str = "http://placeimg.com/640/480";

/// A grey rectangle of 640 by 480 with its size written into it.
const GREY: &str = "data:image/svg+xml;charset=UTF-8,\
    %3Csvg%20xmlns%3D%22http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg%22%20width%3D%22640%22%20height%3D%22480%22%3E\
    %3Crect%20fill%3D%22grey%22%20width%3D%22640%22%20height%3D%22480%22%2F%3E\
    %3Ctext%20fill%3D%22white%22%20x%3D%22320%22%20y%3D%22240%22%20text-anchor%3D%22middle%22%3E640x480%3C%2Ftext%3E\
    %3C%2Fsvg%3E";

/// An image of anything.
pub(super) fn any() -> String {
    SERVER.to_owned()
}

/// An image of one category.
pub(super) fn of(category: &str) -> String {
    format!("{SERVER}/{category}")
}

/// An image that needs no server.
pub(super) fn data_uri() -> String {
    GREY.to_owned()
}

pub(super) fn avatar(random: &mut Random) -> String {
    format!(
        "https://cdn.fakercloud.com/avatars/{}_128.jpg",
        domain_word(random)
    )
}
