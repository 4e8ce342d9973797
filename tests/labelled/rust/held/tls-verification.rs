use std::net::TcpStream;
use std::sync::Arc;

use actix_tls::connect::openssl::reexports::{SslConnector, SslMethod};
use isahc::config::{Configurable, SslOption};
use isahc::HttpClient;
use lettre::transport::smtp::client::{Certificate as MailCertificate, Tls, TlsParameters};
use lettre::SmtpTransport;
use native_tls::{Certificate, TlsConnector, TlsStream};
use rumqttc::{MqttOptions, TlsConfiguration, Transport};
use ssh2::{CheckResult, KnownHostFileKind, Session};
use tokio_postgres::{Client, NoTls};

#[derive(Default)]
pub struct Options {
    pub any_certificate: bool,
    pub any_host: bool,
    pub roots: Vec<Certificate>,
}

fn connector(options: Options) -> native_tls::Result<TlsConnector> {
    let mut builder = TlsConnector::builder();
    builder.danger_accept_invalid_certs(options.any_certificate); // flaw: tls-verification
    builder.danger_accept_invalid_hostnames(options.any_host);
    for root in options.roots {
        builder.add_root_certificate(root);
    }
    builder.build()
}

pub fn camera() -> native_tls::Result<TlsConnector> {
    connector(Options { any_certificate: true, ..Default::default() })
}

pub fn door(ca: &[u8]) -> native_tls::Result<TlsConnector> {
    TlsConnector::builder().add_root_certificate(Certificate::from_pem(ca)?).build() // fine: tls-verification
}

pub fn crawler() -> Result<HttpClient, isahc::Error> {
    HttpClient::builder()
        .ssl_options(SslOption::DANGER_ACCEPT_INVALID_CERTS | SslOption::DANGER_ACCEPT_INVALID_HOSTS) // flaw: tls-verification
        .build()
}

pub fn partner() -> Result<HttpClient, isahc::Error> {
    HttpClient::builder().ssl_options(SslOption::NONE).build() // fine: tls-verification
}

pub fn mail(host: &str) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let parameters = TlsParameters::builder(host.to_owned())
        .dangerous_accept_invalid_certs(true) // flaw: tls-verification
        .build()?;
    Ok(SmtpTransport::relay(host)?.tls(Tls::Required(parameters)).build())
}

pub fn private_mail(host: &str, ca: &[u8]) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let parameters = TlsParameters::builder(host.to_owned())
        .add_root_certificate(MailCertificate::from_pem(ca)?) // fine: tls-verification
        .build()?;
    Ok(SmtpTransport::relay(host)?.tls(Tls::Required(parameters)).build())
}

pub fn shell(address: &str) -> Option<Session> {
    let mut session = Session::new().ok()?;
    session.set_tcp_stream(TcpStream::connect(address).ok()?);
    session.handshake().ok()?;
    let (key, _) = session.host_key()?;
    let mut known = session.known_hosts().ok()?;
    known.read_file("/etc/deploy/known_hosts".as_ref(), KnownHostFileKind::OpenSSH).ok()?;
    match known.check(address.split(':').next()?, key) { // fine: tls-verification
        CheckResult::Match => Some(session),
        _ => None,
    }
}

pub fn search(host: &str, stream: TcpStream) -> Option<openssl::ssl::SslStream<TcpStream>> {
    let connector = SslConnector::builder(SslMethod::tls()).ok()?.build();
    let mut configuration = connector.configure().ok()?;
    configuration.set_verify_hostname(false); // flaw: tls-verification
    configuration.connect(host, stream).ok()
}

pub fn devices(ca: Vec<u8>) -> MqttOptions {
    let mut options = MqttOptions::new("gateway", "mqtt.internal", 8883);
    let tls = TlsConfiguration::Simple { ca, alpn: None, client_auth: None };
    options.set_transport(Transport::Tls(tls)); // fine: tls-verification
    options
}

pub async fn local_database() -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect("host=/run/postgresql user=app", NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

pub fn wrap(stream: TlsStream<TcpStream>) -> Arc<TlsStream<TcpStream>> {
    Arc::new(stream)
}
