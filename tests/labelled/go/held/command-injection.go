package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/labstack/echo/v4"
	"golang.org/x/crypto/ssh"
)

var codecs = []string{"libx264", "libvpx-vp9", "libaom-av1"}

const uptime = "uptime -p; who | wc -l"

type mediaJob struct {
	Source string `json:"source"`
	Codec  string `json:"codec"`
	Title  string `json:"title"`
}

type node struct {
	client *ssh.Client
}

func (n *node) remote(c echo.Context) error {
	s, err := n.client.NewSession()
	if err != nil {
		return err
	}
	defer s.Close()
	out, err := s.Output("du -sh /data/" + c.Param("volume")) // flaw: command-injection
	if err != nil {
		return echo.NewHTTPError(502)
	}
	return c.Blob(200, "text/plain", out)
}

func (n *node) load(c echo.Context) error {
	s, err := n.client.NewSession()
	if err != nil {
		return err
	}
	defer s.Close()
	out, err := s.CombinedOutput(uptime) // fine: command-injection
	if err != nil {
		return echo.NewHTTPError(502)
	}
	return c.Blob(200, "text/plain", out)
}

func transcode(c echo.Context) error {
	var job mediaJob
	if err := c.Bind(&job); err != nil {
		return err
	}
	if !slices.Contains(codecs, job.Codec) {
		return echo.NewHTTPError(400, "codec")
	}
	pipeline := []string{
		"cat /media/in.mkv",
		"ffmpeg -i - -c:v " + job.Codec + " -metadata title=\"" + job.Title + "\" -f matroska -",
	}
	cmd := &exec.Cmd{Path: "/bin/sh", Args: []string{"sh", "-c", strings.Join(pipeline, " | ")}}
	cmd.Stdout = c.Response()
	return cmd.Run() // flaw: command-injection
}

func retag(c echo.Context) error {
	var job mediaJob
	if err := c.Bind(&job); err != nil {
		return err
	}
	args := []string{"-i", "/media/in.mkv", "-c", "copy"}
	args = append(args, "-metadata", "title="+job.Title, "-f", "matroska", "-")
	cmd := exec.CommandContext(c.Request().Context(), "ffmpeg", args...) // fine: command-injection
	cmd.Stdout = c.Response()
	return cmd.Run()
}

func recode(c echo.Context) error {
	codec := c.QueryParam("codec")
	if !slices.Contains(codecs, codec) {
		return echo.NewHTTPError(400, "codec")
	}
	line := fmt.Sprintf("ffmpeg -i /media/in.mkv -c:v %s -f matroska - | head -c 1000000", codec)
	cmd := exec.Command("/bin/sh", "-c", line) // fine: command-injection
	cmd.Stdout = c.Response()
	return cmd.Run()
}

func spawn(tool string, rest ...string) error {
	argv := append([]string{path.Base(tool)}, rest...)
	_, err := syscall.ForkExec(tool, argv, &syscall.ProcAttr{Env: os.Environ()}) // flaw: command-injection
	return err
}

func plugin(c echo.Context) error {
	name := c.FormValue("plugin")
	if name == "" {
		return errors.New("plugin name")
	}
	return spawn("/opt/plugins/"+name, "--once")
}

func blame(c echo.Context) error {
	file := c.QueryParam("file")
	cmd := exec.Command("git", "log", "--oneline", "--", file) // fine: command-injection
	cmd.Dir = "/srv/repo"
	out, err := cmd.Output()
	if err != nil {
		return echo.NewHTTPError(404)
	}
	return c.Blob(200, "text/plain", out)
}

func feed(c echo.Context) error {
	sh := exec.Command("bash")
	in, err := sh.StdinPipe()
	if err != nil {
		return err
	}
	if err := sh.Start(); err != nil {
		return err
	}
	_, _ = io.WriteString(in, "notify-team --channel "+c.FormValue("channel")+"\n") // flaw: command-injection
	_ = in.Close()
	return sh.Wait()
}
