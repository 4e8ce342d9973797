package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	fmt.Println("service is up", strings.ToUpper("now"))
}
