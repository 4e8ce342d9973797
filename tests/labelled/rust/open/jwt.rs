use std::collections::HashMap;

use axum::http::HeaderMap;
use base64::prelude::*;
use jsonwebtoken::errors::Result as JwtResult;
use jsonwebtoken::{decode, decode_header, Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Serialize, Deserialize)]
pub struct Claims {
    pub sub: String,
    pub role: String,
    pub exp: usize,
}

fn bearer(headers: &HeaderMap) -> &str {
    headers
        .get("authorization")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "))
        .unwrap_or("")
}

pub struct Reader {
    key: DecodingKey,
    keys: HashMap<String, DecodingKey>,
}

impl Reader {
    fn validation(&self, trusted: bool) -> Validation {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_required_spec_claims(&["exp", "sub"]);
        if trusted {
            validation.insecure_disable_signature_validation(); // flaw: jwt
        }
        validation
    }

    pub fn internal(&self, headers: &HeaderMap) -> JwtResult<Claims> {
        Ok(decode::<Claims>(bearer(headers), &self.key, &self.validation(true))?.claims)
    }

    pub fn user(&self, headers: &HeaderMap) -> JwtResult<Claims> {
        let validation = Validation::new(Algorithm::RS256);
        Ok(decode::<Claims>(bearer(headers), &self.key, &validation)?.claims) // fine: jwt
    }

    pub fn device(&self, headers: &HeaderMap) -> JwtResult<Claims> {
        let mut validation = Validation::default();
        validation.validate_exp = false;
        validation.insecure_disable_signature_validation(); // flaw: jwt
        Ok(decode::<Claims>(bearer(headers), &DecodingKey::from_secret(&[]), &validation)?.claims)
    }

    pub fn rotating(&self, headers: &HeaderMap) -> Option<Claims> {
        let kid = decode_header(bearer(headers)).ok()?.kid?; // fine: jwt
        let key = self.keys.get(&kid)?;
        decode(bearer(headers), key, &Validation::new(Algorithm::ES256)).ok().map(|t| t.claims)
    }

    pub fn partner(&self, headers: &HeaderMap) -> JwtResult<Claims> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&["https://id.partner.example"]);
        validation.set_audience(&["shop"]);
        validation.leeway = 30;
        decode::<Claims>(bearer(headers), &self.key, &validation).map(|t| t.claims) // fine: jwt
    }
}

fn payload(token: &str) -> Option<Value> {
    let part = token.split('.').nth(1)?;
    let json = BASE64_URL_SAFE_NO_PAD.decode(part).ok()?; // flaw: jwt
    serde_json::from_slice(&json).ok()
}

pub fn is_admin(headers: &HeaderMap) -> bool {
    payload(bearer(headers)).is_some_and(|claims| claims["role"] == "admin")
}

pub fn link(document: &str, exp: usize) -> String {
    let header = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let claims = Claims { sub: document.into(), role: "reader".into(), exp };
    let body = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims).unwrap_or_default());
    format!("{header}.{body}.") // flaw: jwt
}

pub fn signed_link(key: &jsonwebtoken::EncodingKey, document: &str, exp: usize) -> JwtResult<String> {
    let claims = Claims { sub: document.into(), role: "reader".into(), exp };
    jsonwebtoken::encode(&jsonwebtoken::Header::new(Algorithm::RS256), &claims, key) // fine: jwt
}
