use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::Json;
use mongodb::bson::{doc, oid::ObjectId, Bson, Document};
use mongodb::{Collection, Database};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

const FIELDS: &[&str] = &["city", "team", "level"];

type Reply = Result<Json<u64>, StatusCode>;

#[derive(Deserialize)]
pub struct Login {
    name: String,
    pin: String,
}

fn people(db: &Database) -> Collection<Document> {
    db.collection("people")
}

async fn count(db: &Database, filter: Document) -> Reply {
    people(db).count_documents(filter).await.map(Json).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

fn parse(text: &str) -> Result<Document, StatusCode> {
    serde_json::from_str(text).map_err(|_| StatusCode::BAD_REQUEST)
}

pub async fn filter(State(db): State<Database>, Json(filter): Json<Document>) -> Result<Json<bool>, StatusCode> {
    let found = people(&db).find_one(filter).await; // flaw: nosql-injection
    found.map(|d| Json(d.is_some())).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

pub async fn login(State(db): State<Database>, Json(login): Json<Login>) -> Result<Json<bool>, StatusCode> {
    let found = people(&db).find_one(doc! { "name": login.name, "pin": login.pin }).await; // fine: nosql-injection
    found.map(|d| Json(d.is_some())).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

pub async fn sign_in(State(db): State<Database>, Json(body): Json<HashMap<String, Value>>) -> Result<Json<bool>, StatusCode> {
    let name = body.get("name").cloned().unwrap_or_default();
    let pin = body.get("pin").cloned().unwrap_or_default();
    let name = Bson::try_from(name).map_err(|_| StatusCode::BAD_REQUEST)?;
    let pin = Bson::try_from(pin).map_err(|_| StatusCode::BAD_REQUEST)?;
    let found = people(&db).find_one(doc! { "name": name, "pin": pin }).await; // flaw: nosql-injection
    found.map(|d| Json(d.is_some())).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

pub async fn older(State(db): State<Database>, Query(q): Query<HashMap<String, String>>) -> Reply {
    let age = q.get("age").map(String::as_str).unwrap_or("18");
    let script = format!("this.age > {age} && !this.hidden");
    count(&db, doc! { "$where": script }).await // flaw: nosql-injection
}

pub async fn adults(State(db): State<Database>, Query(q): Query<HashMap<String, String>>) -> Reply {
    let age: u8 = q.get("age").and_then(|a| a.parse().ok()).unwrap_or(18);
    count(&db, doc! { "$where": format!("this.age > {age} && !this.hidden") }).await // fine: nosql-injection
}

pub async fn owned(State(db): State<Database>, Path(owner): Path<String>) -> Reply {
    let text = String::from("{\"hidden\": false, \"owner\": \"") + &owner + "\"}";
    count(&db, parse(&text)?).await // flaw: nosql-injection
}

pub async fn by_id(State(db): State<Database>, Path(id): Path<String>) -> Reply {
    let id = ObjectId::parse_str(&id).map_err(|_| StatusCode::BAD_REQUEST)?;
    count(&db, doc! { "_id": id }).await // fine: nosql-injection
}

pub async fn narrow(State(db): State<Database>, Query(q): Query<HashMap<String, String>>) -> Reply {
    let mut filter = doc! { "hidden": false };
    for field in FIELDS {
        if let Some(value) = q.get(*field) {
            filter.insert(*field, value.as_str());
        }
    }
    count(&db, filter).await // fine: nosql-injection
}
