use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use libloading::Library;
use mlua::Lua;
use pyo3::ffi::c_str;
use pyo3::prelude::*;
use rhai::{Engine, Scope};
use std::ffi::CString;

const DISCOUNT: &str = "total - total * percent / 100";

type Reply = Result<String, StatusCode>;

fn refused<E>(_: E) -> StatusCode {
    StatusCode::BAD_REQUEST
}

struct Rules {
    engine: Engine,
}

impl Rules {
    fn new() -> Self {
        let mut engine = Engine::new();
        engine.register_fn("delete_order", |id: i64| id);
        Rules { engine }
    }

    fn run(&self, source: &str) -> Reply {
        self.engine.eval::<i64>(source).map(|v| v.to_string()).map_err(refused) // flaw: code-evaluation
    }
}

pub async fn script(body: String) -> Reply {
    Lua::new().load(&body).eval::<String>().map_err(refused) // flaw: code-evaluation
}

pub async fn length(body: String) -> Reply {
    let lua = Lua::new();
    lua.globals().set("text", body).map_err(refused)?;
    lua.load("return tostring(#text)").eval::<String>().map_err(refused) // fine: code-evaluation
}

pub async fn steps(Query(q): Query<HashMap<String, String>>) -> Reply {
    let mut lines = vec!["let total = 100;".to_string()];
    for key in ["first", "second"] {
        if let Some(step) = q.get(key) {
            lines.push(format!("total = {step};"));
        }
    }
    lines.push("total".into());
    Rules::new().run(&lines.join("\n"))
}

pub async fn discount(Path((total, percent)): Path<(i64, i64)>) -> Reply {
    let rules = Rules::new();
    let mut scope = Scope::new();
    scope.push("total", total).push("percent", percent);
    rules.engine.eval_with_scope::<i64>(&mut scope, DISCOUNT).map(|v| v.to_string()).map_err(refused) // fine: code-evaluation
}

pub async fn shape(Path((shape, side)): Path<(String, i64)>) -> Reply {
    let formula = match shape.as_str() {
        "square" => "side * side",
        "cube" => "side * side * side",
        _ => return Err(StatusCode::NOT_FOUND),
    };
    let source = format!("let side = {side}; {formula}");
    Engine::new().eval::<i64>(&source).map(|v| v.to_string()).map_err(refused) // fine: code-evaluation
}

pub async fn python(Query(q): Query<HashMap<String, String>>) -> Reply {
    let expr = CString::new(q.get("expr").cloned().unwrap_or_default()).map_err(refused)?;
    Python::with_gil(|py| py.eval(expr.as_c_str(), None, None).map(|v| v.to_string())).map_err(refused) // flaw: code-evaluation
}

pub async fn version() -> Reply {
    Python::with_gil(|py| py.eval(c_str!("__import__('sys').version"), None, None).map(|v| v.to_string())).map_err(refused) // fine: code-evaluation
}

pub async fn plugin(Path(name): Path<String>) -> Result<StatusCode, StatusCode> {
    let file = if name.ends_with(".so") { name } else { name + ".so" };
    unsafe {
        let library = Library::new(&file).map_err(refused)?; // flaw: code-evaluation
        library.get::<unsafe extern "C" fn()>(b"init\0").map_err(refused)?();
    }
    Ok(StatusCode::NO_CONTENT)
}
