use libxml::parser::Parser;
use libxml::tree::Document;
use libxml::xpath::Context;
use poem::web::{Data, Path, Query};
use poem::{handler, http::StatusCode, Error, Result};
use serde::Deserialize;
use sxd_xpath::Factory;
use xee_xpath::{Documents, Queries, Query as _};

#[derive(Deserialize)]
pub struct Device {
    zone: Option<String>,
    kind: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Low,
    High,
}

fn refuse<E>(_: E) -> Error {
    Error::from_status(StatusCode::BAD_REQUEST)
}

fn parse(xml: &str) -> Result<Document> {
    Parser::default().parse_string(xml).map_err(refuse)
}

struct Finder {
    context: Context,
}

impl Finder {
    fn new(xml: &str) -> Result<Self> {
        Ok(Finder { context: Context::new(&parse(xml)?).map_err(refuse)? })
    }

    fn count(&self, expression: &str) -> Result<String> {
        let found = self.context.evaluate(expression).map_err(refuse)?; // flaw: xpath-injection
        Ok(found.get_number_of_nodes().to_string())
    }

    fn serials(&self) -> Result<Vec<String>> {
        let found = self.context.evaluate("/devices/device/@serial").map_err(refuse)?; // fine: xpath-injection
        Ok(found.get_nodes_as_vec().iter().map(|n| n.get_content()).collect())
    }
}

#[handler]
pub fn option(Path(name): Path<String>, xml: Data<&String>) -> Result<String> {
    let mut context = Context::new(&parse(&xml)?).map_err(refuse)?;
    context.findvalue(&format!("//option[@name='{name}']/value"), None).map_err(refuse) // flaw: xpath-injection
}

#[handler]
pub fn level(Query(level): Query<Level>, xml: Data<&String>) -> Result<String> {
    let name = match level {
        Level::Low => "low",
        Level::High => "high",
    };
    let mut context = Context::new(&parse(&xml)?).map_err(refuse)?;
    context.findvalue(&format!("//option[@level='{name}']/value"), None).map_err(refuse) // fine: xpath-injection
}

#[handler]
pub fn devices(Query(d): Query<Device>, xml: Data<&String>) -> Result<String> {
    let mut expression = String::from("/devices/device");
    for (name, value) in [("zone", d.zone), ("kind", d.kind)] {
        if let Some(value) = value {
            expression.push_str(&format!("[@{name}=\"{value}\"]"));
        }
    }
    Finder::new(&xml)?.count(&expression)
}

#[handler]
pub fn serial(Path(wanted): Path<String>, xml: Data<&String>) -> Result<String> {
    let all = Finder::new(&xml)?.serials()?;
    Ok(all.iter().filter(|s| **s == wanted).count().to_string())
}

#[handler]
pub fn row(Path(n): Path<usize>, xml: Data<&String>) -> Result<String> {
    let document = parse(&xml)?;
    let root = document.get_root_element().ok_or_else(|| refuse(()))?;
    let nodes = root.findnodes(&format!("row[{n}]/cell")).map_err(refuse)?; // fine: xpath-injection
    Ok(nodes.len().to_string())
}

#[handler]
pub fn cells(Path(tag): Path<String>, xml: Data<&String>) -> Result<String> {
    let document = parse(&xml)?;
    let root = document.get_root_element().ok_or_else(|| refuse(()))?;
    let steps = tag.split('.').collect::<Vec<_>>().join("/");
    let nodes = root.findnodes(&("row/".to_owned() + &steps)).map_err(refuse)?; // flaw: xpath-injection
    Ok(nodes.len().to_string())
}

#[handler]
pub fn owner(Path(owner): Path<String>, xml: Data<&String>) -> Result<String> {
    if !owner.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(refuse(()));
    }
    let package = sxd_document::parser::parse(&xml).map_err(refuse)?;
    let xpath = Factory::new().build(&format!("count(//item[owner='{owner}'])")).map_err(refuse)?.ok_or_else(|| refuse(()))?; // fine: xpath-injection
    let value = xpath.evaluate(&sxd_xpath::Context::new(), package.as_document().root()).map_err(refuse)?;
    Ok(value.string())
}

#[handler]
pub fn modern(Query(d): Query<Device>, xml: Data<&String>) -> Result<String> {
    let mut documents = Documents::new();
    let handle = documents.add_string_without_uri(&xml).map_err(refuse)?;
    let text = format!("string(//device[kind = '{}'][1])", d.kind.unwrap_or_default());
    let query = Queries::default().one(&text, |_, item| Ok(item.try_into_value::<String>()?)).map_err(refuse)?; // flaw: xpath-injection
    query.execute(&mut documents, handle).map_err(refuse)
}
