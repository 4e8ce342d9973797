package media

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	securejoin "github.com/cyphar/filepath-securejoin"
	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"net/http"
)

const library = "/var/lib/media"

var themes = map[string]string{"dark": "themes/dark.css", "light": "themes/light.css"}

type Album struct {
	Owner string `json:"owner"`
	Cover string `json:"cover"`
}

type disk struct {
	root string
}

func (d disk) read(rel string) ([]byte, error) {
	return os.ReadFile(d.root + string(filepath.Separator) + rel) // flaw: path-traversal
}

func Photo(c echo.Context) error {
	return c.File(path.Join(library, c.QueryParam("photo"))) // flaw: path-traversal
}

func Thumb(c echo.Context) error {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		return echo.ErrBadRequest
	}
	return c.File(path.Join(library, "thumbs", id.String()+".jpg")) // fine: path-traversal
}

func Cover(c echo.Context) error {
	var a Album
	if err := c.Bind(&a); err != nil {
		return err
	}
	data, err := disk{root: library}.read(fmt.Sprintf("%s/%s.png", a.Owner, a.Cover))
	if err != nil {
		return echo.ErrNotFound
	}
	return c.Blob(200, "image/png", data)
}

func Theme(w http.ResponseWriter, r *http.Request) {
	rel, ok := themes[chi.URLParam(r, "theme")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	f, err := os.Open(filepath.Join(library, rel)) // fine: path-traversal
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", "text/css")
	_, _ = io.Copy(w, f)
}

func Joined(w http.ResponseWriter, r *http.Request) {
	full, err := securejoin.SecureJoin(library, r.URL.Query().Get("track"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	http.ServeFile(w, r, full) // fine: path-traversal
}

func Folder(w http.ResponseWriter, r *http.Request) {
	dir := r.URL.Query().Get("dir")
	if strings.HasPrefix(dir, "..") {
		http.NotFound(w, r)
		return
	}
	entries, err := os.ReadDir(filepath.Join(library, dir)) // flaw: path-traversal
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	for _, e := range entries {
		fmt.Fprintln(w, e.Name())
	}
}

func Resolved(w http.ResponseWriter, r *http.Request) {
	full, err := filepath.EvalSymlinks(filepath.Join(library, r.URL.Query().Get("video")))
	if err != nil || !strings.HasPrefix(full, library+"/") {
		http.NotFound(w, r)
		return
	}
	http.ServeFile(w, r, full) // fine: path-traversal
}

func Archive(c echo.Context) error {
	names := strings.Split(c.FormValue("files"), ",")
	for _, n := range names {
		from := filepath.Join(library, n)
		if err := os.Rename(from, from+".archived"); err != nil { // flaw: path-traversal
			return echo.ErrNotFound
		}
	}
	return c.NoContent(204)
}

func Static(c echo.Context) error {
	name := c.Param("*")
	if !fs.ValidPath(name) {
		return echo.ErrNotFound
	}
	data, err := fs.ReadFile(os.DirFS(library), name) // fine: path-traversal
	if err != nil {
		return echo.ErrNotFound
	}
	return c.Blob(200, "application/octet-stream", data)
}
