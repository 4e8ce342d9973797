package spool

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

const area = "/var/spool/shared"

type Drop struct {
	dir string
}

func (d Drop) exists(name string) bool {
	_, err := os.Lstat(filepath.Join(d.dir, name))
	return err == nil
}

func Claim(name string, data []byte) error {
	path := filepath.Join(area, filepath.Base(name))
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return os.WriteFile(path, data, 0o600) // flaw: file-race
	}
	return errors.New("taken")
}

func ClaimOnce(name string, data []byte) error {
	path := filepath.Join(area, filepath.Base(name))
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // fine: file-race
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(data)
	return err
}

func Read(name string) ([]byte, error) {
	path := filepath.Join(area, filepath.Base(name))
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode()&os.ModeSymlink != 0 || !info.Mode().IsRegular() {
		return nil, errors.New("not a plain file")
	}
	return os.ReadFile(path) // flaw: file-race
}

func ReadOpened(name string) ([]byte, error) {
	f, err := os.Open(filepath.Join(area, filepath.Base(name))) // fine: file-race
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > 1<<20 {
		return nil, errors.New("not a plain file")
	}
	return io.ReadAll(io.LimitReader(f, 1<<20))
}

func (d Drop) Put(name string, data []byte) error {
	name = filepath.Base(name)
	if d.exists(name) {
		return errors.New("taken")
	}
	return os.WriteFile(filepath.Join(d.dir, name), data, 0o600) // flaw: file-race
}

func NewDrop() Drop {
	return Drop{dir: "/var/spool/drop"}
}

func Publish(name string, data []byte) error {
	tmp, err := os.CreateTemp("/var/lib/app/public", ".part-*")
	if err != nil {
		return err
	}
	defer tmp.Close()
	if _, err := tmp.Write(data); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), filepath.Join("/var/lib/app/public", filepath.Base(name))) // fine: file-race
}

func Hand(path string, uid, gid int) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Mode().Perm() != 0o600 {
		return errors.New("mode")
	}
	return os.Chown(path, uid, gid) // flaw: file-race
}

func HandOpened(path string, uid, gid int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Mode().Perm() != 0o600 {
		return errors.New("mode")
	}
	return f.Chown(uid, gid) // fine: file-race
}
