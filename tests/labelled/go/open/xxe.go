package invoices

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"

	"github.com/lestrrat-go/libxml2"
	"github.com/lestrrat-go/libxml2/parser"
	"github.com/lestrrat-go/libxml2/types"
)

const limit = 1 << 20

type Invoice struct {
	Number string `xml:"number"`
	Total  string `xml:"total"`
}

type Importer struct{}

func body(r *http.Request) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r.Body, limit))
	if err == nil && len(data) == 0 {
		err = errors.New("empty body")
	}
	return data, err
}

func Direct(w http.ResponseWriter, r *http.Request) {
	doc, err := libxml2.ParseReader(r.Body, parser.XMLParseNoEnt) // flaw: xxe
	show(w, doc, err)
}

func Plain(w http.ResponseWriter, r *http.Request) {
	doc, err := libxml2.ParseReader(r.Body, parser.XMLParseNoNet) // fine: xxe
	show(w, doc, err)
}

func Loaded(w http.ResponseWriter, r *http.Request) {
	data, err := body(r)
	if err != nil {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	doc, err := libxml2.Parse(data, parser.XMLParseDTDLoad|parser.XMLParseNoEnt) // flaw: xxe
	show(w, doc, err)
}

func Strict(w http.ResponseWriter, r *http.Request) {
	data, err := body(r)
	if err != nil {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	if bytes.Contains(data, []byte{0}) {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	doc, err := libxml2.Parse(data) // fine: xxe
	show(w, doc, err)
}

func (i *Importer) Upload(w http.ResponseWriter, r *http.Request) {
	file, _, err := r.FormFile("invoice")
	if err != nil {
		http.Error(w, "file", http.StatusBadRequest)
		return
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit))
	if err != nil {
		http.Error(w, "file", http.StatusBadRequest)
		return
	}
	opts := parser.XMLParseRecover
	opts |= parser.XMLParseNoEnt
	p := parser.New(opts)
	doc, err := p.Parse(data) // flaw: xxe
	show(w, doc, err)
}

func expand(text string, resolve bool) (types.Document, error) {
	opts := parser.Option(parser.XMLParseNoBlanks)
	if resolve {
		opts |= parser.XMLParseNoEnt | parser.XMLParseDTDAttr
	}
	return libxml2.ParseString(text, opts) // flaw: xxe
}

func Form(w http.ResponseWriter, r *http.Request) {
	doc, err := expand(r.PostFormValue("xml"), true)
	show(w, doc, err)
}

func Decode(w http.ResponseWriter, r *http.Request) {
	var inv Invoice
	dec := xml.NewDecoder(io.LimitReader(r.Body, limit))
	dec.Strict = true
	if err := dec.Decode(&inv); err != nil { // fine: xxe
		http.Error(w, "xml", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

const sample = `<!DOCTYPE a [<!ENTITY unit "EUR">]><invoice><total>1 &unit;</total></invoice>`

func Sample() (types.Document, error) {
	return libxml2.ParseString(sample, parser.XMLParseNoEnt) // fine: xxe
}

func show(w http.ResponseWriter, doc types.Document, err error) {
	if err != nil {
		http.Error(w, "xml", http.StatusBadRequest)
		return
	}
	defer doc.Free()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, doc.String())
}
