package automation

import (
	"encoding/json"
	"fmt"
	"net/http"
	"plugin"
	"strconv"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/go-chi/chi/v5"
	"github.com/robertkrimen/otto"
	"go.starlark.net/starlark"
	"rogchap.com/v8go"
)

const discount = "total > 100 ? total * 0.9 : total"

type Service struct {
	vm *otto.Otto
}

type step struct {
	Name string `json:"name"`
	Code string `json:"code"`
}

func (s *Service) Run(w http.ResponseWriter, r *http.Request) {
	v, err := s.vm.Run(chi.URLParam(r, "script")) // flaw: code-evaluation
	if err != nil {
		http.Error(w, "script", http.StatusBadRequest)
		return
	}
	writeJSON(w, v.String())
}

func (s *Service) Call(w http.ResponseWriter, r *http.Request) {
	v, err := s.vm.Call("normalize", nil, r.FormValue("text")) // fine: code-evaluation
	if err != nil {
		http.Error(w, "script", http.StatusInternalServerError)
		return
	}
	writeJSON(w, v.String())
}

func Price(w http.ResponseWriter, r *http.Request) {
	total, err := strconv.ParseFloat(r.FormValue("total"), 64)
	if err != nil {
		http.Error(w, "total", http.StatusBadRequest)
		return
	}
	out, err := expr.Eval(discount, map[string]any{"total": total}) // fine: code-evaluation
	if err != nil {
		http.Error(w, "rule", http.StatusInternalServerError)
		return
	}
	writeJSON(w, out)
}

func execute(source string) (starlark.StringDict, error) {
	thread := &starlark.Thread{Name: "flow"}
	return starlark.ExecFile(thread, "flow.star", source, starlark.StringDict{ // flaw: code-evaluation
		"pay": starlark.NewBuiltin("pay", pay),
	})
}

func pay(_ *starlark.Thread, _ *starlark.Builtin, _ starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return starlark.None, nil
}

func Flow(w http.ResponseWriter, r *http.Request) {
	var steps []step
	if err := json.NewDecoder(r.Body).Decode(&steps); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	var sb strings.Builder
	for _, st := range steps {
		fmt.Fprintf(&sb, "# %q\n%s\n", st.Name, st.Code)
	}
	globals, err := execute(sb.String())
	if err != nil {
		http.Error(w, "flow", http.StatusBadRequest)
		return
	}
	writeJSON(w, len(globals))
}

func Fixed(w http.ResponseWriter, r *http.Request) {
	thread := &starlark.Thread{Name: "fixed"}
	env := starlark.StringDict{"name": starlark.String(r.FormValue("name"))}
	v, err := starlark.Eval(thread, "fixed.star", "len(name) * 2", env) // fine: code-evaluation
	if err != nil {
		http.Error(w, "rule", http.StatusInternalServerError)
		return
	}
	writeJSON(w, v.String())
}

func Chart(w http.ResponseWriter, r *http.Request) {
	ctx := v8go.NewContext()
	defer ctx.Close()
	field := r.URL.Query().Get("field")
	script := "const row = {a: 1, b: 2}; row." + field
	v, err := ctx.RunScript(script, "chart.js") // flaw: code-evaluation
	if err != nil {
		http.Error(w, "chart", http.StatusBadRequest)
		return
	}
	writeJSON(w, v.String())
}

func Column(w http.ResponseWriter, r *http.Request) {
	ctx := v8go.NewContext()
	defer ctx.Close()
	field := "a"
	if r.URL.Query().Get("field") == "b" {
		field = "b"
	}
	v, err := ctx.RunScript("const row = {a: 1, b: 2}; row."+field, "column.js") // fine: code-evaluation
	if err != nil {
		http.Error(w, "chart", http.StatusInternalServerError)
		return
	}
	writeJSON(w, v.String())
}

func Extension(w http.ResponseWriter, r *http.Request) {
	p, err := plugin.Open(r.FormValue("module")) // flaw: code-evaluation
	if err != nil {
		http.Error(w, "module", http.StatusBadRequest)
		return
	}
	if _, err := p.Lookup("Init"); err != nil {
		http.Error(w, "module", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
