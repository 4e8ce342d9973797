package build

import (
	"bufio"
	"bytes"
	"io"
	"math/rand"
	"os"
	"path"
	"strconv"
	"syscall"
)

type Workspace struct {
	Root string
	Log  string
}

func NewWorkspace(project string) (*Workspace, error) {
	w := &Workspace{Root: path.Join("/tmp", "build-"+project)}
	if err := os.Mkdir(w.Root, 0o700); err != nil && !os.IsExist(err) { // flaw: temp-file
		return nil, err
	}
	w.Log = path.Join(w.Root, "build.log")
	return w, nil
}

func FreshWorkspace() (*Workspace, error) {
	root, err := os.MkdirTemp(os.TempDir(), "build-*") // fine: temp-file
	if err != nil {
		return nil, err
	}
	return &Workspace{Root: root, Log: path.Join(root, "build.log")}, nil
}

func Patch(content []byte) (string, error) {
	name := "/tmp/patch" + strconv.Itoa(rand.Intn(1000)) + ".diff"
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600) // flaw: temp-file
	if err != nil {
		return "", err
	}
	defer f.Close()
	_, err = f.Write(content)
	return name, err
}

func PatchTemp(content []byte) (name string, err error) {
	f, err := os.CreateTemp("", "patch-*.diff") // fine: temp-file
	if err != nil {
		return "", err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	_, err = io.Copy(f, bytes.NewReader(content))
	return f.Name(), err
}

func reserve(prefix string) (string, error) {
	f, err := os.CreateTemp("", prefix)
	if err != nil {
		return "", err
	}
	name := f.Name()
	f.Close()
	if err := os.Remove(name); err != nil {
		return "", err
	}
	return name, nil
}

func Pack(objects [][]byte) error {
	name, err := reserve("pack-")
	if err != nil {
		return err
	}
	f, err := os.Create(name + ".o") // flaw: temp-file
	if err != nil {
		return err
	}
	defer f.Close()
	bw := bufio.NewWriter(f)
	for _, o := range objects {
		if _, err := bw.Write(o); err != nil {
			return err
		}
	}
	return bw.Flush()
}

func Pipe() error {
	return syscall.Mkfifo(os.TempDir()+"/build.fifo", 0o600) // fine: temp-file
}

func Listing() ([]string, error) {
	entries, err := os.ReadDir("/tmp/") // fine: temp-file
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

func Trace(lines <-chan string) error {
	var out *os.File
	for line := range lines {
		if out == nil {
			f, err := os.OpenFile("/var/tmp/trace."+os.Getenv("USER"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) // flaw: temp-file
			if err != nil {
				return err
			}
			defer f.Close()
			out = f
		}
		if _, err := out.WriteString(strconv.Quote(line) + "\n"); err != nil {
			return err
		}
	}
	return nil
}
