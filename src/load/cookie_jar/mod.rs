//! Loading cookie jars: the JSON of tough-cookie, which newman writes, and Netscape's `cookies.txt`.

mod file;
mod netscape;
mod tough;

pub(crate) use file::load_cookie_jar;
