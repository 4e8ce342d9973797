package unpack

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const maxEntry = 64 << 20

func write(path string, src io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	dst, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer dst.Close()
	_, err = io.CopyN(dst, src, maxEntry)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func Zip(file, dest string) error {
	zr, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer zr.Close()
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			return err
		}
		err = write(filepath.Join(dest, f.Name), rc) // flaw: archive-extraction
		rc.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func ZipChecked(file, dest string) error {
	zr, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer zr.Close()
	base := filepath.Clean(dest) + string(os.PathSeparator)
	for _, f := range zr.File {
		target := filepath.Join(dest, f.Name)
		if !strings.HasPrefix(target, base) || !f.Mode().IsRegular() {
			continue
		}
		rc, err := f.Open()
		if err != nil {
			return err
		}
		err = write(target, rc) // fine: archive-extraction
		rc.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func Tar(src io.Reader, dest string) error {
	gz, err := gzip.NewReader(src)
	if err != nil {
		return err
	}
	tr := tar.NewReader(gz)
	for {
		h, err := tr.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		target := dest + "/" + h.Name
		switch h.Typeflag {
		case tar.TypeDir:
			err = os.MkdirAll(target, 0o750) // flaw: archive-extraction
		case tar.TypeReg:
			err = write(target, tr) // flaw: archive-extraction
		}
		if err != nil {
			return err
		}
	}
}

func TarFlat(src io.Reader, dest string) error {
	tr := tar.NewReader(src)
	n := 0
	for h, err := tr.Next(); err == nil; h, err = tr.Next() {
		if h.Typeflag != tar.TypeReg {
			continue
		}
		n++
		name := fmt.Sprintf("%04d%s", n, filepath.Ext(filepath.Base(h.Name)))
		if err := write(filepath.Join(dest, name), tr); err != nil { // fine: archive-extraction
			return err
		}
	}
	return nil
}

func TarLocal(src io.Reader, dest string) error {
	tr := tar.NewReader(src)
	for h, err := tr.Next(); err == nil; h, err = tr.Next() {
		if !filepath.IsLocal(h.Name) || h.Typeflag != tar.TypeReg {
			return errors.New("entry refused")
		}
		if err := write(filepath.Join(dest, h.Name), tr); err != nil { // fine: archive-extraction
			return err
		}
	}
	return nil
}

func TarLinks(src io.Reader, dest string) error {
	tr := tar.NewReader(src)
	for h, err := tr.Next(); err == nil; h, err = tr.Next() {
		if !filepath.IsLocal(h.Name) {
			continue
		}
		if h.Typeflag == tar.TypeSymlink {
			if err := os.Symlink(h.Linkname, filepath.Join(dest, h.Name)); err != nil { // flaw: archive-extraction
				return err
			}
		}
	}
	return nil
}

func Names(file string) ([]string, error) {
	zr, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer zr.Close()
	var names []string
	for _, f := range zr.File {
		names = append(names, filepath.Join("archive", f.Name)) // fine: archive-extraction
	}
	return names, nil
}
