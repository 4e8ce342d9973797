use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::Json;
use fancy_regex::{Regex as FancyRegex, RegexBuilder as FancyBuilder};
use once_cell::sync::Lazy;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;

fn unlimited(pattern: &str) -> fancy_regex::Result<FancyRegex> {
    FancyBuilder::new(pattern).backtrack_limit(usize::MAX).build()
}

static NAME: Lazy<FancyRegex> = Lazy::new(|| unlimited(r"^(?!admin)(\w+\s?)+$(?<!x)").unwrap()); // flaw: redos

static SLUG: Lazy<Regex> = Lazy::new(|| Regex::new(r"^(([a-z0-9])+-?)+$").unwrap()); // fine: redos

static ZIP: Lazy<FancyRegex> = Lazy::new(|| FancyRegex::new(r"^(?!00000)\d{5}$").unwrap()); // fine: redos

#[derive(Deserialize)]
pub struct Profile {
    name: String,
    zip: String,
    tags: String,
}

struct Rules {
    patterns: HashMap<&'static str, FancyRegex>,
}

impl Rules {
    fn new() -> Self {
        let mut patterns = HashMap::new();
        patterns.insert("tags", unlimited(r"^(?:(?=[a-z])([a-z]+)+,?)+;$").unwrap()); // flaw: redos
        patterns.insert("pair", FancyRegex::new(r"^([a-z])\1$").unwrap()); // fine: redos
        Rules { patterns }
    }

    fn accepts(&self, rule: &str, value: &str) -> bool {
        self.patterns.get(rule).is_some_and(|p| p.is_match(value).unwrap_or(false))
    }
}

pub async fn save(Json(profile): Json<Profile>) -> StatusCode {
    let ok = NAME.is_match(&profile.name).unwrap_or(false)
        && ZIP.is_match(&profile.zip).unwrap_or(false)
        && Rules::new().accepts("tags", &profile.tags);
    if ok { StatusCode::NO_CONTENT } else { StatusCode::BAD_REQUEST }
}

pub async fn slug(Path(slug): Path<String>) -> Json<bool> {
    Json(SLUG.is_match(&slug))
}

pub async fn find(Query(q): Query<HashMap<String, String>>) -> Result<Json<bool>, StatusCode> {
    let text = q.get("text").cloned().unwrap_or_default();
    let re = unlimited(q.get("pattern").map_or("", |p| p)).map_err(|_| StatusCode::BAD_REQUEST)?; // flaw: redos
    re.is_match(&text).map(Json).map_err(|_| StatusCode::BAD_REQUEST)
}

pub async fn search(Query(q): Query<HashMap<String, String>>) -> Result<Json<bool>, StatusCode> {
    let text = q.get("text").cloned().unwrap_or_default();
    let re = RegexBuilder::new(q.get("pattern").map_or("", |p| p)) // fine: redos
        .size_limit(1 << 16)
        .build()
        .map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(Json(re.is_match(&text)))
}

pub async fn word(Query(q): Query<HashMap<String, String>>) -> Result<Json<bool>, StatusCode> {
    let text = q.get("text").cloned().unwrap_or_default();
    let mut pattern = String::from(r"(?<=\s)(?:");
    pattern += q.get("word").map_or("", |w| w);
    pattern += r")(?=\s)";
    let re = unlimited(&pattern).map_err(|_| StatusCode::BAD_REQUEST)?; // flaw: redos
    Ok(Json(re.is_match(&text).unwrap_or(false)))
}

pub async fn escaped(Query(q): Query<HashMap<String, String>>) -> Result<Json<bool>, StatusCode> {
    let word = fancy_regex::escape(q.get("word").map_or("", |w| w)).into_owned();
    let re = FancyRegex::new(&format!(r"(?<=\s){word}(?=\s)")).map_err(|_| StatusCode::BAD_REQUEST)?; // fine: redos
    Ok(Json(re.is_match(q.get("text").map_or("", |t| t)).unwrap_or(false)))
}
