use std::collections::BTreeMap;

use actix_web::{App, HttpServer};
use curl::easy::{Easy, SslVersion as CurlVersion};
use isahc::config::Configurable;
use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslConnector, SslContextBuilder, SslFiletype, SslMethod, SslVersion};
use postgres_native_tls::MakeTlsConnector;

const FLOORS: [(&str, SslVersion); 2] = [
    ("kiosk", SslVersion::TLS1),  // flaw: tls-version
    ("site", SslVersion::TLS1_3), // fine: tls-version
];

fn floor(name: &str) -> Option<SslVersion> {
    FLOORS.iter().find(|(n, _)| *n == name).map(|(_, v)| *v)
}

fn context(name: &str) -> Result<SslContextBuilder, ErrorStack> {
    let mut builder = SslContextBuilder::new(SslMethod::tls_server())?;
    builder.set_min_proto_version(floor(name).or(Some(SslVersion::TLS1_2)))?;
    Ok(builder)
}

pub fn contexts() -> BTreeMap<&'static str, SslContextBuilder> {
    FLOORS.iter().filter_map(|(n, _)| context(n).ok().map(|c| (*n, c))).collect()
}

pub async fn terminal_server() -> std::io::Result<()> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?;
    builder.set_private_key_file("/etc/edge/key.pem", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("/etc/edge/cert.pem")?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_1))?; // flaw: tls-version
    HttpServer::new(App::new).bind_openssl("127.0.0.1:8443", builder)?.run().await
}

pub async fn site_server() -> std::io::Result<()> {
    let mut builder = SslAcceptor::mozilla_modern_v5(SslMethod::tls())?; // fine: tls-version
    builder.set_private_key_file("/etc/edge/key.pem", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("/etc/edge/cert.pem")?;
    HttpServer::new(App::new).bind_openssl("127.0.0.1:8444", builder)?.run().await
}

pub fn register(url: &str) -> Result<Vec<u8>, curl::Error> {
    let mut easy = Easy::new();
    easy.url(url)?;
    easy.ssl_min_max_version(CurlVersion::Tlsv10, CurlVersion::Tlsv12)?; // flaw: tls-version
    download(easy)
}

pub fn catalog(url: &str) -> Result<Vec<u8>, curl::Error> {
    let mut easy = Easy::new();
    easy.url(url)?;
    easy.ssl_version(CurlVersion::Tlsv12)?; // fine: tls-version
    download(easy)
}

fn download(mut easy: Easy) -> Result<Vec<u8>, curl::Error> {
    let mut out = Vec::new();
    {
        let mut transfer = easy.transfer();
        transfer.write_function(|data| {
            out.extend_from_slice(data);
            Ok(data.len())
        })?;
        transfer.perform()?;
    }
    Ok(out)
}

pub fn capped() -> Result<SslConnector, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_max_proto_version(Some(SslVersion::TLS1_1))?; // flaw: tls-version
    Ok(builder.build())
}

pub fn database() -> native_tls::Result<MakeTlsConnector> {
    let mut builder = native_tls::TlsConnector::builder();
    builder.min_protocol_version(Some(native_tls::Protocol::Tlsv12)); // fine: tls-version
    Ok(MakeTlsConnector::new(builder.build()?))
}

pub fn agent() -> Result<isahc::HttpClient, isahc::Error> {
    isahc::HttpClient::builder().tcp_nodelay().build()
}

pub fn label(version: Option<SslVersion>) -> &'static str {
    match version {
        Some(SslVersion::SSL3 | SslVersion::TLS1 | SslVersion::TLS1_1) => "outdated", // fine: tls-version
        Some(_) => "current",
        None => "unknown",
    }
}
