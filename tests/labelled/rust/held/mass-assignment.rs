use mongodb::bson::{doc, Document};
use mongodb::Collection;
use poem::session::Session;
use poem::web::{Data, Form, Json};
use poem::{handler, http::StatusCode, Error, Result};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseConnection, EntityTrait, IntoActiveModel};
use serde::Deserialize;

pub mod tenant {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "tenants")]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[serde(skip_deserializing)]
        pub id: i32,
        pub title: String,
        pub plan: String,
        pub verified: bool,
        pub owner_id: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const EDITABLE: &[&str] = &["title", "color"];

#[derive(Deserialize)]
pub struct TenantForm {
    title: String,
}

fn failed<E>(_: E) -> Error {
    Error::from_status(StatusCode::INTERNAL_SERVER_ERROR)
}

fn owner(session: &Session) -> Result<i32> {
    session.get::<i32>("uid").ok_or_else(|| Error::from_status(StatusCode::UNAUTHORIZED))
}

async fn own(db: &DatabaseConnection, session: &Session) -> Result<tenant::ActiveModel> {
    let found = tenant::Entity::find_by_id(owner(session)?).one(db).await.map_err(failed)?;
    found.map(IntoActiveModel::into_active_model).ok_or_else(|| Error::from_status(StatusCode::NOT_FOUND))
}

#[handler]
pub async fn create(db: Data<&DatabaseConnection>, Json(body): Json<serde_json::Value>) -> Result<StatusCode> {
    let model = tenant::ActiveModel::from_json(body).map_err(failed)?; // flaw: mass-assignment
    model.insert(*db).await.map_err(failed)?;
    Ok(StatusCode::CREATED)
}

#[handler]
pub async fn create_titled(db: Data<&DatabaseConnection>, session: &Session, Form(form): Form<TenantForm>) -> Result<StatusCode> {
    let model = tenant::ActiveModel {
        title: Set(form.title), // fine: mass-assignment
        plan: Set("free".into()),
        verified: Set(false),
        owner_id: Set(owner(session)?),
        ..Default::default()
    };
    model.insert(*db).await.map_err(failed)?;
    Ok(StatusCode::CREATED)
}

#[handler]
pub async fn update(db: Data<&DatabaseConnection>, session: &Session, Json(body): Json<serde_json::Value>) -> Result<StatusCode> {
    let mut model = own(*db, session).await?;
    model.set_from_json(body).map_err(failed)?; // flaw: mass-assignment
    model.update(*db).await.map_err(failed)?;
    Ok(StatusCode::NO_CONTENT)
}

#[handler]
pub async fn retitle(db: Data<&DatabaseConnection>, session: &Session, Json(body): Json<tenant::Model>) -> Result<StatusCode> {
    let mut model = own(*db, session).await?;
    model.title = Set(body.title); // fine: mass-assignment
    model.update(*db).await.map_err(failed)?;
    Ok(StatusCode::NO_CONTENT)
}

fn changes(body: Document, only: Option<&[&str]>) -> Document {
    body.into_iter().filter(|(k, _)| only.map_or(k != "_id", |names| names.contains(&k.as_str()))).collect()
}

#[handler]
pub async fn patch(docs: Data<&Collection<Document>>, session: &Session, Json(body): Json<Document>) -> Result<StatusCode> {
    let set = doc! { "$set": changes(body, None) };
    docs.update_one(doc! { "owner": owner(session)? }, set).await.map_err(failed)?; // flaw: mass-assignment
    Ok(StatusCode::NO_CONTENT)
}

#[handler]
pub async fn patch_some(docs: Data<&Collection<Document>>, session: &Session, Json(body): Json<Document>) -> Result<StatusCode> {
    let set = doc! { "$set": changes(body, Some(EDITABLE)) };
    docs.update_one(doc! { "owner": owner(session)? }, set).await.map_err(failed)?; // fine: mass-assignment
    Ok(StatusCode::NO_CONTENT)
}

#[handler]
pub async fn import(db: Data<&DatabaseConnection>, Json(rows): Json<Vec<tenant::Model>>) -> Result<StatusCode> {
    let models = rows.into_iter().map(|row| tenant::ActiveModel { id: Default::default(), ..row.into() });
    tenant::Entity::insert_many(models).exec(*db).await.map_err(failed)?; // flaw: mass-assignment
    Ok(StatusCode::CREATED)
}

#[handler]
pub async fn color(docs: Data<&Collection<Document>>, session: &Session, Json(body): Json<Document>) -> Result<StatusCode> {
    let color = body.get_str("color").unwrap_or("grey").to_owned();
    docs.update_one(doc! { "owner": owner(session)? }, doc! { "$set": { "color": color } }).await.map_err(failed)?; // fine: mass-assignment
    Ok(StatusCode::NO_CONTENT)
}
