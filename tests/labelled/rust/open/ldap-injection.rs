use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::Json;
use ldap3::{dn_escape, ldap_escape, Ldap, Scope};
use serde::Deserialize;
use std::collections::HashMap;

const PEOPLE: &str = "ou=people,dc=example,dc=org";

type Reply = Result<Json<usize>, StatusCode>;

#[derive(Deserialize)]
pub struct Terms {
    city: Option<String>,
    surname: Option<String>,
}

fn gateway<E>(_: E) -> StatusCode {
    StatusCode::BAD_GATEWAY
}

async fn entries(ldap: &mut Ldap, filter: &str) -> Reply {
    let result = ldap.search(PEOPLE, Scope::Subtree, filter, vec!["cn"]).await; // flaw: ldap-injection
    let (rows, _) = result.map_err(gateway)?.success().map_err(gateway)?;
    Ok(Json(rows.len()))
}

pub async fn badge(State(mut ldap): State<Ldap>, Query(q): Query<HashMap<String, String>>) -> Reply {
    let badge = q.get("badge").ok_or(StatusCode::BAD_REQUEST)?;
    let found = ldap.search(PEOPLE, Scope::Subtree, &format!("(badge={badge})"), vec!["cn"]).await; // flaw: ldap-injection
    Ok(Json(found.map_err(gateway)?.0.len()))
}

pub async fn badge_escaped(State(mut ldap): State<Ldap>, Query(q): Query<HashMap<String, String>>) -> Reply {
    let badge = q.get("badge").ok_or(StatusCode::BAD_REQUEST)?;
    let filter = format!("(badge={})", ldap_escape(badge.as_str()));
    let found = ldap.search(PEOPLE, Scope::Subtree, &filter, vec!["cn"]).await; // fine: ldap-injection
    Ok(Json(found.map_err(gateway)?.0.len()))
}

pub async fn terms(State(mut ldap): State<Ldap>, Query(t): Query<Terms>) -> Reply {
    let mut filter = String::from("(&(objectClass=person)");
    for (name, value) in [("l", t.city), ("sn", t.surname)] {
        if let Some(value) = value {
            filter.push_str(&format!("({name}={value})"));
        }
    }
    filter.push(')');
    entries(&mut ldap, &filter).await
}

pub async fn number(State(mut ldap): State<Ldap>, Path(number): Path<u32>) -> Reply {
    let filter = format!("(employeeNumber={number})");
    let found = ldap.search(PEOPLE, Scope::OneLevel, &filter, vec!["cn"]).await; // fine: ldap-injection
    Ok(Json(found.map_err(gateway)?.0.len()))
}

pub async fn remove(State(mut ldap): State<Ldap>, Path(uid): Path<String>) -> Result<StatusCode, StatusCode> {
    let dn = ["uid=", &uid, ",", PEOPLE].concat();
    ldap.delete(&dn).await.map_err(gateway)?; // flaw: ldap-injection
    Ok(StatusCode::NO_CONTENT)
}

pub async fn remove_guest(State(mut ldap): State<Ldap>, Path(uid): Path<String>) -> Result<StatusCode, StatusCode> {
    let dn = format!("uid={},ou=guests,{PEOPLE}", dn_escape(uid.as_str()));
    ldap.delete(&dn).await.map_err(gateway)?; // fine: ldap-injection
    Ok(StatusCode::NO_CONTENT)
}

pub async fn bind(State(mut ldap): State<Ldap>, Form(f): Form<HashMap<String, String>>) -> Result<StatusCode, StatusCode> {
    let user = f.get("user").map(|u| u.trim()).unwrap_or_default();
    let secret = f.get("secret").filter(|s| !s.is_empty()).ok_or(StatusCode::BAD_REQUEST)?;
    ldap.simple_bind(&format!("uid={user},{PEOPLE}"), secret).await.map_err(gateway)?.success().map_err(gateway)?; // flaw: ldap-injection
    Ok(StatusCode::NO_CONTENT)
}

pub async fn kind(State(mut ldap): State<Ldap>, Path(kind): Path<String>) -> Reply {
    let filter = match kind.as_str() {
        "staff" => "(employeeType=staff)",
        "guest" => "(employeeType=guest)",
        _ => return Err(StatusCode::NOT_FOUND),
    };
    let found = ldap.search(PEOPLE, Scope::Subtree, filter, vec!["cn"]).await; // fine: ldap-injection
    Ok(Json(found.map_err(gateway)?.0.len()))
}
