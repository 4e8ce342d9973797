use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use rocket::serde::json::Json;
use rocket::{delete, get, post, FromFormField, State};
use rusqlite::{params, params_from_iter, Connection};
use std::sync::Mutex;
use tokio_postgres::Client;

#[derive(FromFormField, Clone, Copy, Debug)]
pub enum Column {
    Name,
    Stock,
}

#[derive(QueryableByName, serde::Serialize)]
pub struct Part {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
}

type Local = State<Mutex<Connection>>;

struct Filter {
    clauses: Vec<String>,
}

impl Filter {
    fn new() -> Self {
        Filter { clauses: vec!["stock >= 0".into()] }
    }

    fn and(mut self, field: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.clauses.push(format!("{field} = '{value}'"));
        }
        self
    }

    fn sql(&self) -> String {
        format!("SELECT count(*) FROM parts WHERE {}", self.clauses.join(" AND "))
    }
}

#[get("/named?<name>")]
pub fn named(name: &str, db: &Local) -> Option<Json<i64>> {
    let db = db.lock().ok()?;
    db.query_row(&format!("SELECT id FROM parts WHERE name = '{name}'"), [], |r| r.get(0)).ok().map(Json) // flaw: sql-injection
}

#[get("/called?<name>")]
pub fn called(name: &str, db: &Local) -> Option<Json<i64>> {
    let db = db.lock().ok()?;
    db.query_row("SELECT id FROM parts WHERE name = ?1", params![name], |r| r.get(0)).ok().map(Json) // fine: sql-injection
}

#[get("/count?<color>&<site>")]
pub fn count(color: Option<&str>, site: Option<&str>, db: &Local) -> Option<Json<i64>> {
    let sql = Filter::new().and("color", color).and("site", site).sql();
    let db = db.lock().ok()?;
    let mut statement = db.prepare(&sql).ok()?; // flaw: sql-injection
    statement.query_row([], |r| r.get(0)).ok().map(Json)
}

#[post("/some", data = "<refs>")]
pub fn some(refs: Json<Vec<String>>, db: &Local) -> Option<Json<i64>> {
    let marks = vec!["?"; refs.len()].join(", ");
    let sql = format!("SELECT count(*) FROM parts WHERE ref IN ({marks})");
    let db = db.lock().ok()?;
    db.query_row(&sql, params_from_iter(refs.iter()), |r| r.get(0)).ok().map(Json) // fine: sql-injection
}

#[delete("/labels", data = "<labels>")]
pub fn labels(labels: Json<Vec<String>>, db: &Local) -> Option<()> {
    let mut script = String::from("BEGIN;");
    for label in labels.iter() {
        script.push_str("DELETE FROM labels WHERE text = '");
        script.push_str(label);
        script.push_str("';");
    }
    script.push_str("COMMIT;");
    db.lock().ok()?.execute_batch(&script).ok() // flaw: sql-injection
}

pub fn search(conn: &mut PgConnection, text: &str) -> QueryResult<Vec<Part>> {
    let mut query = String::from("SELECT id, name FROM parts");
    if !text.is_empty() {
        query += " WHERE note ILIKE '%";
        query += text;
        query += "%'";
    }
    diesel::sql_query(query).load(conn) // flaw: sql-injection
}

pub fn search_bound(conn: &mut PgConnection, text: &str) -> QueryResult<Vec<Part>> {
    diesel::sql_query("SELECT id, name FROM parts WHERE note ILIKE $1") // fine: sql-injection
        .bind::<Text, _>(format!("%{text}%"))
        .load(conn)
}

#[get("/sorted?<by>")]
pub async fn sorted(by: Column, client: &State<Client>) -> Option<Json<usize>> {
    let column = format!("{by:?}").to_lowercase();
    let rows = client.query(&format!("SELECT id FROM parts ORDER BY {column} LIMIT 50"), &[]).await.ok()?; // fine: sql-injection
    Some(Json(rows.len()))
}

#[get("/ordered?<by>")]
pub async fn ordered(by: String, client: &State<Client>) -> Option<Json<usize>> {
    let statement = client.prepare(&("SELECT id FROM parts ORDER BY ".to_string() + &by)).await.ok()?; // flaw: sql-injection
    Some(Json(client.query(&statement, &[]).await.ok()?.len()))
}
