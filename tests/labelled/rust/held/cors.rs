use actix_cors::Cors;
use actix_web::http::header;
use actix_web::{get, App, HttpRequest, HttpResponse};
use poem::middleware::Cors as PoemCors;
use regex::Regex;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Request, Response};
use url::Url;
use warp::cors::Builder;

const TENANTS: &[&str] = &["one.example.org", "two.example.org"];

pub fn wide() -> Cors {
    Cors::default()
        .allow_any_origin() // flaw: cors
        .allow_any_method()
        .supports_credentials()
}

pub fn narrow() -> Cors {
    Cors::default()
        .allowed_origin("https://app.example.org") // fine: cors
        .allowed_methods(["GET", "PUT"])
        .supports_credentials()
}

pub fn public() -> Cors {
    Cors::default().allow_any_origin().allowed_methods(["GET"]).send_wildcard() // fine: cors
}

pub fn suffix() -> Cors {
    Cors::default()
        .allowed_origin_fn(|origin, _| origin.as_bytes().ends_with(b"example.org")) // flaw: cors
        .supports_credentials()
}

pub fn subdomains() -> Cors {
    Cors::default()
        .allowed_origin_fn(|origin, _| { // fine: cors
            let origin = origin.to_str().unwrap_or("");
            origin.starts_with("https://") && origin.ends_with(".example.org")
        })
        .supports_credentials()
}

pub fn poem() -> PoemCors {
    let pattern = Regex::new(r"https://.*example\.org").expect("pattern");
    PoemCors::new()
        .allow_origins_fn(move |origin| pattern.is_match(origin)) // flaw: cors
        .allow_credentials(true)
}

pub fn poem_listed() -> PoemCors {
    TENANTS
        .iter()
        .fold(PoemCors::new(), |cors, host| cors.allow_origin(format!("https://{host}"))) // fine: cors
        .allow_credentials(true)
}

pub fn warp() -> Builder {
    warp::cors().allow_origins(["https://app.example.org"]).allow_credentials(true)
}

#[get("/me")]
async fn me(req: HttpRequest) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(origin) = req.headers().get(header::ORIGIN) {
        response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone())); // flaw: cors
        response.insert_header((header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"));
    }
    response.body("{}")
}

pub struct TenantCors;

#[rocket::async_trait]
impl Fairing for TenantCors {
    fn info(&self) -> Info {
        Info { name: "tenant cors", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let origin = request.headers().get_one("Origin").and_then(|o| Url::parse(o).ok());
        if let Some(host) = origin.filter(|u| u.scheme() == "https").and_then(|u| u.host_str().map(str::to_owned)) {
            if TENANTS.contains(&host.as_str()) {
                response.set_raw_header("Access-Control-Allow-Origin", format!("https://{host}")); // fine: cors
                response.set_raw_header("Access-Control-Allow-Credentials", "true");
            }
        }
    }
}

pub fn app() -> usize {
    let _ = App::new().wrap(narrow()).service(me);
    TENANTS.len()
}
