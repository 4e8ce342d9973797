use std::env;
use std::fs;
use std::io;
use std::path::Path;

use aes_gcm::aead::{Aead, AeadCore, KeyInit, OsRng, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use axum_extra::extract::cookie::Key as CookieKey;
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use jsonwebtoken::{encode, EncodingKey, Header};
use serde::Serialize;
use sha2::Sha256;

const FIELD_KEY: &[u8; 32] = b"t8Kz2mQw5vXy7Bn1Lc4Rf6Hj9Pd3Sg0a"; // flaw: hard-coded-key

const KEY_VARIABLE: &str = "FIELD_ENCRYPTION_KEY"; // fine: hard-coded-key

const VENDOR_KEY: [u8; 32] = [ // fine: hard-coded-key
    215, 90, 152, 1, 130, 177, 10, 183, 213, 75, 254, 211, 201, 100, 7, 58, 14, 225, 114, 243, 218, 166, 35, 37, 175, 2,
    26, 104, 247, 7, 81, 26,
];

#[derive(Serialize)]
struct Claims<'a> {
    sub: &'a str,
    exp: usize,
}

pub fn seal_field(value: &[u8]) -> Option<Vec<u8>> {
    let cipher = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(FIELD_KEY));
    let nonce = Aes256Gcm::generate_nonce(&mut OsRng); // fine: hard-coded-key
    let sealed = cipher.encrypt(&nonce, value).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

pub fn seal_export(value: &[u8]) -> Option<Vec<u8>> {
    let key = hex::decode(env::var(KEY_VARIABLE).ok()?).ok()?;
    let cipher = Aes256Gcm::new_from_slice(&key).ok()?;
    let nonce = Nonce::from_slice(b"export-nonce"); // flaw: hard-coded-key
    cipher.encrypt(nonce, value).ok()
}

pub fn seal_bound(key: &[u8; 32], value: &[u8]) -> Option<Vec<u8>> {
    let cipher = Aes256Gcm::new(key.into());
    let nonce = Aes256Gcm::generate_nonce(&mut OsRng);
    let payload = Payload { msg: value, aad: b"records/v2" }; // fine: hard-coded-key
    let sealed = cipher.encrypt(&nonce, payload).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

pub fn issue(user: &str, exp: usize) -> jsonwebtoken::errors::Result<String> {
    let key = EncodingKey::from_secret("n1ght-Train-to-Lisbon".as_ref()); // flaw: hard-coded-key
    encode(&Header::default(), &Claims { sub: user, exp }, &key)
}

pub fn issue_from(path: &Path, user: &str, exp: usize) -> io::Result<String> {
    let key = EncodingKey::from_secret(&fs::read(path)?); // fine: hard-coded-key
    encode(&Header::default(), &Claims { sub: user, exp }, &key).map_err(io::Error::other)
}

struct Partner {
    name: &'static str,
    secret: &'static str,
}

fn partners() -> Vec<Partner> {
    vec![Partner { name: "north", secret: "9f2c7be1d04a5386" }] // flaw: hard-coded-key
}

pub fn tag(partner: &str, body: &[u8]) -> Option<Vec<u8>> {
    let found = partners().into_iter().find(|p| p.name == partner)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(found.secret.as_bytes()).ok()?;
    mac.update(body);
    Some(mac.finalize().into_bytes().to_vec())
}

pub fn derive(secret: &[u8]) -> [u8; 32] {
    let mut okm = [0u8; 32];
    Hkdf::<Sha256>::new(None, secret).expand(b"session encryption", &mut okm).expect("length"); // fine: hard-coded-key
    okm
}

pub fn cookie_key() -> CookieKey {
    CookieKey::from(b"G5s9kPq2Wz7Xv4Nm8Bt1Lc6Rf3Hj0YdAeUiOoTrEwQaSdFgHjKlZxCvBnMqWeRt7") // flaw: hard-coded-key
}

pub fn from_vendor(message: &[u8], signature: &Signature) -> bool {
    VerifyingKey::from_bytes(&VENDOR_KEY).is_ok_and(|key| key.verify(message, signature).is_ok())
}
