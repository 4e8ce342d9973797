package rules

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	lua "github.com/yuin/gopher-lua"
	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"
)

const priceScript = "function price(n, rate) { return n * rate }"

var presets = map[string]string{
	"sum":  "a + b",
	"diff": "a - b",
}

type Engine struct {
	vm *goja.Runtime
}

func NewEngine() *Engine {
	vm := goja.New()
	_ = vm.Set("hostname", func() string {
		name, _ := os.Hostname()
		return name
	})
	return &Engine{vm: vm}
}

func (e *Engine) Eval(w http.ResponseWriter, r *http.Request) {
	v, err := e.vm.RunString(r.FormValue("expr")) // flaw: code-evaluation
	if err != nil {
		http.Error(w, "script", http.StatusBadRequest)
		return
	}
	_ = json.NewEncoder(w).Encode(v.Export())
}

func (e *Engine) Price(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseFloat(r.FormValue("n"), 64)
	if err != nil {
		http.Error(w, "n", http.StatusBadRequest)
		return
	}
	if _, err := e.vm.RunString(priceScript); err != nil { // fine: code-evaluation
		http.Error(w, "script", http.StatusInternalServerError)
		return
	}
	fn, ok := goja.AssertFunction(e.vm.Get("price"))
	if !ok {
		http.Error(w, "script", http.StatusInternalServerError)
		return
	}
	v, err := fn(goja.Undefined(), e.vm.ToValue(n), e.vm.ToValue(1.19))
	if err != nil {
		http.Error(w, "script", http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(w).Encode(v.ToFloat())
}

func (e *Engine) Preset(w http.ResponseWriter, r *http.Request) {
	body, ok := presets[r.FormValue("preset")]
	if !ok {
		http.Error(w, "preset", http.StatusNotFound)
		return
	}
	script := "(function(a, b) { return " + body + " })(4, 2)"
	v, err := e.vm.RunString(script) // fine: code-evaluation
	if err != nil {
		http.Error(w, "script", http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(w).Encode(v.Export())
}

func Hook(w http.ResponseWriter, r *http.Request) {
	state := lua.NewState()
	defer state.Close()
	var sb strings.Builder
	sb.WriteString("local event = '")
	sb.WriteString(r.Header.Get("X-Event"))
	sb.WriteString("'\nreturn event")
	if err := state.DoString(sb.String()); err != nil { // flaw: code-evaluation
		http.Error(w, "script", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func Notify(w http.ResponseWriter, r *http.Request) {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	state.SetGlobal("event", lua.LString(r.Header.Get("X-Event")))
	if err := state.DoString("return #event"); err != nil { // fine: code-evaluation
		http.Error(w, "script", http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, lua.LVAsNumber(state.Get(-1)))
}

func interpret(source string) (any, error) {
	i := interp.New(interp.Options{})
	if err := i.Use(stdlib.Symbols); err != nil {
		return nil, err
	}
	v, err := i.Eval(source) // flaw: code-evaluation
	if err != nil {
		return nil, err
	}
	return v.Interface(), nil
}

type jobRequest struct {
	Imports []string `json:"imports"`
	Body    string   `json:"body"`
}

func Job(w http.ResponseWriter, r *http.Request) {
	var req jobRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	var lines []string
	for _, imp := range req.Imports {
		lines = append(lines, fmt.Sprintf("import %q", imp))
	}
	lines = append(lines, req.Body)
	v, err := interpret(strings.Join(lines, "\n"))
	if err != nil {
		http.Error(w, "job", http.StatusBadRequest)
		return
	}
	_ = json.NewEncoder(w).Encode(v)
}

func (e *Engine) Threshold(w http.ResponseWriter, r *http.Request) {
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil {
		http.Error(w, "limit", http.StatusBadRequest)
		return
	}
	prog, err := goja.Compile("limit.js", fmt.Sprintf("[1,5,9].filter(x => x < %d)", limit), true) // fine: code-evaluation
	if err != nil {
		http.Error(w, "script", http.StatusInternalServerError)
		return
	}
	v, _ := e.vm.RunProgram(prog)
	_ = json.NewEncoder(w).Encode(v.Export())
}

func (e *Engine) Filter(w http.ResponseWriter, r *http.Request) {
	cond := r.URL.Query().Get("where")
	if cond == "" {
		cond = "true"
	}
	script := fmt.Sprintf("[1,5,9].filter(function(x) { return %s })", cond)
	v, err := e.vm.RunScript("filter.js", script) // flaw: code-evaluation
	if err != nil {
		http.Error(w, "script", http.StatusBadRequest)
		return
	}
	_ = json.NewEncoder(w).Encode(v.Export())
}
