//! Links of notifications. They lead to this machine alone: a file, or the live page on the loopback interface. A link to
//! the page carries no query, since the page's address holds the token that lets a reader in.

use serde::{Deserialize, Serialize};
use std::fmt;
use url::{Host, Url};

/// A link to this machine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

impl Link {
    /// Reads a link: `file:///…`, or `http://127.0.0.1:PORT/…` without a query.
    ///
    /// # Errors
    /// The reason, for every other address.
    pub fn new(text: &str) -> Result<Link, String> {
        let url = Url::parse(text).map_err(|error| format!("no address: {error}"))?;
        let loopback = match url.host() {
            None => false,
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
        };
        match url.scheme() {
            "file" if url.host().is_none() => Ok(Link(url.into())),
            "http" if loopback && url.query().is_none() && url.username().is_empty() && url.password().is_none() => {
                Ok(Link(url.into()))
            }
            _ => Err("links lead to files (`file:///…`) or to the page on this machine (`http://127.0.0.1:PORT/…`), \
                      without a query"
                .to_owned()),
        }
    }
}

impl Link {
    /// Whether it is the address of the live page, without a path.
    pub fn is_root(&self) -> bool {
        let url = Url::parse(&self.0);
        url.is_ok_and(|url| url.scheme() == "http" && url.path() == "/" && url.fragment().is_none())
    }

    /// The link to a path of the same page; none where that is no path.
    pub fn below(&self, path: &str) -> Option<Link> {
        let path = path.strip_prefix('/')?;
        let base = self.0.split('#').next().unwrap_or_default().trim_end_matches('/');
        Link::new(&format!("{base}/{path}")).ok()
    }
}

impl TryFrom<String> for Link {
    type Error = String;
    fn try_from(text: String) -> Result<Link, String> {
        Link::new(&text)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> String {
        link.0
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_pages_below() {
        let page = Link::new("http://127.0.0.1:8080").unwrap();
        assert!(page.is_root());
        assert_eq!(page.below("/alerts/a%2Fb").unwrap().to_string(), "http://127.0.0.1:8080/alerts/a%2Fb");
        assert_eq!(page.below("alerts"), None);
        assert_eq!(page.below("/alerts?token=x"), None);
        for other in ["http://127.0.0.1/x", "file:///tmp/a", "http://127.0.0.1/#a"] {
            assert!(!Link::new(other).unwrap().is_root(), "{other}");
        }
    }

    #[test]
    fn links_lead_to_this_machine() {
        for right in [
            "file:///tmp/a%20b.html",
            "http://127.0.0.1:8080/cloud-sync#tab",
            "http://localhost/",
            "http://[::1]:1/",
        ] {
            assert_eq!(Link::new(right).map(String::from), Ok(right.to_owned()));
        }
        // A blank is written as the address has it.
        assert_eq!(Link::new("file:///a b").map(String::from), Ok("file:///a%20b".to_owned()));
        for wrong in [
            "https://example.org/",
            "javascript:alert(1)",
            "file://host/share",
            "http://127.0.0.1:1/?token=abc",
            "data:text/html,x",
            "http://user@127.0.0.1/",
            "http://10.0.0.1/",
            "report.html",
            "",
        ] {
            assert!(Link::new(wrong).is_err(), "{wrong}");
        }
    }
}
