use axum::extract::Request;
use axum::http::{header, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use axum::Router;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

const FRONTENDS: [&str; 2] = ["https://app.example.com", "https://admin.example.com"];

async fn ok() -> &'static str {
    "ok"
}

pub fn account() -> Router {
    let cors = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST])
        .allow_origin(AllowOrigin::mirror_request()) // flaw: cors
        .allow_credentials(true);
    Router::new().route("/account", get(ok)).layer(cors)
}

pub fn orders() -> Router {
    let origins = FRONTENDS.iter().map(|o| HeaderValue::from_static(o));
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins)) // fine: cors
        .allow_credentials(true);
    Router::new().route("/orders", get(ok)).layer(cors)
}

pub fn status() -> Router {
    let cors = CorsLayer::new().allow_methods([Method::GET]).allow_origin(Any); // fine: cors
    Router::new().route("/status", get(ok)).layer(cors)
}

fn ours(origin: &HeaderValue) -> bool {
    origin.as_bytes().starts_with(b"https://app.example")
}

pub fn profile() -> Router {
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(|origin, _| ours(origin))) // flaw: cors
        .allow_credentials(true);
    Router::new().route("/profile", get(ok)).layer(cors)
}

pub fn partner() -> Router {
    let check = |origin: &HeaderValue| {
        origin.to_str().is_ok_and(|o| o.starts_with("https://") && o.ends_with(".partner.example"))
    };
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| check(origin))) // fine: cors
        .allow_credentials(true);
    Router::new().route("/partner", get(ok)).layer(cors)
}

pub async fn reflect(request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = next.run(request).await;
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin); // flaw: cors
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

pub async fn listed(request: Request, next: Next) -> Response {
    let given = request.headers().get(header::ORIGIN).and_then(|o| o.to_str().ok()).unwrap_or("");
    let origin = FRONTENDS.iter().copied().find(|o| *o == given);
    let mut response = next.run(request).await;
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static(origin)); // fine: cors
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

pub fn wallet() -> Router {
    Router::new().route("/wallet", get(ok)).layer(CorsLayer::very_permissive()) // flaw: cors
}
