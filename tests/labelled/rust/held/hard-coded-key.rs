use std::collections::HashMap;
use std::fs;

use figment::providers::{Env, Serialized};
use figment::Figment;
use jwt_simple::prelude::{Claims, Duration, HS256Key, MACLike};
use openssl::rand::rand_bytes;
use openssl::symm::{encrypt, Cipher};
use ring::{aead, hmac as ring_hmac, signature};
use rocket::{Build, Config, Rocket};
use serde::Deserialize;

const IV: [u8; 16] = *b"fixed-iv-0123456"; // flaw: hard-coded-key

const CONTEXT: &[u8] = b"backup file v3"; // fine: hard-coded-key

static UPDATE_KEY: &[u8] = include_bytes!("update_public.der"); // fine: hard-coded-key

#[derive(Deserialize)]
pub struct Settings {
    pub encryption_key: String,
    pub signing_key: String,
}

impl Settings {
    pub fn load() -> figment::error::Result<Self> {
        Figment::new().merge(Env::prefixed("APP_")).extract() // fine: hard-coded-key
    }
}

pub struct Ring {
    keys: HashMap<String, ring_hmac::Key>,
}

impl Ring {
    pub fn builtin() -> Self {
        let mut keys = HashMap::new();
        keys.insert("north".into(), ring_hmac::Key::new(ring_hmac::HMAC_SHA256, b"qY7-north-partner-5512")); // flaw: hard-coded-key
        Ring { keys }
    }

    pub fn loaded(names: &[&str]) -> std::io::Result<Self> {
        let mut keys = HashMap::new();
        for name in names {
            let bytes = fs::read(format!("/run/secrets/{name}.key"))?;
            keys.insert(name.to_string(), ring_hmac::Key::new(ring_hmac::HMAC_SHA256, &bytes)); // fine: hard-coded-key
        }
        Ok(Ring { keys })
    }

    pub fn tag(&self, name: &str, body: &[u8]) -> Option<ring_hmac::Tag> {
        self.keys.get(name).map(|k| ring_hmac::sign(k, body))
    }
}

pub fn encrypt_row(settings: &Settings, row: &[u8]) -> Option<Vec<u8>> {
    let key = hex::decode(&settings.encryption_key).ok()?;
    encrypt(Cipher::aes_256_ctr(), &key, Some(&IV), row).ok()
}

pub fn encrypt_file(settings: &Settings, file: &[u8]) -> Option<Vec<u8>> {
    let key = hex::decode(&settings.encryption_key).ok()?;
    let mut iv = [0u8; 16]; // fine: hard-coded-key
    rand_bytes(&mut iv).ok()?;
    Some([iv.to_vec(), encrypt(Cipher::aes_256_ctr(), &key, Some(&iv), file).ok()?].concat())
}

fn session_key() -> HS256Key {
    let text = concat!("h0rse-", "battery-", "st4ple-", "9981"); // flaw: hard-coded-key
    HS256Key::from_bytes(text.as_bytes())
}

pub fn issue(user: &str) -> Option<String> {
    let claims = Claims::create(Duration::from_hours(2)).with_subject(user);
    session_key().authenticate(claims).ok()
}

pub fn backup(key: &aead::LessSafeKey, nonce: [u8; 12], data: &[u8]) -> Option<Vec<u8>> {
    let mut out = data.to_vec();
    let nonce = aead::Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, aead::Aad::from(CONTEXT), &mut out).ok()?;
    Some(out)
}

pub fn update_is_ours(image: &[u8], sig: &[u8]) -> bool {
    signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, UPDATE_KEY).verify(image, sig).is_ok()
}

pub fn server() -> Rocket<Build> {
    let figment = Figment::from(Serialized::defaults(Config::release_default()))
        .merge(("secret_key", "hPRYyVRiMyxpw5sBB1XeCMN1kFsDCqKvBi2QJxBVHQk=")); // flaw: hard-coded-key
    rocket::custom(figment)
}
