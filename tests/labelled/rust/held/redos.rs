use std::time::Duration;

use fancy_regex::{Regex as Backtracking, RegexBuilder};
use onig::{MatchParam, Regex as Onig};
use pcre2::bytes::RegexBuilder as PcreBuilder;
use poem::web::{Path, Query};
use poem::{handler, http::StatusCode, Error, Result};
use regex::bytes::Regex as Linear;
use serde::Deserialize;
use std::sync::OnceLock;

const WORDS: &str = r"^((?:[a-zA-Z]+|\w+|[0-9]+)+)(?<!_)!$";

const COLOR: &str = r"^#([0-9a-f]{3}|[0-9a-f]{6})$";

#[derive(Deserialize)]
pub struct Filter {
    pattern: String,
    text: String,
}

fn refuse<E>(_: E) -> Error {
    Error::from_status(StatusCode::BAD_REQUEST)
}

fn host() -> &'static Onig {
    static HOST: OnceLock<Onig> = OnceLock::new();
    HOST.get_or_init(|| Onig::new(r"^(([a-z0-9]+-?)+\.?)+$").expect("pattern")) // flaw: redos
}

fn color() -> &'static Onig {
    static INSTANCE: OnceLock<Onig> = OnceLock::new();
    INSTANCE.get_or_init(|| Onig::new(COLOR).expect("pattern")) // fine: redos
}

struct Checker {
    limit: usize,
}

impl Checker {
    fn compile(&self, pattern: &str) -> Result<Backtracking> {
        RegexBuilder::new(pattern).backtrack_limit(self.limit).build().map_err(refuse)
    }

    fn matches(&self, pattern: &str, text: &str) -> Result<bool> {
        self.compile(pattern)?.is_match(text).map_err(refuse)
    }
}

#[handler]
pub fn hosts(Path(name): Path<String>) -> Result<String> {
    Ok(host().is_match(&name).to_string())
}

#[handler]
pub fn colors(Path(name): Path<String>) -> Result<String> {
    Ok(color().is_match(&name).to_string())
}

#[handler]
pub fn words(Path(text): Path<String>) -> Result<String> {
    let checker = Checker { limit: usize::MAX };
    Ok(checker.matches(WORDS, &text)?.to_string()) // flaw: redos
}

#[handler]
pub fn doubled(Path(text): Path<String>) -> Result<String> {
    let checker = Checker { limit: 10_000 };
    Ok(checker.matches(r"^(\w)\1$", &text)?.to_string()) // fine: redos
}

#[handler]
pub fn find(Query(f): Query<Filter>) -> Result<String> {
    let re = Onig::new(&f.pattern).map_err(refuse)?; // flaw: redos
    Ok(re.find(&f.text).is_some().to_string())
}

#[handler]
pub fn linear(Query(f): Query<Filter>) -> Result<String> {
    let re = Linear::new(&f.pattern).map_err(refuse)?; // fine: redos
    Ok(re.is_match(f.text.as_bytes()).to_string())
}

#[handler]
pub fn csv(body: String) -> Result<String> {
    let re = Onig::new(r"^(\s*[^,]*\s*,?)*;$").map_err(refuse)?; // flaw: redos
    let rows = body.lines().filter(|line| re.is_match(line)).count();
    Ok(rows.to_string())
}

#[handler]
pub fn date(Path(text): Path<String>) -> Result<String> {
    let re = PcreBuilder::new().build(r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$").map_err(refuse)?; // fine: redos
    Ok(re.is_match(text.as_bytes()).map_err(refuse)?.to_string())
}

pub fn pause() -> Duration {
    let _ = MatchParam::default();
    Duration::from_millis(5)
}
