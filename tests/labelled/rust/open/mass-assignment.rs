use actix_web::{patch, post, put, web, HttpResponse};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

diesel::table! {
    members (id) {
        id -> Int8,
        name -> Text,
        mail -> Text,
        role -> Text,
        balance -> Int8,
    }
}

type Db = web::Data<Pool<ConnectionManager<PgConnection>>>;

const EDITABLE: [&str; 2] = ["name", "mail"];

#[derive(Clone, Serialize, Deserialize, Insertable, AsChangeset, Queryable)]
#[diesel(table_name = members)]
struct Member {
    id: i64,
    name: String,
    mail: String,
    role: String,
    balance: i64,
}

#[derive(Deserialize, Insertable, AsChangeset)]
#[diesel(table_name = members)]
struct MemberForm {
    name: String,
    mail: String,
}

struct Current(i64);

fn load(conn: &mut PgConnection, id: i64) -> QueryResult<Member> {
    members::table.find(id).first(conn)
}

fn save(conn: &mut PgConnection, member: &Member) -> HttpResponse {
    match diesel::update(members::table.find(member.id)).set(member).execute(conn) {
        Ok(_) => HttpResponse::NoContent().finish(),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

fn merge(member: &Member, changes: Map<String, Value>) -> Option<Member> {
    let mut value = serde_json::to_value(member).ok()?;
    let object = value.as_object_mut()?;
    object.extend(changes);
    serde_json::from_value(value).ok()
}

#[post("/members")]
async fn register(db: Db, member: web::Json<Member>) -> HttpResponse {
    let mut conn = db.get().expect("pool");
    let result = diesel::insert_into(members::table).values(member.into_inner()).execute(&mut conn); // flaw: mass-assignment
    HttpResponse::Ok().json(result.unwrap_or(0))
}

#[post("/members/form")]
async fn register_form(db: Db, form: web::Json<MemberForm>) -> HttpResponse {
    let mut conn = db.get().expect("pool");
    let result = diesel::insert_into(members::table).values(form.into_inner()).execute(&mut conn); // fine: mass-assignment
    HttpResponse::Ok().json(result.unwrap_or(0))
}

#[put("/me")]
async fn put_me(db: Db, me: web::ReqData<std::rc::Rc<Current>>, body: web::Json<Member>) -> HttpResponse {
    let mut conn = db.get().expect("pool");
    let mut member = body.into_inner();
    member.id = me.0;
    save(&mut conn, &member) // flaw: mass-assignment
}

#[put("/me/form")]
async fn put_form(db: Db, me: web::ReqData<std::rc::Rc<Current>>, form: web::Json<MemberForm>) -> HttpResponse {
    let mut conn = db.get().expect("pool");
    let result = diesel::update(members::table.find(me.0)).set(form.into_inner()).execute(&mut conn); // fine: mass-assignment
    HttpResponse::Ok().json(result.unwrap_or(0))
}

#[patch("/me")]
async fn patch_me(db: Db, me: web::ReqData<std::rc::Rc<Current>>, body: web::Json<Map<String, Value>>) -> HttpResponse {
    let mut conn = db.get().expect("pool");
    let Ok(member) = load(&mut conn, me.0) else { return HttpResponse::NotFound().finish() };
    match merge(&member, body.into_inner()) { // flaw: mass-assignment
        Some(changed) => save(&mut conn, &Member { id: me.0, ..changed }),
        None => HttpResponse::BadRequest().finish(),
    }
}

#[patch("/me/some")]
async fn patch_some(db: Db, me: web::ReqData<std::rc::Rc<Current>>, body: web::Json<Map<String, Value>>) -> HttpResponse {
    let mut conn = db.get().expect("pool");
    let Ok(member) = load(&mut conn, me.0) else { return HttpResponse::NotFound().finish() };
    let changes = body.into_inner().into_iter().filter(|(k, _)| EDITABLE.contains(&k.as_str())).collect();
    match merge(&member, changes) { // fine: mass-assignment
        Some(changed) => save(&mut conn, &changed),
        None => HttpResponse::BadRequest().finish(),
    }
}

#[post("/invite")]
async fn invite(db: Db, body: web::Json<Vec<Member>>) -> HttpResponse {
    let mut conn = db.get().expect("pool");
    for member in body.into_inner() {
        if member.name.is_empty() {
            continue;
        }
        let _ = diesel::insert_into(members::table).values(&member).execute(&mut conn); // flaw: mass-assignment
    }
    HttpResponse::Created().finish()
}

#[post("/guest")]
async fn guest(db: Db, body: web::Json<Member>) -> HttpResponse {
    let mut conn = db.get().expect("pool");
    let row = (members::name.eq(&body.name), members::mail.eq(&body.mail), members::role.eq("guest"));
    let _ = diesel::insert_into(members::table).values(row).execute(&mut conn); // fine: mass-assignment
    HttpResponse::Created().finish()
}
