use actix_session::config::CookieContentSecurity;
use actix_session::storage::CookieSessionStore;
use actix_session::SessionMiddleware;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, CookieBuilder, Key, SameSite};
use actix_web::{get, http::header, post, web, HttpResponse};

pub trait Sessions {
    fn open(&self, user: &str) -> String;
}

#[derive(Default)]
struct Policy {
    secure: bool,
    http_only: bool,
}

const STRICT: Policy = Policy { secure: true, http_only: true };

impl Policy {
    fn apply(&self, builder: CookieBuilder<'static>) -> Cookie<'static> {
        builder.path("/").secure(self.secure).http_only(self.http_only).finish()
    }
}

type Store = web::Data<dyn Sessions>;

#[post("/login/{user}")]
async fn login(user: web::Path<String>, store: Store) -> HttpResponse {
    HttpResponse::NoContent().cookie(Cookie::new("session_id", store.open(&user))).finish() // flaw: cookie
}

#[post("/renew/{user}")]
async fn renew(user: web::Path<String>, store: Store) -> HttpResponse {
    let cookie = Cookie::build("session_id", store.open(&user)) // fine: cookie
        .path("/")
        .http_only(true)
        .secure(true)
        .same_site(SameSite::Strict)
        .finish();
    HttpResponse::NoContent().cookie(cookie).finish()
}

#[post("/remember/{user}")]
async fn remember(user: web::Path<String>, store: Store) -> HttpResponse {
    let mut cookie = Cookie::new("remember_token", store.open(&user));
    cookie.set_secure(true);
    cookie.set_http_only(false); // flaw: cookie
    cookie.set_max_age(Duration::days(30));
    HttpResponse::NoContent().cookie(cookie).finish()
}

#[post("/mobile/{user}")]
async fn mobile(user: web::Path<String>, store: Store) -> HttpResponse {
    let cookie = Policy::default().apply(Cookie::build("jwt", store.open(&user))); // flaw: cookie
    HttpResponse::NoContent().cookie(cookie).finish()
}

#[post("/desktop/{user}")]
async fn desktop(user: web::Path<String>, store: Store) -> HttpResponse {
    let cookie = STRICT.apply(Cookie::build("jwt", store.open(&user))); // fine: cookie
    HttpResponse::NoContent().cookie(cookie).finish()
}

#[post("/raw/{user}")]
async fn raw(user: web::Path<String>, store: Store) -> HttpResponse {
    let value = format!("auth={}; Path=/; HttpOnly; SameSite=Lax", store.open(&user));
    HttpResponse::NoContent().insert_header((header::SET_COOKIE, value)).finish() // flaw: cookie
}

#[get("/theme/{name}")]
async fn theme(name: web::Path<String>) -> HttpResponse {
    let value = if name.as_str() == "dark" { "dark" } else { "light" };
    HttpResponse::NoContent().cookie(Cookie::new("theme", value)).finish() // fine: cookie
}

pub fn middleware(key: Key) -> SessionMiddleware<CookieSessionStore> {
    SessionMiddleware::builder(CookieSessionStore::default(), key)
        .cookie_name("sid".into())
        .cookie_secure(false) // flaw: cookie
        .build()
}

pub fn strict_middleware(key: Key) -> SessionMiddleware<CookieSessionStore> {
    SessionMiddleware::builder(CookieSessionStore::default(), key)
        .cookie_name("sid".into())
        .cookie_content_security(CookieContentSecurity::Private)
        .cookie_http_only(true)
        .cookie_secure(true) // fine: cookie
        .build()
}
