use std::fs;
use std::sync::Arc;

use openssl::ssl::{SslConnector, SslConnectorBuilder, SslMethod, SslVerifyMode};
use reqwest::{Certificate, Client, ClientBuilder};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{ring::default_provider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

#[derive(Debug)]
struct Pinned {
    certificate: CertificateDer<'static>,
}

#[derive(Debug)]
struct Lab;

macro_rules! signatures {
    () => {
        fn verify_tls12_signature(&self, m: &[u8], c: &CertificateDer<'_>, d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
            verify_tls12_signature(m, c, d, &default_provider().signature_verification_algorithms)
        }
        fn verify_tls13_signature(&self, m: &[u8], c: &CertificateDer<'_>, d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
            verify_tls13_signature(m, c, d, &default_provider().signature_verification_algorithms)
        }
        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            default_provider().signature_verification_algorithms.supported_schemes()
        }
    };
}

impl ServerCertVerifier for Lab {
    fn verify_server_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: &ServerName<'_>, _: &[u8], _: UnixTime) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion()) // flaw: tls-verification
    }
    signatures!();
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(&self, end: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: &ServerName<'_>, _: &[u8], _: UnixTime) -> Result<ServerCertVerified, Error> {
        if end.as_ref() != self.certificate.as_ref() {
            return Err(Error::General("certificate does not match".into()));
        }
        Ok(ServerCertVerified::assertion()) // fine: tls-verification
    }
    signatures!();
}

fn custom(verifier: Arc<dyn ServerCertVerifier>) -> ClientConfig {
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
}

pub fn lab() -> ClientConfig {
    custom(Arc::new(Lab))
}

pub fn device(certificate: CertificateDer<'static>) -> ClientConfig {
    custom(Arc::new(Pinned { certificate }))
}

pub fn public() -> ClientConfig {
    let roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    ClientConfig::builder().with_root_certificates(roots).with_no_client_auth() // fine: tls-verification
}

pub fn payments() -> reqwest::Result<Client> {
    Client::builder().danger_accept_invalid_certs(true).build() // flaw: tls-verification
}

pub fn shipping(ca: &str) -> Result<Client, Box<dyn std::error::Error>> {
    let certificate = Certificate::from_pem(&fs::read(ca)?)?;
    Ok(Client::builder().add_root_certificate(certificate).danger_accept_invalid_certs(false).build()?) // fine: tls-verification
}

fn relax(builder: ClientBuilder, any_host: bool) -> ClientBuilder {
    builder.danger_accept_invalid_hostnames(any_host) // flaw: tls-verification
}

pub fn mirrors() -> reqwest::Result<Client> {
    relax(Client::builder(), true).build()
}

fn connector() -> Result<SslConnectorBuilder, openssl::error::ErrorStack> {
    SslConnector::builder(SslMethod::tls_client())
}

pub fn metrics() -> Result<SslConnector, openssl::error::ErrorStack> {
    let mut builder = connector()?;
    builder.set_verify(SslVerifyMode::NONE); // flaw: tls-verification
    Ok(builder.build())
}

pub fn billing(ca: &str) -> Result<SslConnector, openssl::error::ErrorStack> {
    let mut builder = connector()?;
    builder.set_ca_file(ca)?;
    builder.set_verify(SslVerifyMode::PEER); // fine: tls-verification
    Ok(builder.build())
}
