use std::collections::HashMap;
use std::time::Duration;

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::Json;
use reqwest::{redirect, Client, Url};
use serde::Deserialize;
use tokio::net::TcpStream;
use uuid::Uuid;

const INVENTORY: &str = "https://inventory.internal.example";

const PARTNERS: [&str; 2] = ["img.partner.example", "cdn.partner.example"];

#[derive(Deserialize)]
pub struct Hook {
    callback: String,
    event: String,
}

type Reply = Result<Vec<u8>, StatusCode>;

fn gateway<E>(_: E) -> StatusCode {
    StatusCode::BAD_GATEWAY
}

async fn download(client: &Client, address: &str) -> Reply {
    let response = client.get(address).timeout(Duration::from_secs(5)).send().await.map_err(gateway)?; // flaw: ssrf
    Ok(response.bytes().await.map_err(gateway)?.to_vec())
}

pub async fn page(Query(q): Query<HashMap<String, String>>) -> Reply {
    let url = q.get("url").ok_or(StatusCode::BAD_REQUEST)?;
    let response = reqwest::get(url).await.map_err(gateway)?; // flaw: ssrf
    Ok(response.bytes().await.map_err(gateway)?.to_vec())
}

pub async fn stock(Query(q): Query<HashMap<String, String>>) -> Reply {
    let sku = q.get("sku").cloned().unwrap_or_default();
    let request = Client::new().get(format!("{INVENTORY}/stock")).query(&[("sku", sku)]);
    let response = request.send().await.map_err(gateway)?; // fine: ssrf
    Ok(response.bytes().await.map_err(gateway)?.to_vec())
}

pub async fn avatar(headers: HeaderMap) -> Reply {
    let source = headers.get("x-avatar").and_then(|v| v.to_str().ok()).ok_or(StatusCode::BAD_REQUEST)?;
    let address = if source.starts_with("http") { source.to_string() } else { format!("https://{source}") };
    download(&Client::new(), &address).await
}

pub async fn partner(Query(q): Query<HashMap<String, String>>) -> Reply {
    let url = q.get("url").and_then(|u| Url::parse(u).ok()).ok_or(StatusCode::BAD_REQUEST)?;
    if url.scheme() != "https" || !url.host_str().is_some_and(|h| PARTNERS.contains(&h)) {
        return Err(StatusCode::FORBIDDEN);
    }
    let client = Client::builder().redirect(redirect::Policy::none()).build().map_err(gateway)?;
    let response = client.get(url).send().await.map_err(gateway)?; // fine: ssrf
    Ok(response.bytes().await.map_err(gateway)?.to_vec())
}

pub async fn document(Path(id): Path<Uuid>) -> Reply {
    let response = reqwest::get(format!("{INVENTORY}/documents/{id}")).await.map_err(gateway)?; // fine: ssrf
    Ok(response.bytes().await.map_err(gateway)?.to_vec())
}

pub async fn hook(Json(hook): Json<Hook>) -> Result<StatusCode, StatusCode> {
    let payload = serde_json::json!({ "event": hook.event });
    let builder = Client::new().post(&hook.callback).json(&payload);
    builder.send().await.map_err(gateway)?; // flaw: ssrf
    Ok(StatusCode::ACCEPTED)
}

pub async fn region(Path(region): Path<String>) -> Reply {
    let base = match region.as_str() {
        "eu" => "https://eu.api.example.com",
        "us" => "https://us.api.example.com",
        _ => return Err(StatusCode::NOT_FOUND),
    };
    let response = reqwest::get(format!("{base}/health")).await.map_err(gateway)?; // fine: ssrf
    Ok(response.bytes().await.map_err(gateway)?.to_vec())
}

pub async fn port(Path((host, port)): Path<(String, u16)>) -> Result<StatusCode, StatusCode> {
    TcpStream::connect((host.as_str(), port)).await.map_err(gateway)?; // flaw: ssrf
    Ok(StatusCode::NO_CONTENT)
}
