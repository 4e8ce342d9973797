use aes::cipher::{generic_array::GenericArray, BlockEncrypt, BlockEncryptMut, KeyInit, KeyIvInit, StreamCipher};
use aes::Aes256;
use aes_gcm::aead::{Aead, AeadCore, OsRng};
use aes_gcm::Aes256Gcm;
use chacha20poly1305::XChaCha20Poly1305;
use cipher::block_padding::Pkcs7;
use des::Des;
use rc4::Rc4;
use rsa::RsaPrivateKey;

type CardCipher = ecb::Encryptor<Aes256>; // flaw: weak-cipher

const DEVICE_BITS: usize = 1024;

#[derive(Debug)]
pub struct SealError;

pub struct KeyOptions {
    pub bits: usize,
}

impl Default for KeyOptions {
    fn default() -> Self {
        KeyOptions { bits: DEVICE_BITS }
    }
}

pub fn seal_card(key: &[u8; 32], card: &[u8]) -> Vec<u8> {
    CardCipher::new(key.into()).encrypt_padded_vec_mut::<Pkcs7>(card)
}

pub fn seal_record(key: &[u8; 32], record: &[u8]) -> Result<Vec<u8>, SealError> {
    let cipher = Aes256Gcm::new(key.into()); // fine: weak-cipher
    let nonce = Aes256Gcm::generate_nonce(&mut OsRng);
    let sealed = cipher.encrypt(&nonce, record).map_err(|_| SealError)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

pub fn seal_stream(key: &[u8; 32], data: &[u8]) -> Result<Vec<u8>, SealError> {
    let cipher = XChaCha20Poly1305::new(key.into()); // fine: weak-cipher
    let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
    let sealed = cipher.encrypt(&nonce, data).map_err(|_| SealError)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

pub fn seal_terminal(key: &[u8; 8], iv: &[u8; 8], data: &[u8]) -> Vec<u8> {
    cbc::Encryptor::<Des>::new(key.into(), iv.into()).encrypt_padded_vec_mut::<Pkcs7>(data) // flaw: weak-cipher
}

pub fn seal_radio(key: &[u8; 16], data: &mut [u8]) {
    let mut cipher = Rc4::<rc4::consts::U16>::new(key.into()); // flaw: weak-cipher
    cipher.apply_keystream(data);
}

pub fn seal_blocks(key: &[u8; 32], data: &mut [u8]) {
    let cipher = Aes256::new(key.into());
    for chunk in data.chunks_exact_mut(16) {
        cipher.encrypt_block(GenericArray::from_mut_slice(chunk)); // flaw: weak-cipher
    }
}

pub fn header_mask(key: &[u8; 32], sample: &[u8; 16]) -> [u8; 5] {
    let cipher = Aes256::new(key.into());
    let mut block = GenericArray::clone_from_slice(sample);
    cipher.encrypt_block(&mut block); // fine: weak-cipher
    let mut mask = [0u8; 5];
    mask.copy_from_slice(&block[..5]);
    mask
}

fn generate(options: KeyOptions) -> rsa::Result<RsaPrivateKey> {
    RsaPrivateKey::new(&mut OsRng, options.bits) // flaw: weak-cipher
}

pub fn device_key() -> rsa::Result<RsaPrivateKey> {
    generate(KeyOptions::default())
}

pub fn server_key() -> rsa::Result<RsaPrivateKey> {
    RsaPrivateKey::new(&mut OsRng, 3072) // fine: weak-cipher
}

pub fn checked_key(bits: usize) -> Option<RsaPrivateKey> {
    if bits < 2048 {
        return None;
    }
    RsaPrivateKey::new(&mut OsRng, bits).ok() // fine: weak-cipher
}
