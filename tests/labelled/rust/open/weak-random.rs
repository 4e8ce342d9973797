use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::prelude::*;
use rand::distributions::Alphanumeric;
use rand::rngs::{OsRng, SmallRng, StdRng};
use rand::seq::SliceRandom;
use rand::{Rng, RngCore, SeedableRng};
use uuid::Uuid;

const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map(|d| d.as_secs()).unwrap_or(0)
}

pub struct Tokens {
    rng: SmallRng,
}

impl Tokens {
    pub fn new() -> Self {
        Tokens { rng: SmallRng::seed_from_u64(now()) } // flaw: weak-random
    }

    fn draw(&mut self, length: usize) -> String {
        (0..length).map(|_| ALPHABET[self.rng.gen_range(0..ALPHABET.len())] as char).collect()
    }

    pub fn temporary_password(&mut self) -> String {
        let first = self.draw(5);
        first + "-" + &self.draw(5)
    }
}

pub fn reset_code() -> String {
    format!("{:06}", fastrand::u32(0..1_000_000)) // flaw: weak-random
}

pub fn login_code() -> String {
    format!("{:06}", OsRng.gen_range(0..1_000_000)) // fine: weak-random
}

pub fn api_key() -> String {
    let mut rng = StdRng::seed_from_u64(42); // flaw: weak-random
    let mut bytes = [0u8; 32];
    rng.fill_bytes(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

pub fn access_key() -> String {
    let mut rng = StdRng::from_entropy(); // fine: weak-random
    let mut bytes = [0u8; 32];
    rng.fill_bytes(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

pub fn invitation() -> String {
    rand::thread_rng().sample_iter(&Alphanumeric).take(32).map(char::from).collect() // fine: weak-random
}

pub fn session_id(user: u64) -> String {
    let mut state = now() ^ user;
    let mut id = String::new();
    for _ in 0..4 {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); // flaw: weak-random
        id.push_str(&format!("{:08x}", state >> 32));
    }
    id
}

pub fn share_id() -> String {
    Uuid::new_v4().to_string() // fine: weak-random
}

pub fn nonce() -> [u8; 12] {
    let mut rng = oorandom::Rand32::new(now());
    let mut nonce = [0u8; 12];
    for chunk in nonce.chunks_exact_mut(4) {
        chunk.copy_from_slice(&rng.rand_u32().to_le_bytes()); // flaw: weak-random
    }
    nonce
}

pub fn dice() -> u8 {
    fastrand::u8(1..=6) // fine: weak-random
}

pub fn deal(mut deck: Vec<u8>, seed: u64) -> Vec<u8> {
    deck.shuffle(&mut SmallRng::seed_from_u64(seed)); // fine: weak-random
    deck
}

pub fn backoff(attempt: u32) -> Duration {
    let base = 100u64 << attempt.min(8);
    Duration::from_millis(base + fastrand::u64(0..base)) // fine: weak-random
}
