package chunks

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"strconv"

	"github.com/labstack/echo/v4"
)

var errShape = errors.New("unexpected shape")

type header struct {
	Count  uint32
	Stride uint16
	Offset int64
}

func parse(b []byte) (h header, err error) {
	if len(b) < 14 {
		return h, errShape
	}
	h.Count = binary.LittleEndian.Uint32(b)
	h.Stride = binary.LittleEndian.Uint16(b[4:])
	h.Offset = int64(binary.LittleEndian.Uint64(b[6:]))
	return h, nil
}

func Table(b []byte) ([]byte, error) {
	h, err := parse(b)
	if err != nil {
		return nil, err
	}
	total := h.Count * uint32(h.Stride) // flaw: integer-trap
	table := make([]byte, total)
	for i := uint64(0); i < uint64(h.Count); i++ {
		table[i*uint64(h.Stride)] = 1
	}
	return table, nil
}

func TableChecked(b []byte) ([]byte, error) {
	h, err := parse(b)
	if err != nil {
		return nil, err
	}
	hi, total := bits.Mul32(h.Count, uint32(h.Stride)) // fine: integer-trap
	if hi != 0 || total > 1<<24 {
		return nil, errShape
	}
	return make([]byte, total), nil
}

func Section(b []byte) ([]byte, error) {
	h, err := parse(b)
	if err != nil {
		return nil, err
	}
	start := int(int32(h.Offset)) // flaw: integer-trap
	if h.Offset < 0 || start > len(b) {
		return nil, errShape
	}
	return b[start:], nil
}

func SectionChecked(b []byte) ([]byte, error) {
	h, err := parse(b)
	if err != nil {
		return nil, err
	}
	if h.Offset < 0 || h.Offset > int64(len(b)) {
		return nil, errShape
	}
	return b[int(h.Offset):], nil // fine: integer-trap
}

func quantity(text string) (uint8, error) {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, err
	}
	return uint8(n), nil // flaw: integer-trap
}

func Buy(c echo.Context) error {
	q, err := quantity(c.FormValue("quantity"))
	if err != nil || q > 20 {
		return echo.ErrBadRequest
	}
	return c.String(200, fmt.Sprintf("reserved %d", q))
}

func BuyChecked(c echo.Context) error {
	n, err := strconv.ParseUint(c.FormValue("quantity"), 10, 8)
	if err != nil {
		return echo.ErrBadRequest
	}
	return c.String(200, fmt.Sprintf("reserved %d", uint8(n))) // fine: integer-trap
}

func Spend(balance int32, c echo.Context) (int32, error) {
	price, err := strconv.ParseInt(c.FormValue("price"), 10, 32)
	if err != nil || price <= 0 {
		return balance, errShape
	}
	count, err := strconv.ParseInt(c.FormValue("count"), 10, 32)
	if err != nil || count <= 0 {
		return balance, errShape
	}
	cost := int32(price) * int32(count) // flaw: integer-trap
	if cost > balance {
		return balance, errShape
	}
	return balance - cost, nil
}

func SpendWide(balance int64, price, count uint16) (int64, error) {
	cost := int64(price) * int64(count) // fine: integer-trap
	if cost > balance {
		return balance, errShape
	}
	return balance - cost, nil
}
