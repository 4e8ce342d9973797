use actix_web::{delete, get, web, HttpResponse};
use serde::{Deserialize, Serialize};
use sqlx::{postgres::PgRow, FromRow, PgPool, Postgres, QueryBuilder};

const SELECT: &str = "SELECT id, customer FROM orders";

#[derive(Serialize, FromRow)]
struct Order {
    id: i64,
    customer: String,
}

#[derive(Deserialize)]
struct Search {
    customer: Option<String>,
    city: Option<String>,
    sort: Option<String>,
    page: Option<i64>,
}

struct Store {
    pool: PgPool,
}

impl Store {
    async fn load(&self, condition: &str) -> Result<Vec<Order>, sqlx::Error> {
        let sql = format!("{SELECT} WHERE {condition}");
        sqlx::query_as::<_, Order>(&sql).fetch_all(&self.pool).await // flaw: sql-injection
    }

    async fn by_customer(&self, customer: &str) -> Result<Vec<Order>, sqlx::Error> {
        let sql = format!("{SELECT} WHERE customer = $1");
        sqlx::query_as::<_, Order>(&sql).bind(customer).fetch_all(&self.pool).await // fine: sql-injection
    }
}

fn reply(result: Result<Vec<Order>, sqlx::Error>) -> HttpResponse {
    match result {
        Ok(list) => HttpResponse::Ok().json(list),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

#[get("/orders/of/{name}")]
async fn of(path: web::Path<String>, pool: web::Data<PgPool>) -> HttpResponse {
    let rows: Result<Vec<PgRow>, _> =
        sqlx::query(&format!("SELECT id FROM orders WHERE customer = '{}'", path.into_inner())).fetch_all(pool.get_ref()).await; // flaw: sql-injection
    HttpResponse::Ok().json(rows.map(|r| r.len()).unwrap_or(0))
}

#[get("/orders")]
async fn search(q: web::Query<Search>, store: web::Data<Store>) -> HttpResponse {
    let mut clauses = Vec::new();
    if let Some(c) = &q.customer {
        clauses.push(format!("customer = '{c}'"));
    }
    if let Some(c) = &q.city {
        clauses.push("city = '".to_owned() + c + "'");
    }
    if clauses.is_empty() {
        clauses.push("TRUE".into());
    }
    reply(store.load(&clauses.join(" AND ")).await)
}

#[get("/orders/built")]
async fn built(q: web::Query<Search>, pool: web::Data<PgPool>) -> HttpResponse {
    let mut builder = QueryBuilder::<Postgres>::new(SELECT);
    builder.push(" WHERE customer = ").push_bind(q.customer.clone()); // fine: sql-injection
    builder.push(" LIMIT 20 OFFSET ").push_bind(q.page.unwrap_or(0) * 20);
    reply(builder.build_query_as::<Order>().fetch_all(pool.get_ref()).await)
}

#[get("/orders/sorted")]
async fn sorted(q: web::Query<Search>, pool: web::Data<PgPool>) -> HttpResponse {
    let column = match q.sort.as_deref() {
        Some("customer") => "customer",
        Some("total") => "total",
        _ => "id",
    };
    let sql = format!("{SELECT} ORDER BY {column} DESC LIMIT 50");
    reply(sqlx::query_as::<_, Order>(&sql).fetch_all(pool.get_ref()).await) // fine: sql-injection
}

#[get("/orders/ranked")]
async fn ranked(q: web::Query<Search>, pool: web::Data<PgPool>) -> HttpResponse {
    let mut builder = QueryBuilder::<Postgres>::new(SELECT);
    if let Some(sort) = &q.sort {
        builder.push(" ORDER BY ").push(sort); // flaw: sql-injection
    }
    reply(builder.build_query_as::<Order>().fetch_all(pool.get_ref()).await)
}

#[get("/orders/page")]
async fn page(q: web::Query<Search>, pool: web::Data<PgPool>) -> HttpResponse {
    let offset = q.page.unwrap_or(0).max(0) * 20;
    let sql = SELECT.to_string() + " LIMIT 20 OFFSET " + &offset.to_string();
    reply(sqlx::query_as::<_, Order>(&sql).fetch_all(pool.get_ref()).await) // fine: sql-injection
}

#[delete("/orders/{reference}")]
async fn remove(path: web::Path<String>, pool: web::Data<PgPool>) -> HttpResponse {
    let reference = path.into_inner();
    let sql = ["DELETE FROM orders WHERE reference = '", reference.as_str(), "'"].concat();
    match sqlx::raw_sql(&sql).execute(pool.get_ref()).await { // flaw: sql-injection
        Ok(_) => HttpResponse::NoContent().finish(),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}
