package deploy

import (
	"archive/tar"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
	"gopkg.in/natefinch/lumberjack.v2"
	"gopkg.in/yaml.v3"
)

type Entry struct {
	Path string      `yaml:"path"`
	Mode os.FileMode `yaml:"mode"`
}

var layout = []Entry{
	{Path: "bin", Mode: 0o755},   // fine: permissions
	{Path: "cache", Mode: 0o777}, // flaw: permissions
	{Path: "keys", Mode: 0o700},
}

func Layout(root string) error {
	for _, e := range layout {
		full := filepath.Join(root, e.Path)
		if err := os.MkdirAll(full, 0o700); err != nil {
			return err
		}
		if err := os.Chmod(full, e.Mode); err != nil {
			return err
		}
	}
	return nil
}

func Secrets(path string, v any) error {
	data, err := yaml.Marshal(v)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, data, os.FileMode(0600)); err != nil { // fine: permissions
		return err
	}
	return unix.Chmod(path, 0666) // flaw: permissions
}

func Unpack(tr *tar.Reader, out string) error {
	n := 0
	for {
		h, err := tr.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		n++
		name := filepath.Join(out, string(rune('a'+n%26)))
		f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, h.FileInfo().Mode().Perm()&0o750) // fine: permissions
		if err != nil {
			return err
		}
		_, err = io.CopyN(f, tr, 1<<20)
		f.Close()
		if err != nil && err != io.EOF {
			return err
		}
	}
}

func everyone(mode os.FileMode) os.FileMode {
	return mode | 0o222
}

func Socket(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Chmod(path, everyone(info.Mode().Perm())) // flaw: permissions
}

func Readers(path string) error {
	fd, err := unix.Open(path, unix.O_CREAT|unix.O_WRONLY|unix.O_CLOEXEC, 0o640) // fine: permissions
	if err != nil {
		return err
	}
	return unix.Close(fd)
}

func Plugins(root string) error {
	var mode os.FileMode = os.ModePerm
	dir := filepath.Join(root, "plugins")
	if err := os.Mkdir(dir, mode); err != nil {
		return err
	}
	return os.Chmod(dir, mode) // flaw: permissions
}

func Log(path string) io.WriteCloser {
	return &lumberjack.Logger{Filename: path, MaxSize: 50, MaxBackups: 3}
}
