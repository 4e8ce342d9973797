use boa_engine::{js_string, property::Attribute, Context, JsString, Source};
use poem::web::{Form, Path, Query};
use poem::{handler, http::StatusCode, Error, Result};
use rhai::{Dynamic, Engine, AST};
use rustpython_vm::Interpreter;
use serde::Deserialize;
use wasmtime::{Instance, Module, Store};

const SHIPPING: &str = "weight * 3 + 2";

static FILTER: &[u8] = include_bytes!("filter.wasm");

#[derive(Deserialize)]
pub struct Rule {
    condition: String,
    action: String,
}

#[derive(Deserialize)]
pub struct Limit {
    limit: i64,
}

fn refuse<E>(_: E) -> Error {
    Error::from_status(StatusCode::BAD_REQUEST)
}

struct Automation {
    engine: Engine,
    parts: Vec<String>,
}

impl Automation {
    fn new() -> Self {
        let mut engine = Engine::new();
        engine.register_fn("close_account", |id: i64| id);
        Automation { engine, parts: Vec::new() }
    }

    fn rule(mut self, rule: &Rule) -> Self {
        self.parts.push(format!("if {} {{ {} }}", rule.condition, rule.action));
        self
    }

    fn compile(&self) -> Result<AST> {
        self.engine.compile(self.parts.join("\n")).map_err(refuse)
    }

    fn run(&self) -> Result<()> {
        let ast = self.compile()?;
        self.engine.run_ast(&ast).map_err(refuse) // flaw: code-evaluation
    }

    fn call(&self, name: String) -> Result<String> {
        let ast = self.engine.compile("fn greet(name) { `Hi ${name}` }").map_err(refuse)?;
        let out: Dynamic = self.engine.call_fn(&mut rhai::Scope::new(), &ast, "greet", (name,)).map_err(refuse)?; // fine: code-evaluation
        Ok(out.to_string())
    }
}

#[handler]
pub fn rules(Form(rule): Form<Rule>) -> Result<()> {
    Automation::new().rule(&rule).run()
}

#[handler]
pub fn greet(Path(name): Path<String>) -> Result<String> {
    Automation::new().call(name)
}

#[handler]
pub fn js(body: String) -> Result<String> {
    let mut context = Context::default();
    let value = context.eval(Source::from_bytes(&body)).map_err(refuse)?; // flaw: code-evaluation
    Ok(value.display().to_string())
}

#[handler]
pub fn js_value(body: String) -> Result<String> {
    let mut context = Context::default();
    context.register_global_property(js_string!("text"), JsString::from(body.as_str()), Attribute::all()).map_err(refuse)?;
    let value = context.eval(Source::from_bytes("text.length * 2")).map_err(refuse)?; // fine: code-evaluation
    Ok(value.display().to_string())
}

#[handler]
pub fn shipping(Query(limit): Query<Limit>) -> Result<String> {
    let source = SHIPPING.replace("weight", &limit.limit.to_string());
    let value: i64 = Engine::new().eval_expression(&source).map_err(refuse)?; // fine: code-evaluation
    Ok(value.to_string())
}

#[handler]
pub fn python(Form(rule): Form<Rule>) -> Result<()> {
    let source = String::from("total = 100\nresult = ") + &rule.condition;
    Interpreter::without_stdlib(Default::default()).enter(|vm| {
        let scope = vm.new_scope_with_builtins();
        vm.run_code_string(scope, &source, "<rule>".to_owned()).map(|_| ()).map_err(refuse) // flaw: code-evaluation
    })
}

#[handler]
pub fn wasm(body: Vec<u8>) -> Result<()> {
    let engine = wasmtime::Engine::default();
    let module = unsafe { Module::deserialize(&engine, &body) }.map_err(refuse)?; // flaw: code-evaluation
    let mut store = Store::new(&engine, ());
    Instance::new(&mut store, &module, &[]).map(|_| ()).map_err(refuse)
}

#[handler]
pub fn filter() -> Result<()> {
    let engine = wasmtime::Engine::default();
    let module = Module::new(&engine, FILTER).map_err(refuse)?; // fine: code-evaluation
    let mut store = Store::new(&engine, ());
    Instance::new(&mut store, &module, &[]).map(|_| ()).map_err(refuse)
}
