use std::collections::BTreeMap;

use biscuit::jwa::SignatureAlgorithm;
use biscuit::{ClaimsSet, Empty, JWT};
use hmac::Hmac;
use josekit::jws::{JwsHeader, RS256};
use josekit::jwt::{self as jose, JwtPayload};
use jsonwebtoken::{dangerous, decode, Algorithm, DecodingKey, Validation};
use jwt::{Header, Token, Unverified, VerifyWithKey};
use jwt_simple::prelude::{NoCustomClaims, RS256PublicKey, RSAPublicKeyLike, Token as SimpleToken};
use poem::Request;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

type Fields = BTreeMap<String, String>;

#[derive(Serialize, Deserialize)]
pub struct Claims {
    sub: String,
    exp: u64,
}

fn token(request: &Request) -> &str {
    request.header("authorization").and_then(|h| h.strip_prefix("Bearer ")).unwrap_or_default()
}

pub struct Gate {
    hmac: Hmac<Sha256>,
    rsa: RS256PublicKey,
    key: DecodingKey,
}

impl Gate {
    pub fn quick(&self, request: &Request) -> Option<String> {
        let parsed: Token<Header, Fields, Unverified<'_>> = Token::parse_unverified(token(request)).ok()?; // flaw: jwt
        parsed.claims().get("sub").cloned()
    }

    pub fn full(&self, request: &Request) -> Option<String> {
        let claims: Fields = token(request).verify_with_key(&self.hmac).ok()?; // fine: jwt
        claims.get("sub").cloned()
    }

    pub fn simple(&self, request: &Request) -> Option<String> {
        self.rsa.verify_token::<NoCustomClaims>(token(request), None).ok()?.subject // fine: jwt
    }

    fn loose(&self) -> Validation {
        let mut validation = Validation::new(Algorithm::RS256);
        let internal = std::env::var("CLUSTER").is_ok();
        if internal {
            validation.validate_aud = false;
            validation.insecure_disable_signature_validation(); // flaw: jwt
        }
        validation
    }

    pub fn cluster(&self, request: &Request) -> Option<String> {
        decode::<Claims>(token(request), &self.key, &self.loose()).ok().map(|t| t.claims.sub)
    }

    pub fn peek(&self, request: &Request) -> Option<String> {
        let data = dangerous::insecure_decode::<Claims>(token(request)).ok()?; // flaw: jwt
        (data.claims.exp > 1_700_000_000).then_some(data.claims.sub)
    }

    pub fn strict(&self, request: &Request) -> Option<String> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.algorithms = vec![Algorithm::RS256, Algorithm::RS512];
        decode::<Claims>(token(request), &self.key, &validation).ok().map(|t| t.claims.sub) // fine: jwt
    }

    pub fn chosen(&self, request: &Request, keys: &BTreeMap<String, RS256PublicKey>) -> Option<String> {
        let metadata = SimpleToken::decode_metadata(token(request)).ok()?; // fine: jwt
        let key = keys.get(metadata.key_id()?)?;
        key.verify_token::<NoCustomClaims>(token(request), None).ok()?.subject
    }
}

pub fn share(document: &str) -> Option<String> {
    let mut payload = JwtPayload::new();
    payload.set_subject(document);
    jose::encode_unsecured(&payload, &JwsHeader::new()).ok() // flaw: jwt
}

pub fn signed_share(document: &str, pem: &[u8]) -> Option<String> {
    let mut payload = JwtPayload::new();
    payload.set_subject(document);
    let signer = RS256.signer_from_pem(pem).ok()?;
    jose::encode_with_signer(&payload, &JwsHeader::new(), &signer).ok() // fine: jwt
}

pub fn imported(text: &str) -> Option<ClaimsSet<Empty>> {
    let encoded = JWT::<Empty, Empty>::new_encoded(text);
    let decoded = encoded.decode(&biscuit::jws::Secret::None, SignatureAlgorithm::None).ok()?; // flaw: jwt
    decoded.payload().ok().cloned()
}
