use argon2::password_hash::{rand_core::OsRng, PasswordHasher, SaltString};
use argon2::Argon2;
use base64::prelude::*;
use hmac::{Hmac, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};

#[derive(Clone, Copy)]
pub enum Kind {
    Compat,
    Current,
}

pub struct Account {
    pub login: String,
    pub hash: String,
}

fn digest(kind: Kind, parts: &[&[u8]]) -> String {
    match kind {
        Kind::Compat => {
            let mut hasher = Sha1::new(); // flaw: weak-hash
            parts.iter().for_each(|p| hasher.update(p));
            hex::encode(hasher.finalize())
        }
        Kind::Current => {
            let mut hasher = Sha256::new();
            parts.iter().for_each(|p| hasher.update(p));
            hex::encode(hasher.finalize())
        }
    }
}

impl Account {
    pub fn set_password(&mut self, password: &str) {
        self.hash = hex::encode(Md5::digest(password)); // flaw: weak-hash
    }

    pub fn set_passphrase(&mut self, phrase: &str) -> Result<(), argon2::password_hash::Error> {
        let salt = SaltString::generate(&mut OsRng);
        self.hash = Argon2::default().hash_password(phrase.as_bytes(), &salt)?.to_string(); // fine: weak-hash
        Ok(())
    }

    pub fn recovery_token(&self, server_secret: &[u8]) -> String {
        digest(Kind::Compat, &[server_secret, self.login.as_bytes(), self.hash.as_bytes()])
    }

    pub fn avatar(&self, mail: &str) -> String {
        let id = hex::encode(Md5::digest(mail.trim().to_lowercase())); // fine: weak-hash
        format!("https://www.gravatar.com/avatar/{id}")
    }
}

pub fn sign_link(secret: &str, path: &str, expires: u64) -> String {
    let message = format!("{secret}|{path}|{expires}");
    let signature = md5::Md5::new().chain_update(message).finalize(); // flaw: weak-hash
    format!("{path}?expires={expires}&sig={}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

pub fn sign_callback(secret: &[u8], body: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length"); // fine: weak-hash
    mac.update(body);
    mac.finalize().into_bytes().to_vec()
}

pub fn verify_update(file: &mut File, published: &str) -> io::Result<bool> {
    let mut hasher = Sha1::default(); // flaw: weak-hash
    let mut buffer = [0u8; 8192];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        hasher.update(&buffer[..n]);
    }
    Ok(hex::encode(hasher.finalize()) == published)
}

pub fn etag(content: &[u8]) -> String {
    format!("\"{:x}\"", Md5::digest(content)) // fine: weak-hash
}

pub fn cache_file(url: &str) -> String {
    let name = Sha1::digest(url.as_bytes()); // fine: weak-hash
    format!("{}.cache", hex::encode(&name[..8]))
}

pub fn blob_id(content: &[u8]) -> String {
    let mut hasher = Sha1::new(); // fine: weak-hash
    hasher.update(format!("blob {}\0", content.len()));
    hasher.update(content);
    hex::encode(hasher.finalize())
}
