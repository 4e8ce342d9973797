use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::Json;
use std::sync::Arc;
use sxd_document::parser;
use sxd_xpath::{evaluate_xpath, Context, Factory, Value};

const RECENT: &str = "//book[@state='new']/title";

type Doc = State<Arc<String>>;

type Reply = Result<Json<String>, StatusCode>;

fn refuse<E>(_: E) -> StatusCode {
    StatusCode::BAD_REQUEST
}

fn evaluate(xml: &str, expression: &str) -> Reply {
    let package = parser::parse(xml).map_err(refuse)?;
    let value = evaluate_xpath(&package.as_document(), expression).map_err(refuse)?; // flaw: xpath-injection
    Ok(Json(value.string()))
}

fn literal(text: &str) -> Option<String> {
    if text.contains('\'') || text.contains('"') {
        return None;
    }
    Some(format!("'{text}'"))
}

pub async fn author(State(xml): Doc, Query(q): Query<HashMap<String, String>>) -> Reply {
    let package = parser::parse(&xml).map_err(refuse)?;
    let author = q.get("author").ok_or(StatusCode::BAD_REQUEST)?;
    let value = evaluate_xpath(&package.as_document(), &format!("//book[author='{author}']/title")).map_err(refuse)?; // flaw: xpath-injection
    Ok(Json(value.string()))
}

pub async fn writer(State(xml): Doc, Query(q): Query<HashMap<String, String>>) -> Reply {
    let package = parser::parse(&xml).map_err(refuse)?;
    let mut context = Context::new();
    context.set_variable("author", q.get("author").map_or("", |a| a));
    let xpath = Factory::new().build("//book[author=$author]/title").map_err(refuse)?.ok_or(StatusCode::BAD_REQUEST)?; // fine: xpath-injection
    let value = xpath.evaluate(&context, package.as_document().root()).map_err(refuse)?;
    Ok(Json(value.string()))
}

pub async fn year(State(xml): Doc, Path(year): Path<u16>) -> Reply {
    let package = parser::parse(&xml).map_err(refuse)?;
    let value = evaluate_xpath(&package.as_document(), &format!("//book[@year={year}]/title")).map_err(refuse)?; // fine: xpath-injection
    Ok(Json(value.string()))
}

pub async fn search(State(xml): Doc, Query(q): Query<HashMap<String, String>>) -> Reply {
    let predicates: Vec<String> = q.iter().map(|(k, v)| format!("{k}=\"{v}\"")).collect();
    evaluate(&xml, &format!("//book[{}]/title", predicates.join(" and ")))
}

pub async fn recent(State(xml): Doc) -> Reply {
    let package = parser::parse(&xml).map_err(refuse)?;
    let value = evaluate_xpath(&package.as_document(), RECENT).map_err(refuse)?; // fine: xpath-injection
    Ok(Json(value.string()))
}

pub async fn publisher(State(xml): Doc, Path(name): Path<String>) -> Reply {
    let package = parser::parse(&xml).map_err(refuse)?;
    let name = literal(&name).ok_or(StatusCode::BAD_REQUEST)?;
    let expression = ["//book[publisher=", &name, "]/title"].concat();
    let value = evaluate_xpath(&package.as_document(), &expression).map_err(refuse)?; // fine: xpath-injection
    Ok(Json(value.string()))
}

pub async fn member(State(xml): Doc, Query(q): Query<HashMap<String, String>>) -> Result<StatusCode, StatusCode> {
    let package = parser::parse(&xml).map_err(refuse)?;
    let mut expression = String::from("boolean(//member[@card='");
    expression += q.get("card").map_or("", |c| c);
    expression += "' and @pin='";
    expression += q.get("pin").map_or("", |p| p);
    expression += "'])";
    match evaluate_xpath(&package.as_document(), &expression) { // flaw: xpath-injection
        Ok(Value::Boolean(true)) => Ok(StatusCode::NO_CONTENT),
        _ => Err(StatusCode::UNAUTHORIZED),
    }
}

pub async fn field(State(xml): Doc, Path(field): Path<String>) -> Reply {
    let package = parser::parse(&xml).map_err(refuse)?;
    let path = if field.is_empty() { "//book[1]".to_string() } else { "//book[1]/".to_string() + &field };
    let xpath = Factory::new().build(&path).map_err(refuse)?.ok_or(StatusCode::BAD_REQUEST)?; // flaw: xpath-injection
    let value = xpath.evaluate(&Context::new(), package.as_document().root()).map_err(refuse)?;
    Ok(Json(value.string()))
}
