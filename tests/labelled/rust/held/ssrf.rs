use std::io::Read;

use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::rt::TokioExecutor;
use isahc::ReadResponseExt;
use rocket::serde::{json::Json, Deserialize};
use rocket::{get, post, FromFormField};
use url::Url;
use uuid::Uuid;

#[derive(FromFormField)]
pub enum Shard {
    A,
    B,
}

#[derive(Deserialize)]
#[serde(crate = "rocket::serde")]
pub struct Subscription {
    callback: String,
    event: String,
}

struct Fetcher {
    agent: ureq::Agent,
}

impl Fetcher {
    fn new() -> Self {
        Fetcher { agent: ureq::AgentBuilder::new().redirects(0).build() }
    }

    fn bytes(&self, address: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let response = self.agent.get(address).call().ok()?; // flaw: ssrf
        response.into_reader().take(1 << 20).read_to_end(&mut out).ok()?;
        Some(out)
    }

    fn partner(&self, address: &str) -> Option<Vec<u8>> {
        let url = Url::parse(address).ok()?;
        if url.scheme() != "https" || url.domain() != Some("images.partner.example") {
            return None;
        }
        let mut out = Vec::new();
        let response = self.agent.request_url("GET", &url).call().ok()?; // fine: ssrf
        response.into_reader().take(1 << 20).read_to_end(&mut out).ok()?;
        Some(out)
    }
}

#[get("/preview?<url>")]
pub fn preview(url: &str) -> Option<String> {
    isahc::get(url).ok()?.text().ok() // flaw: ssrf
}

#[get("/image?<source>")]
pub fn image(source: &str) -> Option<Vec<u8>> {
    let trimmed = source.trim();
    let address = if trimmed.contains("://") { trimmed.to_owned() } else { ["https://", trimmed].concat() };
    Fetcher::new().bytes(&address)
}

#[get("/partner?<source>")]
pub fn partner(source: &str) -> Option<Vec<u8>> {
    Fetcher::new().partner(source)
}

#[get("/document/<id>")]
pub fn document(id: Uuid) -> Option<String> {
    isahc::get(format!("https://documents.internal.example/v1/{id}")).ok()?.text().ok() // fine: ssrf
}

#[get("/shard?<shard>")]
pub fn shard(shard: Shard) -> Option<u16> {
    let host = match shard {
        Shard::A => "a.backend.example",
        Shard::B => "b.backend.example",
    };
    Some(ureq::get(&format!("https://{host}/health")).call().ok()?.status()) // fine: ssrf
}

#[get("/search?<q>")]
pub fn search(q: &str) -> Option<String> {
    let mut url = Url::parse("https://search.example.com/v1").ok()?;
    url.query_pairs_mut().append_pair("q", q);
    ureq::get(url.as_str()).call().ok()?.into_string().ok() // fine: ssrf
}

#[post("/subscribe", data = "<subscription>")]
pub fn subscribe(subscription: Json<Subscription>) -> Option<u16> {
    let request = ureq::post(&subscription.callback).set("X-Event", "test");
    Some(request.send_string(&subscription.event).ok()?.status()) // flaw: ssrf
}

#[get("/region/<region>")]
pub async fn region(region: String) -> Option<u16> {
    let client = HyperClient::builder(TokioExecutor::new()).build_http::<http_body_util::Empty<hyper::body::Bytes>>();
    let uri: hyper::Uri = format!("http://{region}.internal.example/status").parse().ok()?;
    Some(client.get(uri).await.ok()?.status().as_u16()) // flaw: ssrf
}
