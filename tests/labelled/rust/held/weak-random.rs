use std::time::Instant;

use getrandom::getrandom;
use nanoid::nanoid;
use openssl::rand::rand_bytes;
use rand::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_pcg::Pcg64;
use rand_xorshift::XorShiftRng;
use ring::rand::{SecureRandom, SystemRandom};

const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";

pub struct Words<R> {
    rng: R,
}

impl<R: Rng> Words<R> {
    fn word(&mut self, length: usize) -> String {
        let mut out = String::with_capacity(length);
        while out.len() < length {
            out.push(LETTERS[self.rng.gen_range(0..LETTERS.len())] as char);
        }
        out
    }
}

pub fn invite() -> String {
    let mut words = Words { rng: Pcg64::seed_from_u64(std::process::id() as u64) }; // flaw: weak-random
    words.word(24)
}

pub fn admin_invite() -> String {
    let mut words = Words { rng: ChaCha20Rng::from_entropy() }; // fine: weak-random
    words.word(24)
}

pub fn placeholder(n: u64) -> String {
    let mut words = Words { rng: Pcg64::seed_from_u64(n) }; // fine: weak-random
    format!("guest-{}", words.word(5))
}

pub fn csrf() -> String {
    let mut rng = XorShiftRng::from_seed([7; 16]); // flaw: weak-random
    (0..16).map(|_| format!("{:02x}", rng.gen::<u8>())).collect()
}

pub fn state() -> Option<String> {
    let mut bytes = [0u8; 16];
    SystemRandom::new().fill(&mut bytes).ok()?; // fine: weak-random
    Some(hex::encode(bytes))
}

pub fn salt(started: Instant) -> [u8; 16] {
    let mut salt = [0u8; 16];
    let mut x = started.elapsed().subsec_nanos() | 1;
    for byte in salt.iter_mut() {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        *byte = x as u8; // flaw: weak-random
    }
    salt
}

pub fn fresh_salt() -> Result<[u8; 16], getrandom::Error> {
    let mut salt = [0u8; 16];
    getrandom(&mut salt)?; // fine: weak-random
    Ok(salt)
}

pub fn session() -> String {
    let mut rng = fastrand::Rng::new();
    std::iter::repeat_with(|| rng.alphanumeric()).take(32).collect() // flaw: weak-random
}

pub fn short_link() -> String {
    nanoid!(21) // fine: weak-random
}

pub fn pin() -> Result<u32, openssl::error::ErrorStack> {
    let mut bytes = [0u8; 8];
    rand_bytes(&mut bytes)?;
    Ok((u64::from_le_bytes(bytes) % 1_000_000) as u32)
}

pub fn server<'a>(servers: &'a [String]) -> Option<&'a String> {
    servers.choose(&mut fastrand_compat()) // fine: weak-random
}

fn fastrand_compat() -> XorShiftRng {
    XorShiftRng::seed_from_u64(Instant::now().elapsed().as_nanos() as u64)
}
