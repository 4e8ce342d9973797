package files

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

const root = "/srv/shared/documents"

var plainName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,60}\.(pdf|txt)$`)

type Box struct {
	base string
}

func (b Box) path(parts ...string) string {
	return filepath.Join(append([]string{b.base}, parts...)...)
}

func within(base, name string) (string, error) {
	full := filepath.Join(base, name)
	rel, err := filepath.Rel(base, full)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", errors.New("outside of folder")
	}
	return full, nil
}

func Download(w http.ResponseWriter, r *http.Request) {
	data, err := os.ReadFile(root + "/" + r.URL.Query().Get("name")) // flaw: path-traversal
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	binary(w)
	_, _ = w.Write(data)
}

func Fetch(w http.ResponseWriter, r *http.Request) {
	full, err := within(root, r.URL.Query().Get("name"))
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	f, err := os.Open(full) // fine: path-traversal
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	defer f.Close()
	binary(w)
	_, _ = io.Copy(w, f)
}

func (b Box) Show(w http.ResponseWriter, r *http.Request) {
	owner := r.Header.Get("X-Owner")
	target := b.path(owner, "profile.json")
	f, err := os.Open(target) // flaw: path-traversal
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	defer f.Close()
	binary(w)
	_, _ = io.Copy(w, f)
}

func (b Box) Page(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseUint(r.FormValue("page"), 10, 32)
	if err != nil {
		http.Error(w, "page", http.StatusBadRequest)
		return
	}
	data, err := os.ReadFile(b.path("pages", fmt.Sprintf("%06d.txt", n))) // fine: path-traversal
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	binary(w)
	_, _ = w.Write(data)
}

func Upload(w http.ResponseWriter, r *http.Request) {
	src, _, err := r.FormFile("file")
	if err != nil {
		http.Error(w, "file", http.StatusBadRequest)
		return
	}
	defer src.Close()
	folder := r.FormValue("folder")
	if folder == "" {
		folder = "inbox"
	}
	dest := fmt.Sprintf("%s/%s/%s", root, folder, "upload.bin")
	dst, err := os.OpenFile(dest, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) // flaw: path-traversal
	if err != nil {
		http.Error(w, "write", http.StatusInternalServerError)
		return
	}
	defer dst.Close()
	_, _ = io.Copy(dst, src)
}

func Attach(w http.ResponseWriter, r *http.Request) {
	src, header, err := r.FormFile("file")
	if err != nil {
		http.Error(w, "file", http.StatusBadRequest)
		return
	}
	defer src.Close()
	name := filepath.Base(header.Filename)
	if !plainName.MatchString(name) {
		http.Error(w, "name", http.StatusBadRequest)
		return
	}
	dst, err := os.Create(filepath.Join(root, "inbox", name)) // fine: path-traversal
	if err != nil {
		http.Error(w, "write", http.StatusInternalServerError)
		return
	}
	defer dst.Close()
	_, _ = io.Copy(dst, src)
}

func Delete(w http.ResponseWriter, r *http.Request) {
	name := r.PostFormValue("name")
	name = strings.ReplaceAll(name, "../", "")
	if err := os.Remove(filepath.Join(root, name)); err != nil { // flaw: path-traversal
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func Serve(w http.ResponseWriter, r *http.Request) {
	clean := filepath.Clean("/" + r.PathValue("rest"))
	http.ServeFile(w, r, filepath.Join(root, clean)) // fine: path-traversal
}

func binary(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Content-Type-Options", "nosniff")
}
