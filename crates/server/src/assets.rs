//! The page's scripts, styles and pictures, compiled in. Their address holds a digest of them all, so that the browser
//! can keep them, and never keeps those of another version.

use crate::respond::{Body, answer, whole};
use hyper::header::{CACHE_CONTROL, CONTENT_ENCODING, HeaderValue};
use hyper::{Response, StatusCode};
use std::hash::{DefaultHasher, Hasher};
use std::sync::LazyLock;

/// A file.
struct Asset {
    name: &'static str,
    form: &'static str,
    packed: bool,
    bytes: &'static [u8],
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! script {
    ($name:literal) => {
        Asset {
            name: $name,
            form: SCRIPT,
            packed: false,
            bytes: include_bytes!(concat!("../assets/", $name)),
        }
    };
}

/// Apache ECharts; see `assets/echarts/README.md`.
pub const ECHARTS: &[u8] = include_bytes!("../assets/echarts/echarts.common.min.js.gz");

const ASSETS: [Asset; 10] = [
    script!("page.js"),
    script!("ask.js"),
    script!("redraw.js"),
    script!("pickers.js"),
    script!("actions.js"),
    script!("grids.js"),
    script!("queries.js"),
    script!("alerts.js"),
    script!("charts.js"),
    Asset { name: "echarts.js", form: SCRIPT, packed: true, bytes: ECHARTS },
];

/// The picture of the browser's tab.
const PICTURE: &[u8] = include_bytes!("../assets/icon.svg");

/// The styles: those of the content, then those around it.
static STYLES: LazyLock<String> =
    LazyLock::new(|| format!("{}\n{}", calypso_workbook::html::STYLE, include_str!("../assets/live.css")));

/// The digest in the address.
pub static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    ASSETS.iter().for_each(|asset| hasher.write(asset.bytes));
    hasher.write(PICTURE);
    hasher.write(STYLES.as_bytes());
    format!("{:016x}", hasher.finish())
});

/// The file of that name.
pub fn asset(version: &str, name: &str) -> Option<Response<Body>> {
    if version != *VERSION {
        return None;
    }
    let (form, packed, bytes) = match name {
        "page.css" => ("text/css; charset=utf-8", false, STYLES.as_bytes()),
        "icon.svg" => ("image/svg+xml", false, PICTURE),
        other => {
            let asset = ASSETS.iter().find(|asset| asset.name == other)?;
            (asset.form, asset.packed, asset.bytes)
        }
    };
    let mut response = answer(StatusCode::OK, form, whole(bytes));
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    if packed {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    use std::io::Read;

    fn digest(bytes: &[u8]) -> String {
        Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
    }

    #[test]
    fn echarts_is_the_one_that_is_described() {
        let described = include_str!("../assets/echarts/README.md");
        let mut script = Vec::new();
        GzDecoder::new(ECHARTS).read_to_end(&mut script).unwrap();
        for digest in [digest(ECHARTS), digest(&script)] {
            assert!(described.contains(&digest), "assets/echarts/README.md does not name {digest}");
        }
        let script = String::from_utf8(script).unwrap();
        for part in ["6.1.0", "dataZoom", "markLine", "scatter", "legend", "richText"] {
            assert!(script.contains(part), "{part}");
        }
    }

    #[test]
    fn scripts_write_no_markup_and_name_no_other_host() {
        for asset in ASSETS.iter().filter(|asset| !asset.packed) {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            let ways =
                ["innerHTML", "outerHTML =", "insertAdjacentHTML", "document.write", "eval(", "Function("];
            for way in ways.into_iter().chain(["http:", "https:", "//cdn"]) {
                assert!(!text.contains(way), "{} uses {way}", asset.name);
            }
        }
    }

    #[test]
    fn files_are_found_by_name_and_version() {
        assert!(asset(&VERSION, "page.js").is_some() && asset(&VERSION, "page.css").is_some());
        for name in ["", "../page.js", "page", "README.md"] {
            assert!(asset(&VERSION, name).is_none(), "{name}");
        }
        assert!(asset("0", "page.js").is_none());
    }
}
