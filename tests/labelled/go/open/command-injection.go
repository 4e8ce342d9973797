package diagnostics

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

var unitName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,40}\.service$`)

var reports = map[string]string{
	"disk":   "df -h | tail -n +2",
	"memory": "free -m | head -2",
}

type Runner struct {
	shell   string
	timeout time.Duration
	prefix  []string
}

func NewRunner() *Runner {
	return &Runner{shell: "/bin/sh", timeout: 10 * time.Second}
}

func (r *Runner) script(ctx context.Context, line string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	return exec.CommandContext(ctx, r.shell, "-c", line).CombinedOutput() // flaw: command-injection
}

func Ping(c *gin.Context) {
	out, err := exec.Command("sh", "-c", "ping -c 2 "+c.Query("host")).CombinedOutput() // flaw: command-injection
	if err != nil {
		c.String(http.StatusBadGateway, "no answer")
		return
	}
	c.Data(http.StatusOK, "text/plain; charset=utf-8", out)
}

func PingAddress(c *gin.Context) {
	ip := net.ParseIP(c.Query("host"))
	if ip == nil {
		c.Status(http.StatusBadRequest)
		return
	}
	out, _ := exec.Command("sh", "-c", "ping -c 2 "+ip.String()).CombinedOutput() // fine: command-injection
	c.Data(http.StatusOK, "text/plain; charset=utf-8", out)
}

func (r *Runner) Logs(c *gin.Context) {
	var parts []string
	parts = append(parts, "journalctl", "--no-pager")
	if unit := c.Query("unit"); unit != "" {
		parts = append(parts, "-u", unit)
	}
	if since := c.PostForm("since"); since != "" {
		parts = append(parts, fmt.Sprintf("--since='%s'", since))
	}
	out, err := r.script(c.Request.Context(), strings.Join(parts, " ")+" | tail -100")
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Data(http.StatusOK, "text/plain; charset=utf-8", out)
}

func Status(c *gin.Context) {
	unit := c.Param("unit")
	if !unitName.MatchString(unit) {
		c.Status(http.StatusNotFound)
		return
	}
	out, _ := exec.Command("systemctl", "status", unit).Output() // fine: command-injection
	c.Data(http.StatusOK, "text/plain; charset=utf-8", out)
}

func Report(c *gin.Context) {
	line, ok := reports[c.Param("kind")]
	if !ok {
		c.Status(http.StatusNotFound)
		return
	}
	out, _ := exec.Command("bash", "-c", line).Output() // fine: command-injection
	c.Data(http.StatusOK, "text/plain; charset=utf-8", out)
}

func Convert(c *gin.Context) {
	tool := "convert"
	if t := c.GetHeader("X-Tool"); t != "" {
		tool = t
	}
	cmd := exec.Command(tool, "-", "-resize", "200x200", "png:-") // flaw: command-injection
	cmd.Stdin = c.Request.Body
	var buf bytes.Buffer
	cmd.Stdout = &buf
	if err := cmd.Run(); err != nil {
		c.Status(http.StatusUnprocessableEntity)
		return
	}
	c.Data(http.StatusOK, "image/png", buf.Bytes())
}

func Nice(c *gin.Context) {
	pid, err := strconv.Atoi(c.PostForm("pid"))
	if err != nil || pid < 100 {
		c.Status(http.StatusBadRequest)
		return
	}
	line := fmt.Sprintf("renice +5 -p %d && ps -o ni= -p %d", pid, pid)
	out, _ := exec.Command("/bin/sh", "-c", line).Output() // fine: command-injection
	c.Data(http.StatusOK, "text/plain; charset=utf-8", out)
}

type archiveJob struct {
	folder string
	label  string
}

func (j archiveJob) command() string {
	var sb strings.Builder
	sb.WriteString("tar czf /var/backups/")
	sb.WriteString(j.label)
	sb.WriteString(".tgz ")
	sb.WriteString(j.folder)
	return sb.String()
}

func Backup(c *gin.Context) {
	job := archiveJob{folder: "/srv/data", label: c.DefaultPostForm("label", "daily")}
	args := []string{"-c", job.command()}
	if err := exec.Command("/bin/bash", args...).Run(); err != nil { // flaw: command-injection
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Status(http.StatusNoContent)
}
