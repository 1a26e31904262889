//! What a user agent's text says of browser, system and device. In: the text. Out: families and versions, named as the
//! open lists of user agents name them. The table here holds what is common in logs; all else is `Other`.

use crate::value::Json;
use regex::Regex;
use serde_json::json;
use std::sync::LazyLock;

/// A pattern and what it finds. An empty family is the pattern's first group; the groups after it (or all of them) are
/// the parts of the version.
type Rule = (&'static str, &'static str);

/// Browsers, the most specific first: most call themselves by the names of others too.
const BROWSERS: &[Rule] = &[
    (r"(AdobeAIR)/(\d+)\.(\d+)(?:\.(\d+))?", ""),
    (r"SymbianOS/9.*Series60/(\d+)\.(\d+)", "Nokia OSS Browser"),
    (
        r"(Googlebot|bingbot|YandexBot|Baiduspider|DuckDuckBot|Applebot|AhrefsBot|SemrushBot|Twitterbot|LinkedInBot|Slackbot|GPTBot)(?:[-/A-Za-z]*/(\d+)(?:\.(\d+))?(?:\.(\d+))?)?",
        "",
    ),
    (r"facebookexternalhit/(\d+)\.(\d+)", "FacebookBot"),
    (r"^(curl)/(\d+)\.(\d+)(?:\.(\d+))?", ""),
    (r"^(Wget)/(\d+)\.(\d+)(?:\.(\d+))?", ""),
    (r"^python-requests/(\d+)\.(\d+)(?:\.(\d+))?", "Python Requests"),
    (
        r"^(Python-urllib|okhttp|Apache-HttpClient|Go-http-client|PostmanRuntime|axios|node-fetch|Java)/(\d+)(?:\.(\d+))?(?:\.(\d+))?",
        "",
    ),
    (r"(?:Windows)?PowerShell/(\d+)\.(\d+)(?:\.(\d+))?", "PowerShell"),
    (r"(?:EdgA|EdgiOS)/(\d+)\.(\d+)(?:\.(\d+))?", "Edge Mobile"),
    (r"Edge?/(\d+)(?:\.(\d+))?(?:\.(\d+))?", "Edge"),
    (r"Opera Mini/(\d+)(?:\.(\d+))?(?:\.(\d+))?", "Opera Mini"),
    (r"Mobile Safari/\S+ OPR/(\d+)\.(\d+)(?:\.(\d+))?", "Opera Mobile"),
    (r"OPR/(\d+)\.(\d+)(?:\.(\d+))?", "Opera"),
    (r"Opera/.*Version/(\d+)\.(\d+)", "Opera"),
    (r"Opera[/ ](\d+)\.(\d+)", "Opera"),
    (r"SamsungBrowser/(\d+)\.(\d+)", "Samsung Internet"),
    (r"(Vivaldi)/(\d+)\.(\d+)(?:\.(\d+))?", ""),
    (r"YaBrowser/(\d+)\.(\d+)(?:\.(\d+))?", "Yandex Browser"),
    (r"UC ?Browser/?(\d+)\.(\d+)(?:\.(\d+))?", "UC Browser"),
    (r"(Electron)/(\d+)\.(\d+)(?:\.(\d+))?", ""),
    (r"(HeadlessChrome)(?:/(\d+)\.(\d+)(?:\.(\d+))?)?", ""),
    (r"FxiOS/(\d+)\.(\d+)(?:\.(\d+))?", "Firefox iOS"),
    (r"(SeaMonkey|PaleMoon|Thunderbird)/(\d+)\.(\d+)(?:\.(\d+))?", ""),
    (r"(?:Mobile|Tablet);.*Firefox/(\d+)\.(\d+)(?:\.(\d+))?", "Firefox Mobile"),
    (r"(Firefox)/(\d+)\.(\d+)(?:\.(\d+))?", ""),
    (r"CriOS/(\d+)\.(\d+)(?:\.(\d+))?", "Chrome Mobile iOS"),
    (r"; wv\).*Chrome/(\d+)\.(\d+)(?:\.(\d+))?", "Chrome Mobile WebView"),
    (r"Chrome/(\d+)\.(\d+)(?:\.(\d+))?\S* Mobile", "Chrome Mobile"),
    (r"(Chromium|Chrome)/(\d+)\.(\d+)(?:\.(\d+))?", ""),
    (r"IEMobile[ /](\d+)\.(\d+)", "IE Mobile"),
    (r"MSIE (\d+)\.(\d+)", "IE"),
    (r"Trident/7\.\d.*rv:(\d+)\.(\d+)", "IE"),
    (r"(?:iPhone|iPad|iPod).*Version/(\d+)\.(\d+)(?:\.(\d+))?.* Safari/", "Mobile Safari"),
    (r"(?:iPhone|iPad|iPod).* OS (\d+)_(\d+)(?:_(\d+))?.*AppleWebKit", "Mobile Safari UI/WKWebView"),
    (r"Android.*Version/(\d+)\.(\d+)(?:\.(\d+))?.*Safari/", "Android"),
    (r"Version/(\d+)\.(\d+)(?:\.(\d+))?.*Safari/", "Safari"),
];

/// Systems, the most specific first.
const SYSTEMS: &[Rule] = &[
    (r"Windows Phone(?: OS)? (\d+)\.(\d+)", "Windows Phone"),
    (r"Windows NT 10\.0", "Windows 10"),
    (r"Windows NT 6\.3", "Windows 8.1"),
    (r"Windows NT 6\.2", "Windows 8"),
    (r"Windows NT 6\.1", "Windows 7"),
    (r"Windows NT 6\.0", "Windows Vista"),
    (r"Windows NT 5\.[12]|Windows XP", "Windows XP"),
    (r"Windows", "Windows"),
    (r"(?:iPhone|iPad|iPod).*? OS (\d+)[_.](\d+)(?:[_.](\d+))?", "iOS"),
    (r"iOS[/ ](\d+)\.(\d+)(?:\.(\d+))?", "iOS"),
    (r"Mac OS X (\d+)[_.](\d+)(?:[_.](\d+))?", "Mac OS X"),
    (r"Mac OS X|Macintosh", "Mac OS X"),
    (r"Android[ /-]?(\d+)(?:\.(\d+))?(?:\.(\d+))?", "Android"),
    (r"Android", "Android"),
    (r"CrOS \S+ (\d+)\.(\d+)(?:\.(\d+))?", "Chrome OS"),
    (r"SymbianOS/(\d+)\.(\d+)", "Symbian OS"),
    (r"(Ubuntu|Fedora|Debian|Red Hat)(?:[/ ](\d+)(?:\.(\d+))?(?:\.(\d+))?)?", ""),
    (r"Linux", "Linux"),
];

/// Devices: pattern, family, brand, model; `$1` stands for the first group, `$2` for the second.
const DEVICES: &[(&str, &str, &str, &str)] = &[
    (r"(?i)bot\b|spider|crawler|facebookexternalhit", "Spider", "Spider", "Desktop"),
    (r"iPhone", "iPhone", "Apple", "iPhone"),
    (r"iPad", "iPad", "Apple", "iPad"),
    (r"iPod", "iPod", "Apple", "iPod"),
    (r"Macintosh", "Mac", "Apple", "Mac"),
    (r"Nokia(N\d+)([A-Za-z_-][A-Za-z0-9_-]*)?", "Nokia $1", "Nokia", "$1$2"),
    (r"\b(SM-[A-Z0-9]+)", "Samsung $1", "Samsung", "$1"),
    (r"; (Pixel[^;)/]*?)(?: Build|[;)])", "$1", "Google", "$1"),
    (r"Android [^;)]+; (?:[a-z]{2}-[a-zA-Z]{2}; )?([^;)]+?) Build", "$1", "Generic_Android", "$1"),
    (r"Android.*Mobile|Windows Phone", "Generic Smartphone", "Generic", "Smartphone"),
];

/// A pattern compiled, beside its rule.
type Compiled<T> = LazyLock<Vec<(Regex, T)>>;

static BROWSER_RULES: Compiled<&str> = LazyLock::new(|| compiled(BROWSERS.iter().copied()));
static SYSTEM_RULES: Compiled<&str> = LazyLock::new(|| compiled(SYSTEMS.iter().copied()));
static DEVICE_RULES: Compiled<(&str, &str, &str)> = LazyLock::new(|| {
    compiled(DEVICES.iter().map(|(pattern, family, brand, model)| (*pattern, (*family, *brand, *model))))
});

fn compiled<T>(rules: impl Iterator<Item = (&'static str, T)>) -> Vec<(Regex, T)> {
    rules.map(|(pattern, rule)| (Regex::new(pattern).expect("the patterns are fixed"), rule)).collect()
}

/// The browser: family and version.
pub fn browser(agent: &str) -> Json {
    let (family, [major, minor, patch]) = found(agent, &BROWSER_RULES);
    json!({ "Family": family, "MajorVersion": major, "MinorVersion": minor, "Patch": patch })
}

/// The system: family and version.
pub fn system(agent: &str) -> Json {
    let (family, [major, minor, patch]) = found(agent, &SYSTEM_RULES);
    // Windows is one family, its versions by their names on the box.
    let (family, major, minor) = match family.strip_prefix("Windows ").filter(|name| *name != "Phone") {
        Some(name) => {
            let (major, minor) = name.split_once('.').unwrap_or((name, ""));
            ("Windows".to_owned(), major.to_owned(), minor.to_owned())
        }
        None => (family, major, minor),
    };
    json!({ "Family": family, "MajorVersion": major, "MinorVersion": minor, "Patch": patch, "PatchMinor": "" })
}

/// The device: family, brand and model.
pub fn device(agent: &str) -> Json {
    let hit = DEVICE_RULES.iter().find_map(|(regex, rule)| Some((regex.captures(agent)?, rule)));
    let Some((groups, (family, brand, model))) = hit else {
        return json!({ "Family": "Other", "Brand": "", "Model": "" });
    };
    let group = |index: usize| groups.get(index).map_or("", |group| group.as_str());
    let fill = |text: &str| text.replace("$1", group(1)).replace("$2", group(2));
    json!({ "Family": fill(family), "Brand": fill(brand), "Model": fill(model) })
}

/// The family of the first rule that fits and the three parts of the version.
fn found(agent: &str, rules: &[(Regex, &str)]) -> (String, [String; 3]) {
    let hit = rules.iter().find_map(|(regex, family)| Some((regex.captures(agent)?, *family)));
    let Some((groups, family)) = hit else {
        return ("Other".to_owned(), [const { String::new() }; 3]);
    };
    let group = |index: usize| groups.get(index).map_or("", |group| group.as_str()).to_owned();
    match family {
        "" => (group(1), [group(2), group(3), group(4)]),
        family => (family.to_owned(), [group(1), group(2), group(3)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(agent: &str) -> String {
        let (browser, system, device) = (browser(agent), system(agent), device(agent));
        let text = |json: &Json, key: &str| json[key].as_str().unwrap_or_default().to_owned();
        format!(
            "{} {} | {} {} | {}",
            text(&browser, "Family"),
            text(&browser, "MajorVersion"),
            text(&system, "Family"),
            text(&system, "MajorVersion"),
            text(&device, "Family"),
        )
    }

    #[test]
    fn common_agents() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
        assert_eq!(short(windows), "Chrome 120 | Windows 10 | Other");
        assert_eq!(short(&format!("{windows} Edg/120.0.2210.91")), "Edge 120 | Windows 10 | Other");
        assert_eq!(
            short(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1"
            ),
            "Mobile Safari 17 | iOS 17 | iPhone"
        );
        assert_eq!(
            short(
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Safari/605.1.15"
            ),
            "Safari 16 | Mac OS X 10 | Mac"
        );
        assert_eq!(
            short(
                "Mozilla/5.0 (Linux; Android 13; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36"
            ),
            "Chrome Mobile 112 | Android 13 | Samsung SM-G991B"
        );
        assert_eq!(
            short("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko"),
            "IE 11 | Windows 7 | Other"
        );
        assert_eq!(
            short("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/118.0"),
            "Firefox 118 | Ubuntu  | Other"
        );
        assert_eq!(short("curl/8.4.0"), "curl 8 | Other  | Other");
        assert_eq!(short(""), "Other  | Other  | Other");
    }
}
