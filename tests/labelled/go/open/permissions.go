package install

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
)

const (
	openMode    = 0o777
	privateMode = 0o700
	groupMode   = 0o640
)

type Layout struct {
	Base string
	Mode os.FileMode
}

func defaults(base string) Layout {
	return Layout{
		Base: base,
		Mode: 0o666, // flaw: permissions
	}
}

func (l Layout) Config(data []byte) error {
	path := filepath.Join(l.Base, "config.toml")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return err
	}
	return os.Chmod(path, l.Mode)
}

func Install(base string, data []byte) error {
	return defaults(base).Config(data)
}

func Script(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o700); err != nil { // fine: permissions
		return err
	}
	return os.Chmod(path, 0777) // flaw: permissions
}

func Key(path string, pem []byte) error {
	return os.WriteFile(path, pem, 0o600) // fine: permissions
}

func State(base string) error {
	for _, name := range []string{"queue", "spool"} {
		if err := os.MkdirAll(filepath.Join(base, name), privateMode); err != nil { // fine: permissions
			return err
		}
	}
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	return os.MkdirAll(filepath.Join(base, "plugins"), openMode) // flaw: permissions
}

func Socket(path string) (net.Listener, error) {
	ln, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o660); err != nil { // fine: permissions
		ln.Close()
		return nil, err
	}
	return ln, nil
}

func Tighten(base string) error {
	return filepath.WalkDir(base, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o022 != 0 {
			return os.Chmod(path, info.Mode().Perm()&^0o022) // fine: permissions
		}
		return nil
	})
}

func Journal(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, groupMode)
	if err != nil {
		return nil, err
	}
	mode := os.FileMode(groupMode) | 0o002
	if err := f.Chmod(mode); err != nil { // flaw: permissions
		f.Close()
		return nil, err
	}
	return f, nil
}
