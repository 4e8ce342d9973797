use elasticsearch::{Elasticsearch, SearchParts};
use mongodb::bson::{self, doc, Document};
use mongodb::sync::Collection;
use neo4rs::{query, Graph};
use rocket::serde::json::Json;
use rocket::{get, post, State};
use scylla::Session;
use serde::Deserialize;
use serde_json::{json, Value};

#[derive(Deserialize)]
pub struct Note {
    owner: String,
    text: String,
}

pub struct Notes(Collection<Document>);

impl Notes {
    fn count(&self, filter: Document) -> Option<Json<u64>> {
        self.0.count_documents(filter).run().ok().map(Json) // flaw: nosql-injection
    }

    fn owned(&self, owner: &str, text: &str) -> Option<Json<u64>> {
        self.0.count_documents(doc! { "owner": owner, "text": { "$eq": text } }).run().ok().map(Json) // fine: nosql-injection
    }
}

#[post("/notes/find", data = "<filter>")]
pub fn find(filter: Json<Value>, notes: &State<Notes>) -> Option<Json<u64>> {
    let mut document = bson::to_document(&filter.into_inner()).ok()?;
    document.remove("secret");
    notes.count(document)
}

#[post("/notes/owned", data = "<note>")]
pub fn owned(note: Json<Note>, notes: &State<Notes>) -> Option<Json<u64>> {
    notes.owned(&note.owner, &note.text)
}

#[get("/friends/<name>")]
pub async fn friends(name: &str, graph: &State<Graph>) -> Option<()> {
    graph.run(query(&format!("MATCH (p:Person {{name: '{name}'}}) SET p.seen = true"))).await.ok() // flaw: nosql-injection
}

#[get("/colleagues/<name>")]
pub async fn colleagues(name: &str, graph: &State<Graph>) -> Option<()> {
    graph.run(query("MATCH (p:Person {name: $name}) SET p.seen = true").param("name", name)).await.ok() // fine: nosql-injection
}

#[get("/orders?<customer>&<state>")]
pub async fn orders(customer: &str, state: Option<&str>, session: &State<Session>) -> Option<Json<usize>> {
    let mut cql = format!("SELECT id FROM orders WHERE customer = '{customer}'");
    if let Some(state) = state {
        cql += &format!(" AND state = '{state}' ALLOW FILTERING");
    }
    let result = session.query(cql, &[]).await.ok()?; // flaw: nosql-injection
    Some(Json(result.rows?.len()))
}

#[get("/order?<reference>")]
pub async fn order(reference: &str, session: &State<Session>) -> Option<Json<usize>> {
    let result = session.query("SELECT id FROM orders WHERE reference = ?", (reference,)).await.ok()?; // fine: nosql-injection
    Some(Json(result.rows?.len()))
}

#[get("/documents?<q>")]
pub async fn documents(q: &str, es: &State<Elasticsearch>) -> Option<Value> {
    let text = r#"{"query": {"bool": {"filter": {"term": {"public": true}}, "must": {"match": {"text": "@"}}}}}"#.replace('@', q);
    let body: Value = serde_json::from_str(&text).ok()?;
    es.search(SearchParts::Index(&["documents"])).body(body).send().await.ok()?.json().await.ok() // flaw: nosql-injection
}

#[get("/public?<q>")]
pub async fn public(q: &str, es: &State<Elasticsearch>) -> Option<Value> {
    let body = json!({ "query": { "bool": { "filter": { "term": { "public": true } }, "must": { "match": { "text": q } } } } });
    es.search(SearchParts::Index(&["documents"])).body(body).send().await.ok()?.json().await.ok() // fine: nosql-injection
}
