use std::collections::HashMap;

use actix_web::{get, post, web, HttpResponse};
use handlebars::Handlebars;
use minijinja::{context, Environment};
use serde::Deserialize;
use serde_json::json;
use tera::{Context, Tera};

const RECEIPT: &str = "Order {{ id }} for {{ buyer }}";

const SUBJECTS: [&str; 2] = ["Welcome {{ name }}", "News for {{ name }}"];

#[derive(Deserialize)]
struct Letter {
    head: Option<String>,
    body: String,
    name: String,
}

fn plain(result: Option<String>) -> HttpResponse {
    match result {
        Some(text) => HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .insert_header(("X-Content-Type-Options", "nosniff"))
            .body(text),
        None => HttpResponse::BadRequest().finish(),
    }
}

fn expand(source: &str, values: &HashMap<&str, String>) -> Option<String> {
    let environment = Environment::new();
    environment.render_str(source, values).ok() // flaw: template-injection
}

#[post("/preview")]
async fn preview(body: String) -> HttpResponse {
    let mut context = Context::new();
    context.insert("company", "Example");
    plain(Tera::one_off(&body, &context, false).ok()) // flaw: template-injection
}

#[post("/receipt")]
async fn receipt(letter: web::Form<Letter>) -> HttpResponse {
    let mut context = Context::new();
    context.insert("id", &7);
    context.insert("buyer", &letter.name);
    plain(Tera::one_off(RECEIPT, &context, true).ok()) // fine: template-injection
}

#[post("/letter")]
async fn letter(letter: web::Form<Letter>) -> HttpResponse {
    let mut parts = vec![String::from("{{ company }}")];
    if let Some(head) = &letter.head {
        parts.push(head.clone());
    }
    parts.push(letter.body.clone());
    let values = HashMap::from([("company", "Example".to_string()), ("internal", "ledger".to_string())]);
    plain(expand(&parts.join("\n\n"), &values))
}

#[post("/subject/{index}")]
async fn subject(index: web::Path<usize>, letter: web::Form<Letter>) -> HttpResponse {
    let source = SUBJECTS.get(index.into_inner()).copied().unwrap_or(SUBJECTS[0]);
    let environment = Environment::new();
    plain(environment.render_str(source, context! { name => letter.name }).ok()) // fine: template-injection
}

#[get("/hello/{name}")]
async fn hello(name: web::Path<String>) -> HttpResponse {
    let source = format!("Hello {}, {{{{company}}}} welcomes you", name.into_inner());
    let registry = Handlebars::new();
    plain(registry.render_template(&source, &json!({ "company": "Example" })).ok()) // flaw: template-injection
}

#[get("/hi/{name}")]
async fn hi(name: web::Path<String>) -> HttpResponse {
    let registry = Handlebars::new();
    plain(registry.render_template("Hello {{name}}", &json!({ "name": name.into_inner() })).ok()) // fine: template-injection
}

#[post("/layout/{key}")]
async fn layout(key: web::Path<String>, body: String, tera: web::Data<Tera>) -> HttpResponse {
    let mut tera = tera.get_ref().clone();
    let name = format!("custom/{key}");
    if tera.add_raw_template(&name, &body).is_err() { // flaw: template-injection
        return HttpResponse::BadRequest().finish();
    }
    plain(tera.render(&name, &Context::new()).ok())
}

#[post("/note")]
async fn note(body: String, tera: web::Data<Tera>) -> HttpResponse {
    let mut context = Context::new();
    context.insert("note", &body);
    plain(tera.render("note.txt", &context).ok()) // fine: template-injection
}
