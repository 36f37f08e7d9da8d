//! Files and their types.

use fake::faker::filesystem::en::MimeType;

use super::Random;
use super::commerce::words;

const EXTENSIONS: &[&str] = &[
    "7z", "aac", "avi", "bat", "bin", "bmp", "bz2", "c", "cfg", "cpp", "css", "csv", "db", "deb",
    "dll", "doc", "docx", "eml", "eps", "epub", "exe", "flac", "gif", "go", "gz", "h", "htm",
    "html", "ico", "ics", "ini", "iso", "jar", "java", "jpeg", "jpg", "js", "json", "log", "m4a",
    "md", "mkv", "mov", "mp3", "mp4", "mpeg", "odp", "ods", "odt", "ogg", "otf", "pdf", "pem",
    "php", "png", "ppt", "pptx", "ps", "py", "rar", "rb", "rpm", "rs", "rtf", "sh", "sql", "svg",
    "tar", "tex", "tif", "tiff", "toml", "ts", "tsv", "ttf", "txt", "vcf", "wav", "wasm", "webm",
    "webp", "wmv", "woff", "woff2", "xls", "xlsx", "xml", "yaml", "zip",
];

const COMMON_EXTENSIONS: &[&str] = &[
    "css", "csv", "docx", "gif", "htm", "html", "jpeg", "jpg", "js", "json", "mp3", "mp4", "mpeg",
    "pdf", "png", "pptx", "svg", "txt", "wav", "webm", "webp", "xlsx", "xml", "zip",
];

/// The types before the slash that are in use, registered or not.
const TYPES: &[&str] = &[
    "application",
    "audio",
    "chemical",
    "font",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
    "x-conference",
    "x-shader",
];

const DIRECTORIES: &[&str] = &[
    "/Applications",
    "/Library",
    "/Users",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/etc/defaults",
    "/etc/mail",
    "/etc/ssl",
    "/home",
    "/lib",
    "/media",
    "/mnt",
    "/opt",
    "/opt/bin",
    "/proc",
    "/root",
    "/sbin",
    "/srv",
    "/sys",
    "/tmp",
    "/usr",
    "/usr/bin",
    "/usr/include",
    "/usr/lib",
    "/usr/libexec",
    "/usr/local/bin",
    "/usr/local/src",
    "/usr/sbin",
    "/usr/share",
    "/usr/src",
    "/var",
    "/var/cache",
    "/var/lib",
    "/var/log",
    "/var/mail",
    "/var/spool",
    "/var/tmp",
];

pub(super) fn name(random: &mut Random) -> String {
    format!("{}.{}", stem(random), extension(random))
}

pub(super) fn common_name(random: &mut Random) -> String {
    format!("{}.{}", stem(random), common_extension(random))
}

pub(super) fn extension(random: &mut Random) -> String {
    random.pick(EXTENSIONS).to_owned()
}

pub(super) fn common_extension(random: &mut Random) -> String {
    random.pick(COMMON_EXTENSIONS).to_owned()
}

pub(super) fn mime_type(random: &mut Random) -> String {
    random.text(MimeType())
}

/// The part of a media type before the slash.
pub(super) fn kind(random: &mut Random) -> String {
    random.pick(TYPES).to_owned()
}

pub(super) fn common_kind(random: &mut Random) -> String {
    random
        .pick(&["application", "audio", "image", "text", "video"])
        .to_owned()
}

pub(super) fn directory(random: &mut Random) -> String {
    random.pick(DIRECTORIES).to_owned()
}

pub(super) fn path(random: &mut Random) -> String {
    format!("{}/{}", directory(random), name(random))
}

/// Words in small letters, with an underscore for everything else.
fn stem(random: &mut Random) -> String {
    words(random)
        .to_ascii_lowercase()
        .replace(|character: char| !character.is_ascii_alphanumeric(), "_")
}
