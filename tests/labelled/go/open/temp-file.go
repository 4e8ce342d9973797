package exports

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

const scratch = "/tmp/export.csv"

type Writer struct {
	dir string
}

func NewPrivateWriter() (*Writer, error) {
	dir, err := os.MkdirTemp("", "export-") // fine: temp-file
	if err != nil {
		return nil, err
	}
	return &Writer{dir: dir}, nil
}

func Rows(rows [][]string) error {
	f, err := os.Create(scratch) // flaw: temp-file
	if err != nil {
		return err
	}
	defer f.Close()
	return csv.NewWriter(f).WriteAll(rows)
}

func RowsTemp(rows [][]string) (string, error) {
	f, err := os.CreateTemp("", "rows-*.csv") // fine: temp-file
	if err != nil {
		return "", err
	}
	defer f.Close()
	return f.Name(), csv.NewWriter(f).WriteAll(rows)
}

func Snapshot(data []byte) error {
	name := fmt.Sprintf("snapshot-%d.bin", os.Getpid())
	return os.WriteFile(filepath.Join(os.TempDir(), name), data, 0o600) // flaw: temp-file
}

func Report(data []byte) error {
	name := fmt.Sprintf("report-%d.bin", time.Now().Unix())
	return os.WriteFile(filepath.Join("/var/lib/exports", name), data, 0o600) // fine: temp-file
}

func (w *Writer) open(name string) (*os.File, error) {
	return os.OpenFile(filepath.Join(w.dir, name), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
}

func Totals(data []byte) error {
	stamp := time.Now().Format("20060102")
	path := "/tmp/totals-" + stamp
	if err := os.MkdirAll(path, 0o700); err != nil { // flaw: temp-file
		return err
	}
	return os.WriteFile(filepath.Join(path, "data"), data, 0o600)
}

func Spool(src io.Reader) (*os.File, error) {
	f, err := os.OpenFile("/tmp/spool.lock", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) // fine: temp-file
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(f, src)
	return f, err
}

func Preview(lines []string) error {
	var buf bytes.Buffer
	for _, l := range lines {
		buf.WriteString(l)
		buf.WriteByte('\n')
	}
	dir := os.Getenv("TMPDIR")
	if dir == "" {
		dir = "/tmp"
	}
	target := dir + "/preview.txt"
	return os.WriteFile(target, buf.Bytes(), 0o600) // flaw: temp-file
}
