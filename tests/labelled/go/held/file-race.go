package uploads

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"syscall"

	"golang.org/x/sys/unix"
)

const shared = "/srv/exchange"

var errKind = errors.New("unexpected kind of file")

type guard func(path string) error

func ownedBy(uid uint32) guard {
	return func(p string) error {
		info, err := os.Stat(p)
		if err != nil {
			return err
		}
		if st, ok := info.Sys().(*syscall.Stat_t); !ok || st.Uid != uid {
			return errKind
		}
		return nil
	}
}

func Collect(uid uint32, name string) ([]byte, error) {
	p := path.Join(shared, path.Base(name))
	if err := ownedBy(uid)(p); err != nil {
		return nil, err
	}
	return os.ReadFile(p) // flaw: file-race
}

func CollectOpened(uid uint32, name string) (*os.File, error) {
	p := path.Join(shared, path.Base(name))
	f, err := os.OpenFile(p, os.O_RDONLY|syscall.O_NOFOLLOW, 0) // fine: file-race
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		if st, ok := info.Sys().(*syscall.Stat_t); ok && st.Uid == uid {
			return f, nil
		}
		err = errKind
	}
	f.Close()
	return nil, err
}

func AsUser(p string) (*os.File, error) {
	if err := unix.Access(p, unix.W_OK); err != nil {
		return nil, err
	}
	return os.OpenFile(p, os.O_WRONLY|os.O_APPEND, 0) // flaw: file-race
}

func Lock(name string) error {
	p := path.Join(shared, ".lock-"+path.Base(name))
	if err := os.Mkdir(p, 0o700); err != nil { // fine: file-race
		return fmt.Errorf("locked: %w", err)
	}
	return nil
}

func Stamp(name string, pid int) error {
	p := path.Join(shared, path.Base(name)+".pid")
	for try := 0; try < 3; try++ {
		_, err := os.Lstat(p)
		if errors.Is(err, fs.ErrNotExist) {
			f, err := os.Create(p) // flaw: file-race
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = fmt.Fprintln(f, pid)
			return err
		}
		if err := os.Remove(p); err != nil {
			return err
		}
	}
	return errKind
}

func StampOnce(name string, pid int) error {
	p := path.Join(shared, path.Base(name)+".pid")
	f, err := os.OpenFile(p, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // fine: file-race
	if errors.Is(err, fs.ErrExist) {
		return errKind
	}
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, pid)
	return err
}

func Loosen(name string) error {
	p := path.Join(shared, path.Base(name))
	info, err := os.Lstat(p)
	if err != nil || info.Mode()&fs.ModeSymlink != 0 {
		return errKind
	}
	return os.Chmod(p, 0o640) // flaw: file-race
}

func LoosenOpened(name string) error {
	fd, err := unix.Open(path.Join(shared, path.Base(name)), unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	return unix.Fchmod(fd, 0o640) // fine: file-race
}
