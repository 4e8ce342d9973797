use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::Read;

use crc32fast::Hasher as Crc;
use openssl::hash::{hash, DigestBytes, MessageDigest};
use openssl::pkcs5::{pbkdf2_hmac, scrypt};
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use ring::{digest, hmac};

type Ssl<T> = Result<T, openssl::error::ErrorStack>;

pub struct Policy {
    pub digest: MessageDigest,
}

impl Policy {
    pub fn documents() -> Self {
        Policy { digest: MessageDigest::sha1() } // flaw: weak-hash
    }

    pub fn contracts() -> Self {
        Policy { digest: MessageDigest::sha384() } // fine: weak-hash
    }

    pub fn sign(&self, key: &PKey<Private>, data: &[u8]) -> Ssl<Vec<u8>> {
        let mut signer = Signer::new(self.digest, key)?;
        signer.update(data)?;
        signer.sign_to_vec()
    }
}

pub struct Credentials {
    salt: [u8; 16],
    stored: Vec<u8>,
}

impl Credentials {
    pub fn set(&mut self, password: &str) -> Ssl<()> {
        let mut input = self.salt.to_vec();
        input.extend_from_slice(password.as_bytes());
        self.stored = hash(MessageDigest::md5(), &input)?.to_vec(); // flaw: weak-hash
        Ok(())
    }

    pub fn set_stretched(&mut self, password: &str) -> Ssl<()> {
        let mut out = vec![0u8; 32];
        pbkdf2_hmac(password.as_bytes(), &self.salt, 600_000, MessageDigest::sha256(), &mut out)?; // fine: weak-hash
        self.stored = out;
        Ok(())
    }

    pub fn set_hard(&mut self, password: &str) -> Ssl<()> {
        let mut out = vec![0u8; 32];
        scrypt(password.as_bytes(), &self.salt, 1 << 15, 8, 1, 64 << 20, &mut out)?; // fine: weak-hash
        self.stored = out;
        Ok(())
    }

    pub fn remember(&self, user: &str) -> u64 {
        let mut hasher = DefaultHasher::new(); // flaw: weak-hash
        user.hash(&mut hasher);
        self.stored.hash(&mut hasher);
        hasher.finish()
    }
}

fn legacy(data: &[u8]) -> digest::Digest {
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, data) // flaw: weak-hash
}

pub fn coupon_token(secret: &str, coupon: u64) -> String {
    let text = [secret, ":", &coupon.to_string()].concat();
    hex::encode(legacy(text.as_bytes()))
}

pub fn access_token(key: &hmac::Key, coupon: u64) -> String {
    hex::encode(hmac::sign(key, &coupon.to_be_bytes())) // fine: weak-hash
}

pub fn transfer_sum(source: &mut impl Read) -> std::io::Result<u32> {
    let mut crc = Crc::new(); // fine: weak-hash
    let mut chunk = [0u8; 4096];
    loop {
        match source.read(&mut chunk)? {
            0 => return Ok(crc.finalize()),
            n => crc.update(&chunk[..n]),
        }
    }
}

pub fn shard(key: &str, shards: u64) -> u64 {
    let mut hasher = DefaultHasher::new(); // fine: weak-hash
    key.hash(&mut hasher);
    hasher.finish() % shards
}

pub fn thumbnail_name(url: &str) -> Ssl<String> {
    let sum: DigestBytes = hash(MessageDigest::md5(), url.as_bytes())?; // fine: weak-hash
    Ok(format!("{}.png", hex::encode(sum)))
}
