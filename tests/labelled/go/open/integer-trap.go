package frames

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
)

const maxFrame = 1 << 20

type Reader struct {
	src io.Reader
	max int32
}

func (r *Reader) Frame() ([]byte, error) {
	var n uint32
	if err := binary.Read(r.src, binary.BigEndian, &n); err != nil {
		return nil, err
	}
	size := int32(n) // flaw: integer-trap
	if size > r.max {
		return nil, errors.New("frame too long")
	}
	buf := make([]byte, size)
	_, err := io.ReadFull(r.src, buf)
	return buf, err
}

func (r *Reader) Checked() ([]byte, error) {
	var n uint32
	if err := binary.Read(r.src, binary.BigEndian, &n); err != nil {
		return nil, err
	}
	if n > maxFrame {
		return nil, errors.New("frame too long")
	}
	buf := make([]byte, int32(n)) // fine: integer-trap
	_, err := io.ReadFull(r.src, buf)
	return buf, err
}

func Amount(r *http.Request) (int16, error) {
	n, err := strconv.Atoi(r.FormValue("amount"))
	if err != nil || n < 0 {
		return 0, errors.New("amount")
	}
	return int16(n), nil // flaw: integer-trap
}

func SmallAmount(r *http.Request) (int16, error) {
	n, err := strconv.ParseInt(r.FormValue("amount"), 10, 16)
	if err != nil || n < 0 {
		return 0, errors.New("amount")
	}
	return int16(n), nil // fine: integer-trap
}

func area(width, height uint32) []byte {
	return make([]byte, width*height*4) // flaw: integer-trap
}

func Canvas(r io.Reader) ([]byte, uint32, error) {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, 0, err
	}
	w := binary.LittleEndian.Uint32(head[:4])
	h := binary.LittleEndian.Uint32(head[4:])
	px := area(w, h)
	for y := uint32(0); y < h; y++ {
		px[y*w*4] = 0xff
	}
	return px, w, nil
}

func Thumbnail(width, height uint32) ([]byte, error) {
	if width > 4096 || height > 4096 {
		return nil, errors.New("too large")
	}
	return make([]byte, width*height*4), nil // fine: integer-trap
}

func UserID(r *http.Request) (uint32, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, err
	}
	if id == 0 {
		return 0, errors.New("reserved")
	}
	return uint32(id), nil // flaw: integer-trap
}

func GroupID(r *http.Request) (uint32, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, err
	}
	if id <= 0 || id > math.MaxUint32 {
		return 0, errors.New("range")
	}
	return uint32(id), nil // fine: integer-trap
}
