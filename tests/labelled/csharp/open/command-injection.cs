using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Ops.Controllers
{
    [ApiController]
    [Route("ops")]
    public class OpsController : ControllerBase
    {
        private static readonly HashSet<string> Units = new() { "nginx", "redis", "postgres" };
        private static readonly Regex HostName = new(@"\A[a-z0-9][a-z0-9.-]{0,80}\z", RegexOptions.CultureInvariant);
        private const string UptimeScript = "uptime | cut -d, -f1";

        [HttpGet("ping")]
        public IActionResult Ping(string host)
        {
            var p = Process.Start("/bin/sh", "-c \"ping -c 2 " + host + "\""); // flaw: command-injection
            p.WaitForExit();
            return Ok(p.ExitCode);
        }

        [HttpGet("uptime")]
        public IActionResult Uptime()
        {
            using var p = Process.Start("/bin/sh", $"-c \"{UptimeScript}\""); // fine: command-injection
            p.WaitForExit();
            return Ok(p.ExitCode);
        }

        [HttpPost("restart")]
        public IActionResult Restart(string unit)
        {
            if (!Units.Contains(unit))
            {
                return NotFound();
            }
            var info = new ProcessStartInfo("/bin/sh", $"-c \"systemctl restart {unit}\"");
            using var p = Process.Start(info); // fine: command-injection
            return Ok(p.Id);
        }

        [HttpPost("archive")]
        public IActionResult Archive([FromBody] ArchiveRequest request)
        {
            var line = new StringBuilder("/c tar -cf backup.tar");
            foreach (var folder in request.Folders)
            {
                line.Append(' ').Append(folder);
            }
            if (!string.IsNullOrEmpty(request.Comment))
            {
                line.Append(" & echo ").Append(request.Comment).Append(" >> log.txt");
            }
            var info = new ProcessStartInfo
            {
                FileName = "cmd.exe",
                Arguments = line.ToString(),
                UseShellExecute = false,
            };
            using var p = Process.Start(info); // flaw: command-injection
            return Accepted(p.Id);
        }

        [HttpGet("trace")]
        public IActionResult Trace(string host, int hops = 10)
        {
            if (host == null || !HostName.IsMatch(host))
            {
                return BadRequest();
            }
            return Ok(Run("traceroute -m " + hops + " " + host));
        }

        [HttpGet("grep")]
        public IActionResult Grep(string text)
        {
            var info = new ProcessStartInfo("/usr/bin/grep") { RedirectStandardOutput = true };
            info.ArgumentList.Add("-c");
            info.ArgumentList.Add("--");
            info.ArgumentList.Add(text);
            info.ArgumentList.Add("/var/log/app.log");
            using var p = Process.Start(info); // fine: command-injection
            return Ok(p.StandardOutput.ReadToEnd().Length);
        }

        [HttpPost("tool")]
        public IActionResult Tool(string program, string args)
        {
            var process = new Process();
            process.StartInfo.FileName = program;
            process.StartInfo.Arguments = args;
            process.Start(); // flaw: command-injection
            return Ok(process.Id);
        }

        [HttpGet("lookup")]
        public IActionResult Lookup(string name)
        {
            var query = Request.Headers["X-Record"].ToString();
            var kind = string.IsNullOrEmpty(query) ? "A" : query;
            return Ok(Query(string.Format("dig +short {0} {1}", kind, name ?? "localhost")));
        }

        private static int Query(string script)
        {
            var info = new ProcessStartInfo("bash", "-c '" + script + "'");
            using var p = Process.Start(info); // flaw: command-injection
            p.WaitForExit();
            return p.ExitCode;
        }

        private static int Run(string commandLine)
        {
            var parts = commandLine.Split(' ', 2);
            using var p = Process.Start(parts[0], parts[1]); // fine: command-injection
            p.WaitForExit();
            return p.ExitCode;
        }

        public record ArchiveRequest(List<string> Folders, string Comment);
    }
}
