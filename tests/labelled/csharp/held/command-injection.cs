using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CliWrap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Renci.SshNet;

namespace Fabrikam.Media
{
    public enum Quality
    {
        Low,
        High,
    }

    public static class MediaEndpoints
    {
        private static readonly Dictionary<Quality, string> Presets = new()
        {
            [Quality.Low] = "ffmpeg -preset veryfast -i in.mov out.mp4",
            [Quality.High] = "ffmpeg -preset slow -i in.mov out.mp4",
        };

        public static void Map(WebApplication app, SshClient ssh)
        {
            app.MapPost("/thumb", async (string source) =>
            {
                await Cli.Wrap("/bin/bash").WithArguments("-c \"convert " + source + " out.png\"").ExecuteAsync(); // flaw: command-injection
                return Results.NoContent();
            });

            app.MapPost("/preset", async (Quality quality) =>
            {
                await Cli.Wrap("/bin/bash").WithArguments(new[] { "-c", Presets[quality] }).ExecuteAsync(); // fine: command-injection
                return Results.NoContent();
            });

            app.MapPost("/caption", async (HttpContext http) =>
            {
                var text = http.Request.Query["text"].ToString();
                await Cli.Wrap("/opt/media/caption").WithArguments(a => a.Add("--text").Add(text)).ExecuteAsync(); // fine: command-injection
                return Results.NoContent();
            });

            app.MapGet("/probe/{id:guid}", (Guid id) =>
            {
                using var command = ssh.CreateCommand($"ffprobe /spool/{id:N}.mov"); // fine: command-injection
                return Results.Ok(command.Execute().Length);
            });

            app.MapGet("/remote", (string folder, string pattern) =>
            {
                var parts = new List<string> { "cd /spool" };
                if (!string.IsNullOrEmpty(folder))
                {
                    parts.Add("cd " + folder);
                }
                parts.Add("ls " + (pattern ?? "*"));
                using var result = ssh.RunCommand(string.Join(" && ", parts)); // flaw: command-injection
                return Results.Ok(result.ExitStatus);
            });

            app.MapPost("/script", (HttpContext http) =>
            {
                var folder = http.Request.Form["folder"].ToString();
                using var shell = PowerShell.Create();
                shell.AddScript($"Get-ChildItem '{folder}' | Measure-Object"); // flaw: command-injection
                return Results.Ok(shell.Invoke().Count);
            });

            app.MapPost("/measure", (HttpContext http) =>
            {
                var folder = http.Request.Form["folder"].ToString();
                using var shell = PowerShell.Create();
                shell.AddCommand("Measure-Object").AddParameter("InputObject", folder); // fine: command-injection
                return Results.Ok(shell.Invoke().Count);
            });

            app.MapPost("/filter", (string name) =>
            {
                var job = new Job { Line = "convert in.png -filter " + name + " out.png" };
                return Results.Ok(job.Run());
            });

            app.MapPost("/rotate", (string degrees) =>
            {
                var job = int.Parse(degrees) % 360;
                using var p = Process.Start("cmd.exe", "/c rotate.bat " + job); // fine: command-injection
                return Results.Ok(p.Id);
            });
        }

        private sealed class Job
        {
            public string Line { get; set; }

            public int Run()
            {
                var info = new ProcessStartInfo("/bin/sh");
                info.ArgumentList.Add("-c");
                info.ArgumentList.Add(Line); // flaw: command-injection
                using var process = Process.Start(info);
                process.WaitForExit();
                return process.ExitCode;
            }
        }
    }
}
