use axum::extract::State;
use axum::http::{header, HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse};
use axum_extra::extract::cookie::{Cookie as JarCookie, PrivateCookieJar, SameSite as JarSameSite};
use poem::session::{CookieConfig, CookieSession, ServerSession, MemoryStorage};
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::{get, post};
use std::sync::Arc;
use tower_sessions::{MemoryStore, SessionManagerLayer};

pub trait Tokens: Send + Sync {
    fn create(&self) -> String;
}

type Shared = State<Arc<dyn Tokens>>;

fn attributes(token: &str, flags: &[&str]) -> String {
    let mut value = format!("auth={token}; Path=/");
    for flag in flags {
        value.push_str("; ");
        value.push_str(flag);
    }
    value
}

pub async fn login(State(tokens): Shared) -> impl IntoResponse {
    let value = attributes(&tokens.create(), &["SameSite=Lax"]);
    (StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, value)])) // flaw: cookie
}

pub async fn renew(State(tokens): Shared) -> impl IntoResponse {
    let value = attributes(&tokens.create(), &["SameSite=Lax", "Secure", "HttpOnly"]);
    (StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, value)])) // fine: cookie
}

pub async fn remember(State(tokens): Shared, jar: PrivateCookieJar) -> PrivateCookieJar {
    let mut cookie = JarCookie::new("remember", tokens.create());
    cookie.set_same_site(JarSameSite::Lax);
    cookie.set_http_only(true);
    jar.add(cookie) // flaw: cookie
}

pub async fn trust(State(tokens): Shared, jar: PrivateCookieJar) -> PrivateCookieJar {
    let cookie = JarCookie::build(("remember", tokens.create())).http_only(true).secure(true).same_site(JarSameSite::Strict);
    jar.add(cookie) // fine: cookie
}

#[post("/session/<token>")]
pub fn session(token: String, jar: &CookieJar<'_>) -> Status {
    jar.add(Cookie::build(("session_token", token)).secure(true).http_only(false)); // flaw: cookie
    Status::NoContent
}

#[post("/private/<token>")]
pub fn private(token: String, jar: &CookieJar<'_>) -> Status {
    jar.add_private(Cookie::build(("session_token", token)).secure(true).http_only(true).same_site(SameSite::Strict)); // fine: cookie
    Status::NoContent
}

#[get("/lang/<code>")]
pub fn lang(code: &str, jar: &CookieJar<'_>) -> Status {
    let code = if code == "de" { "de" } else { "en" };
    jar.add(Cookie::new("lang", code)); // fine: cookie
    Status::NoContent
}

pub fn layer(store: MemoryStore) -> SessionManagerLayer<MemoryStore> {
    SessionManagerLayer::new(store)
        .with_name("sid")
        .with_secure(false) // flaw: cookie
        .with_http_only(true)
}

pub fn strict_layer(store: MemoryStore) -> SessionManagerLayer<MemoryStore> {
    SessionManagerLayer::new(store).with_name("sid").with_http_only(true).with_secure(true) // fine: cookie
}

fn config(hardened: bool) -> CookieConfig {
    CookieConfig::default().name("poem").secure(hardened).http_only(hardened)
}

pub fn poem_client() -> CookieSession {
    CookieSession::new(config(false)) // flaw: cookie
}

pub fn poem_server() -> ServerSession<MemoryStorage> {
    ServerSession::new(config(true), MemoryStorage::new()) // fine: cookie
}

pub fn count(headers: &HeaderMap) -> usize {
    headers.get_all(header::COOKIE).iter().count()
}
