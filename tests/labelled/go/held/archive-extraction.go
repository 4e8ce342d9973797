package importer

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/bodgit/sevenzip"
	"github.com/klauspost/compress/zstd"
	"github.com/labstack/echo/v4"
	"github.com/nwaples/rardecode"
)

const incoming = "/srv/imports"

var flat = regexp.MustCompile(`^[a-z0-9_]+\.csv$`)

type sink struct {
	root string
}

func (s sink) put(name string, r io.Reader) error {
	full := s.root + "/" + name
	_ = os.MkdirAll(path.Dir(full), 0o700)
	f, err := os.Create(full) // flaw: archive-extraction
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, io.LimitReader(r, 1<<28))
	return err
}

func (s sink) putInside(name string, r io.Reader) error {
	full := filepath.Join(s.root, name)
	rel, err := filepath.Rel(s.root, full)
	if err != nil || strings.HasPrefix(rel, "..") {
		return fmt.Errorf("entry %q leaves the folder", name)
	}
	_ = os.MkdirAll(filepath.Dir(full), 0o700)
	f, err := os.Create(full) // fine: archive-extraction
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, io.LimitReader(r, 1<<28))
	return err
}

func Upload(c echo.Context) error {
	data, err := io.ReadAll(io.LimitReader(c.Request().Body, 1<<28))
	if err != nil {
		return err
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return echo.ErrBadRequest
	}
	out := sink{root: incoming}
	for _, entry := range zr.File {
		rc, err := entry.Open()
		if err != nil {
			return err
		}
		if c.QueryParam("mode") == "inside" {
			err = out.putInside(entry.Name, rc)
		} else {
			err = out.put(entry.Name, rc)
		}
		rc.Close()
		if err != nil {
			return err
		}
	}
	return c.NoContent(204)
}

func Seven(file string) error {
	zr, err := sevenzip.OpenReader(file)
	if err != nil {
		return err
	}
	defer zr.Close()
	for _, entry := range zr.File {
		if entry.FileInfo().IsDir() {
			if err := os.MkdirAll(filepath.Join(incoming, entry.Name), 0o700); err != nil { // flaw: archive-extraction
				return err
			}
		}
	}
	return nil
}

func Rar(src io.Reader) error {
	rr, err := rardecode.NewReader(src, "")
	if err != nil {
		return err
	}
	for h, err := rr.Next(); err == nil; h, err = rr.Next() {
		name := strings.ReplaceAll(h.Name, "\\", "/")
		data, err := io.ReadAll(io.LimitReader(rr, 1<<26))
		if err != nil {
			return err
		}
		if err := os.WriteFile(fmt.Sprintf("%s/%s", incoming, name), data, 0o600); err != nil { // flaw: archive-extraction
			return err
		}
	}
	return nil
}

func Zstd(src io.Reader) error {
	zr, err := zstd.NewReader(src)
	if err != nil {
		return err
	}
	defer zr.Close()
	tr := tar.NewReader(zr)
	for h, err := tr.Next(); err == nil; h, err = tr.Next() {
		if h.Typeflag != tar.TypeReg || !flat.MatchString(h.Name) {
			continue
		}
		f, err := os.Create(filepath.Join(incoming, h.Name)) // fine: archive-extraction
		if err != nil {
			return err
		}
		_, err = io.Copy(f, io.LimitReader(tr, 1<<26))
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func Links(tr *tar.Reader, dest string) error {
	for h, err := tr.Next(); err == nil; h, err = tr.Next() {
		if h.Typeflag == tar.TypeLink {
			if err := os.Link(path.Join(dest, h.Linkname), path.Join(dest, h.Name)); err != nil { // flaw: archive-extraction
				return err
			}
		}
	}
	return nil
}

func Base(tr *tar.Reader, dest string) error {
	for h, err := tr.Next(); err == nil; h, err = tr.Next() {
		name := path.Base(path.Clean("/" + h.Name))
		if name == "/" || h.Typeflag != tar.TypeReg {
			continue
		}
		f, err := os.OpenFile(path.Join(dest, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // fine: archive-extraction
		if err != nil {
			return err
		}
		_, err = io.Copy(f, io.LimitReader(tr, 1<<26))
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func Members(tr *tar.Reader) (map[string][]byte, error) {
	out := map[string][]byte{}
	for h, err := tr.Next(); err == nil; h, err = tr.Next() {
		data, err := io.ReadAll(io.LimitReader(tr, 1<<20))
		if err != nil {
			return nil, err
		}
		out[path.Join("members", h.Name)] = data // fine: archive-extraction
	}
	return out, nil
}
