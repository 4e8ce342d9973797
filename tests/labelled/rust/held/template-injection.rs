use std::collections::BTreeMap;

use askama::Template;
use handlebars::Handlebars;
use liquid::ParserBuilder;
use minijinja::{context, Environment};
use poem::web::{Data, Form, Path};
use poem::{handler, http::StatusCode, Error, Result};
use serde::Deserialize;
use tera::{Context, Tera};

#[derive(Deserialize)]
pub struct Mail {
    subject: String,
    body: String,
    footer: Option<String>,
}

#[derive(Template)]
#[template(source = "Dear {{ name }}, {{ text }}", ext = "txt")]
struct Reply<'a> {
    name: &'a str,
    text: &'a str,
}

fn refuse<E>(_: E) -> Error {
    Error::from_status(StatusCode::BAD_REQUEST)
}

struct Mailer {
    registry: Handlebars<'static>,
}

impl Mailer {
    fn with(source: &str) -> Result<Self> {
        let mut registry = Handlebars::new();
        registry.register_template_string("mail", source).map_err(refuse)?; // flaw: template-injection
        Ok(Mailer { registry })
    }

    fn fixed() -> Result<Self> {
        let mut registry = Handlebars::new();
        registry.register_template_string("mail", "{{subject}}\n\n{{body}}").map_err(refuse)?; // fine: template-injection
        Ok(Mailer { registry })
    }

    fn render(&self, values: &BTreeMap<&str, &str>) -> Result<String> {
        self.registry.render("mail", values).map_err(refuse)
    }
}

#[handler]
pub fn custom(Form(mail): Form<Mail>) -> Result<String> {
    let mut lines = vec![mail.subject.as_str(), "", mail.body.as_str()];
    if let Some(footer) = &mail.footer {
        lines.push(footer);
    }
    Mailer::with(&lines.join("\n"))?.render(&BTreeMap::from([("company", "Example"), ("api_token", "internal")]))
}

#[handler]
pub fn standard(Form(mail): Form<Mail>) -> Result<String> {
    Mailer::fixed()?.render(&BTreeMap::from([("subject", mail.subject.as_str()), ("body", mail.body.as_str())]))
}

#[handler]
pub fn liquid(body: String) -> Result<String> {
    let parser = ParserBuilder::with_stdlib().build().map_err(refuse)?;
    let template = parser.parse(&body).map_err(refuse)?; // flaw: template-injection
    template.render(&liquid::object!({ "company": "Example" })).map_err(refuse)
}

#[handler]
pub fn liquid_value(body: String) -> Result<String> {
    let parser = ParserBuilder::with_stdlib().build().map_err(refuse)?;
    let template = parser.parse("{{ text | upcase }}").map_err(refuse)?; // fine: template-injection
    template.render(&liquid::object!({ "text": body })).map_err(refuse)
}

#[handler]
pub fn expression(Form(mail): Form<Mail>, environment: Data<&Environment<'static>>) -> Result<String> {
    let source = mail.subject.trim_start_matches("= ");
    let compiled = environment.compile_expression(source).map_err(refuse)?; // flaw: template-injection
    compiled.eval(context! { total => 120 }).map(|v| v.to_string()).map_err(refuse)
}

#[handler]
pub fn named(Path(name): Path<String>, Form(mail): Form<Mail>, environment: Data<&Environment<'static>>) -> Result<String> {
    let template = environment.get_template(&name).map_err(refuse)?; // fine: template-injection
    template.render(context! { subject => mail.subject, body => mail.body }).map_err(refuse)
}

#[handler]
pub fn banner(Form(mail): Form<Mail>) -> Result<String> {
    let mut tera = Tera::default();
    let page = format!("<header>{}</header>{{{{ company }}}}", mail.subject);
    tera.add_raw_templates([("page.html", page.as_str())]).map_err(refuse)?; // flaw: template-injection
    let mut context = Context::new();
    context.insert("company", "Example");
    tera.render("page.html", &context).map_err(refuse)
}

#[handler]
pub fn reply(Form(mail): Form<Mail>) -> Result<String> {
    Reply { name: &mail.subject, text: &mail.body }.render().map_err(refuse) // fine: template-injection
}
