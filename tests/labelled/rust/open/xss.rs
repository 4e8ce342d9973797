use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::Json;
use html_escape::encode_text;
use sqlx::PgPool;

const COLORS: [&str; 3] = ["red", "green", "blue"];

type Params = Query<HashMap<String, String>>;

fn page(title: &str, inner: &str) -> Html<String> {
    Html(format!("<html><head><title>{}</title></head><body>{inner}</body></html>", encode_text(title))) // flaw: xss
}

pub async fn hello(Query(q): Params) -> Html<String> {
    Html(format!("<p>Hello {}</p>", q.get("name").map_or("you", |n| n))) // flaw: xss
}

pub async fn hello_escaped(Query(q): Params) -> Html<String> {
    let name = q.get("name").cloned().unwrap_or_default();
    Html(format!("<p>Hello {}</p>", encode_text(&name))) // fine: xss
}

pub async fn missing(Query(q): Params) -> Html<String> {
    let mut inner = String::from("<p>Nothing at ");
    inner.push_str(q.get("path").map(String::as_str).unwrap_or("/"));
    inner += "</p>";
    page("Not found", &inner)
}

pub async fn results(Query(q): Params) -> Response {
    let items: Vec<String> = q
        .get("q")
        .map(|t| t.split(' ').map(|w| format!("<li>{w}</li>")).collect())
        .unwrap_or_default();
    let body = format!("<ul>{}</ul>", items.concat());
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response() // flaw: xss
}

pub async fn tags(Query(q): Params) -> Html<String> {
    let mut body = String::from("<ul>");
    for tag in q.get("tags").into_iter().flat_map(|t| t.split(',')) {
        body.push_str("<li>");
        body.push_str(&encode_text(tag));
        body.push_str("</li>");
    }
    body.push_str("</ul>");
    Html(body) // fine: xss
}

pub async fn next(Path(number): Path<u32>) -> Html<String> {
    Html(format!("<a href=\"/page/{}\">next</a>", number.saturating_add(1))) // fine: xss
}

pub async fn comment(State(pool): State<PgPool>, Path(id): Path<i64>) -> Html<String> {
    let text: String = sqlx::query_scalar("SELECT body FROM comments WHERE id = $1")
        .bind(id)
        .fetch_one(&pool)
        .await
        .unwrap_or_default();
    Html(["<blockquote>", &text, "</blockquote>"].concat()) // flaw: xss
}

pub async fn badge(Query(q): Params) -> Html<String> {
    let color = q.get("color").map(String::as_str).filter(|c| COLORS.contains(c)).unwrap_or("grey");
    Html(format!("<span style=\"color:{color}\">badge</span>")) // fine: xss
}

pub async fn echo(Query(q): Params) -> Json<HashMap<String, String>> {
    Json(q) // fine: xss
}

pub async fn plain(Query(q): Params) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, q.get("text").cloned().unwrap_or_default()).into_response() // fine: xss
}
