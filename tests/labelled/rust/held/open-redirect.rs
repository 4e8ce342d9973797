use actix_web::http::header::LOCATION;
use actix_web::{get as actix_get, web, HttpResponse};
use rocket::form::{Form, FromForm};
use rocket::response::Redirect;
use rocket::{get, post, uri, FromFormField};
use serde::Deserialize;
use url::Url;
use uuid::Uuid;

const PORTAL: &str = "https://portal.example.com";

#[derive(FromFormField)]
pub enum Section {
    News,
    Help,
}

#[derive(FromForm)]
pub struct Login<'r> {
    next: Option<&'r str>,
}

#[derive(Deserialize)]
struct Target {
    url: String,
}

struct Targets {
    hosts: Vec<&'static str>,
}

impl Targets {
    fn known() -> Self {
        Targets { hosts: vec!["docs.example.com", "help.example.com"] }
    }

    fn check(&self, raw: &str) -> String {
        match Url::parse(raw) {
            Ok(url) if url.scheme() == "https" && url.host_str().is_some_and(|h| self.hosts.contains(&h)) => url.into(),
            _ => PORTAL.to_owned(),
        }
    }

    fn prefixed(&self, raw: &str) -> String {
        if raw.starts_with(PORTAL) { raw.to_owned() } else { PORTAL.to_owned() }
    }
}

#[get("/out?<url>")]
pub fn out(url: String) -> Redirect {
    Redirect::to(url) // flaw: open-redirect
}

#[get("/checked?<url>")]
pub fn checked(url: &str) -> Redirect {
    Redirect::to(Targets::known().check(url)) // fine: open-redirect
}

#[get("/prefixed?<url>")]
pub fn prefixed(url: &str) -> Redirect {
    Redirect::found(Targets::known().prefixed(url)) // flaw: open-redirect
}

#[get("/section?<to>")]
pub fn section(to: Section) -> Redirect {
    let path = match to {
        Section::News => "/news",
        Section::Help => "/help",
    };
    Redirect::to(format!("{PORTAL}{path}")) // fine: open-redirect
}

#[get("/item/<id>")]
pub fn item(id: &str) -> String {
    id.to_owned()
}

#[get("/old/<id>")]
pub fn old(id: String) -> Redirect {
    Redirect::permanent(uri!(item(id))) // fine: open-redirect
}

#[post("/login", data = "<login>")]
pub fn login(login: Form<Login<'_>>) -> Redirect {
    let mut target = String::from("/");
    if let Some(next) = login.next {
        target = if next.starts_with('/') { next.to_string() } else { format!("/{next}") };
    }
    Redirect::to(target) // flaw: open-redirect
}

#[actix_get("/go")]
async fn go(q: web::Query<Target>) -> HttpResponse {
    HttpResponse::Found().insert_header((LOCATION, q.into_inner().url)).finish() // flaw: open-redirect
}

#[actix_get("/doc/{id}")]
async fn doc(id: web::Path<Uuid>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, format!("/documents/{id}"))).finish() // fine: open-redirect
}

#[actix_get("/page")]
async fn page(q: web::Query<Target>) -> HttpResponse {
    let mut url = Url::parse(PORTAL).expect("constant");
    url.set_path(&format!("/pages/{}", q.url));
    HttpResponse::Found().insert_header((LOCATION, url.to_string())).finish() // fine: open-redirect
}
