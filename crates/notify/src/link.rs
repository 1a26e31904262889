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
