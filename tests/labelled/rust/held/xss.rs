use ammonia::clean;
use askama_escape::{escape, Html as HtmlEscaper};
use maud::{html, Markup, PreEscaped, DOCTYPE};
use percent_encoding::{utf8_percent_encode, NON_ALPHANUMERIC};
use rocket::http::ContentType;
use rocket::response::content::{RawHtml, RawText};
use rocket::{get, post, FromFormField};
use tera::{Context, Tera};

#[derive(FromFormField)]
pub enum Color {
    Red,
    Blue,
}

struct Page {
    parts: Vec<String>,
}

impl Page {
    fn new() -> Self {
        Page { parts: vec!["<html><body>".into()] }
    }

    fn add(mut self, part: impl Into<String>) -> Self {
        self.parts.push(part.into());
        self
    }

    fn render(self) -> RawHtml<String> {
        RawHtml(self.parts.concat() + "</body></html>") // flaw: xss
    }
}

#[get("/hello?<name>")]
pub fn hello(name: &str) -> RawHtml<String> {
    RawHtml(format!("<p>Hi {name}</p>")) // flaw: xss
}

#[get("/hi?<name>")]
pub fn hi(name: &str) -> RawHtml<String> {
    RawHtml(format!("<p>Hi {}</p>", escape(name, HtmlEscaper))) // fine: xss
}

#[get("/failure?<message>")]
pub fn failure(message: Option<&str>) -> RawHtml<String> {
    Page::new().add("<p class=error>").add(message.unwrap_or("Unknown error")).add("</p>").render()
}

#[get("/card?<name>&<bio>")]
pub fn card(name: &str, bio: &str) -> Markup {
    html! {
        (DOCTYPE)
        h1 { (name) }
        div { (PreEscaped(bio)) } // flaw: xss
    }
}

#[get("/badge?<name>&<color>")]
pub fn badge(name: &str, color: Color) -> Markup {
    let color = match color {
        Color::Red => "red",
        Color::Blue => "blue",
    };
    html! {
        span style=(PreEscaped(format!("color:{color}"))) { (name) } // fine: xss
    }
}

#[post("/comment", data = "<text>")]
pub fn comment(text: String) -> RawHtml<String> {
    RawHtml(["<article>", &clean(&text), "</article>"].concat()) // fine: xss
}

#[get("/echo?<text>")]
pub fn echo(text: &str) -> RawText<String> {
    RawText(format!("you sent {text}")) // fine: xss
}

#[get("/list?<items>")]
pub fn list(items: Vec<&str>) -> Option<(ContentType, String)> {
    let mut context = Context::new();
    context.insert("items", &items);
    let source = "<ul>{% for i in items %}<li>{{ i }}</li>{% endfor %}</ul>";
    let body = Tera::one_off(source, &context, false).ok()?;
    Some((ContentType::HTML, body)) // flaw: xss
}

#[get("/table?<items>")]
pub fn table(items: Vec<&str>) -> Option<(ContentType, String)> {
    let mut context = Context::new();
    context.insert("items", &items);
    let source = "<table>{% for i in items %}<tr><td>{{ i }}</td></tr>{% endfor %}</table>";
    let body = Tera::one_off(source, &context, true).ok()?;
    Some((ContentType::HTML, body)) // fine: xss
}

#[get("/share?<u>")]
pub fn share(u: &str) -> RawHtml<String> {
    let target = utf8_percent_encode(u, NON_ALPHANUMERIC);
    RawHtml(format!("<a href=\"/share?u={target}\">share</a>")) // fine: xss
}

#[get("/link?<target>")]
pub fn link(target: &str) -> Markup {
    html! {
        a href=(target) { "continue" } // flaw: xss
    }
}
