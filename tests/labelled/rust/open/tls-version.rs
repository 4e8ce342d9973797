use native_tls::{Identity, Protocol, TlsAcceptor, TlsConnector};
use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslOptions, SslRef, SslVersion};
use reqwest::tls::Version;
use reqwest::Client;
use rustls::{ServerConfig, SupportedProtocolVersion};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

const OLDEST: Protocol = Protocol::Tlsv10;

static VERSIONS: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];

#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    Compatible,
    Modern,
}

impl Profile {
    fn floor(self) -> SslVersion {
        match self {
            Profile::Compatible => SslVersion::TLS1_1, // flaw: tls-version
            Profile::Modern => SslVersion::TLS1_2,     // fine: tls-version
        }
    }
}

fn acceptor(profile: Profile) -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_min_proto_version(Some(profile.floor()))?;
    Ok(builder)
}

pub fn kiosk() -> Result<SslAcceptor, ErrorStack> {
    Ok(acceptor(Profile::Compatible)?.build())
}

pub fn site() -> Result<SslAcceptor, ErrorStack> {
    Ok(acceptor(Profile::Modern)?.build())
}

pub fn terminals() -> native_tls::Result<TlsConnector> {
    TlsConnector::builder().min_protocol_version(Some(Protocol::Sslv3)).build() // flaw: tls-version
}

pub fn partners() -> native_tls::Result<TlsConnector> {
    TlsConnector::builder().min_protocol_version(Some(Protocol::Tlsv12)).build() // fine: tls-version
}

pub fn gateway(identity: Identity) -> native_tls::Result<TlsAcceptor> {
    let mut builder = TlsAcceptor::builder(identity);
    builder.min_protocol_version(Some(OLDEST)); // flaw: tls-version
    builder.build()
}

pub fn legacy_api() -> reqwest::Result<Client> {
    let version = Version::TLS_1_0;
    Client::builder().use_native_tls().min_tls_version(version).build() // flaw: tls-version
}

pub fn api() -> reqwest::Result<Client> {
    Client::builder().min_tls_version(Version::TLS_1_3).build() // fine: tls-version
}

pub fn server(certs: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, rustls::Error> {
    ServerConfig::builder_with_protocol_versions(VERSIONS).with_no_client_auth().with_single_cert(certs, key) // fine: tls-version
}

pub fn tighten(builder: &mut SslAcceptorBuilder) {
    builder.set_options(SslOptions::NO_SSLV3 | SslOptions::NO_TLSV1 | SslOptions::NO_TLSV1_1); // fine: tls-version
}

pub fn check(session: &SslRef) -> Result<(), &'static str> {
    match session.version2() {
        Some(SslVersion::TLS1) | Some(SslVersion::TLS1_1) => Err("protocol too old"), // fine: tls-version
        _ => Ok(()),
    }
}
