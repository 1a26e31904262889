//! Connections of webhooks and e-mail. The address that is checked is the address that is connected to: a name is resolved
//! once, and what it leads to is looked at, so that a name that changes its mind in between gains nothing.

use super::address::is_public;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Host;

/// A connection, with TLS or without.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// How long one of several addresses may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connects to a host; `private` allows addresses that are not public.
pub(super) async fn connect(host: &Host<&str>, port: u16, private: bool) -> Result<Box<dyn Stream>, String> {
    let addresses: Vec<SocketAddr> = match host {
        Host::Ipv4(address) => vec![(IpAddr::from(*address), port).into()],
        Host::Ipv6(address) => vec![(IpAddr::from(*address), port).into()],
        Host::Domain(name) => match lookup_host((*name, port)).await {
            Ok(addresses) => addresses.collect(),
            Err(error) => return Err(format!("`{name}` leads to no address: {error}")),
        },
    };
    let mut failed = format!("`{host}` leads to no address");
    for address in addresses {
        if !private && !is_public(address.ip()) {
            failed = format!(
                "{} of `{host}` is no public address; `allow-private = true` allows it",
                address.ip()
            );
            continue;
        }
        match tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(Box::new(stream)),
            Ok(Err(error)) => failed = format!("no connection to {address}: {error}"),
            Err(_) => failed = format!("no connection to {address} within {} s", PATIENCE.as_secs()),
        }
    }
    Err(failed)
}

/// Puts TLS over a connection; the host must show a certificate of its name that the operating system, or the file `ca`,
/// trusts.
pub(super) async fn protect(
    stream: Box<dyn Stream>,
    host: &Host<&str>,
    ca: Option<&Path>,
) -> Result<Box<dyn Stream>, String> {
    let mut roots = RootCertStore::empty();
    // What cannot be read of the operating system's certificates is left out, as elsewhere.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca {
        add(&mut roots, path)
            .map_err(|what| format!("the certificates in `{}` cannot be used: {what}", path.display()))?;
    }
    let name = match host {
        Host::Domain(name) => ServerName::try_from((*name).to_owned()).map_err(|error| error.to_string())?,
        Host::Ipv4(address) => ServerName::from(IpAddr::from(*address)),
        Host::Ipv6(address) => ServerName::from(IpAddr::from(*address)),
    };
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connected = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
    let stream = connected.map_err(|error: io::Error| format!("no TLS with `{host}`: {error}"))?;
    Ok(Box::new(stream))
}

fn add(roots: &mut RootCertStore, path: &Path) -> Result<(), String> {
    let mut some = false;
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| error.to_string())? {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.add(certificate).map_err(|error| error.to_string())?;
        some = true;
    }
    if some { Ok(()) } else { Err("there are none".to_owned()) }
}
