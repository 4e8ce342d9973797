use std::collections::HashMap;

use axum::extract::{Form, Path, Query};
use axum::http::{header, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{utf8_percent_encode, NON_ALPHANUMERIC};
use url::Url;
use uuid::Uuid;

const HOME: &str = "/home";

type Params = Query<HashMap<String, String>>;

fn found(target: &str) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, target.to_owned())]).into_response() // flaw: open-redirect
}

fn local(raw: &str) -> &str {
    let ok = raw.starts_with('/')
        && !raw.starts_with("//")
        && raw.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'));
    if ok { raw } else { HOME }
}

pub async fn out(Query(q): Params) -> Redirect {
    Redirect::to(q.get("url").map_or(HOME, |u| u.as_str())) // flaw: open-redirect
}

pub async fn section(Query(q): Params) -> Redirect {
    let target = match q.get("to").map(String::as_str) {
        Some("billing") => "https://billing.example.com/",
        Some("help") => "https://help.example.com/",
        _ => HOME,
    };
    Redirect::to(target) // fine: open-redirect
}

pub async fn back(Query(q): Params) -> Redirect {
    let next = q.get("next").cloned().unwrap_or_default();
    Redirect::to(local(&next)) // fine: open-redirect
}

pub async fn finish(Form(form): Form<HashMap<String, String>>) -> Response {
    let mut target = String::from(HOME);
    if let Some(next) = form.get("return_to") {
        if next.starts_with('/') {
            target = next.trim().to_string();
        }
    }
    found(&target)
}

pub async fn partner(Query(q): Params) -> Result<Redirect, StatusCode> {
    let url = q.get("url").and_then(|u| Url::parse(u).ok()).ok_or(StatusCode::BAD_REQUEST)?;
    if url.scheme() != "https" || url.host_str() != Some("partner.example") {
        return Err(StatusCode::BAD_REQUEST);
    }
    Ok(Redirect::to(url.as_str())) // fine: open-redirect
}

pub async fn supplier(Query(q): Params) -> Result<Redirect, StatusCode> {
    let raw = q.get("url").ok_or(StatusCode::BAD_REQUEST)?;
    if !raw.contains("supplier.example") {
        return Err(StatusCode::BAD_REQUEST);
    }
    Ok(Redirect::temporary(raw)) // flaw: open-redirect
}

pub async fn item(Path(id): Path<Uuid>) -> Redirect {
    Redirect::permanent(&format!("/items/{id}")) // fine: open-redirect
}

pub async fn user(Path(name): Path<String>) -> Redirect {
    let name = utf8_percent_encode(&name, NON_ALPHANUMERIC).to_string();
    Redirect::to(&("/users/".to_owned() + &name)) // fine: open-redirect
}

pub async fn logout(Query(q): Params) -> Redirect {
    let host = q.get("site").map(String::as_str).filter(|s| !s.is_empty()).unwrap_or("www.example.com");
    let target = format!("https://{host}/goodbye");
    Redirect::to(&target) // flaw: open-redirect
}
