use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Private};
use openssl::rand::rand_bytes;
use openssl::rsa::Rsa;
use openssl::symm::{encrypt, encrypt_aead, Cipher, Crypter, Mode};
use ring::aead::{Aad, LessSafeKey, Nonce, UnboundKey, AES_256_GCM, NONCE_LEN};
use ring::rand::{SecureRandom, SystemRandom};
use std::io::{self, Write};

#[derive(Clone, Copy)]
pub enum Suite {
    Archive,
    Mail,
    Partner,
}

impl Suite {
    fn cipher(self) -> Cipher {
        match self {
            Suite::Archive => Cipher::aes_256_gcm(), // fine: weak-cipher
            Suite::Mail => Cipher::des_ede3_cbc(),   // flaw: weak-cipher
            Suite::Partner => Cipher::chacha20_poly1305(),
        }
    }
}

pub fn seal(suite: Suite, key: &[u8], data: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let cipher = suite.cipher();
    let mut iv = vec![0u8; cipher.iv_len().unwrap_or(0)];
    rand_bytes(&mut iv)?;
    let mut tag = [0u8; 16];
    let sealed = match suite {
        Suite::Mail => encrypt(cipher, key, Some(&iv), data)?,
        _ => encrypt_aead(cipher, key, Some(&iv), &[], data, &mut tag)?,
    };
    Ok([iv, sealed, tag.to_vec()].concat())
}

pub fn seal_card(key: &[u8], card: &str) -> Result<Vec<u8>, ErrorStack> {
    encrypt(Cipher::aes_256_ecb(), key, None, card.as_bytes()) // flaw: weak-cipher
}

pub struct Export<W: Write> {
    out: W,
    crypter: Crypter,
}

impl<W: Write> Export<W> {
    pub fn new(out: W, key: &[u8]) -> Result<Self, ErrorStack> {
        let crypter = Crypter::new(Cipher::rc4(), Mode::Encrypt, key, None)?; // flaw: weak-cipher
        Ok(Export { out, crypter })
    }

    pub fn push(&mut self, data: &[u8]) -> io::Result<()> {
        let mut buffer = vec![0u8; data.len() + 32];
        let n = self.crypter.update(data, &mut buffer)?;
        self.out.write_all(&buffer[..n])
    }
}

pub fn seal_note(key: &[u8], note: &[u8]) -> Option<Vec<u8>> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).ok()?); // fine: weak-cipher
    let mut nonce = [0u8; NONCE_LEN];
    SystemRandom::new().fill(&mut nonce).ok()?;
    let mut sealed = note.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).ok()?;
    Some([nonce.to_vec(), sealed].concat())
}

pub fn host_key() -> Result<PKey<Private>, ErrorStack> {
    let mut bits = 512;
    bits += 512;
    PKey::from_rsa(Rsa::generate(bits)?) // flaw: weak-cipher
}

pub fn client_key() -> Result<PKey<Private>, ErrorStack> {
    let mut bits = 2048;
    bits += 1024;
    PKey::from_rsa(Rsa::generate(bits)?) // fine: weak-cipher
}

pub fn edge_key() -> Result<PKey<Private>, ErrorStack> {
    PKey::generate_ed25519() // fine: weak-cipher
}

pub fn old_backup(key: &[u8], iv: &[u8], data: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let cipher = if data.len() > 1 << 16 { Cipher::bf_cbc() } else { return Ok(Vec::new()) }; // flaw: weak-cipher
    encrypt(cipher, key, Some(iv), data)
}
