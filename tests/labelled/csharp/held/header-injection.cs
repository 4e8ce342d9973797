using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using System.Web;

namespace Fabrikam.Proxy
{
    public enum Mode
    {
        Inline,
        Download,
    }

    /// <summary>Writes response heads for the embedded proxy directly to the connection pipe.</summary>
    public sealed class ProxyHead
    {
        private readonly PipeWriter _writer;
        private readonly List<KeyValuePair<string, string>> _extra = new();

        public ProxyHead(PipeWriter writer)
        {
            _writer = writer;
        }

        public async Task ImageAsync(string rawQuery)
        {
            var query = HttpUtility.ParseQueryString(rawQuery);
            await LineAsync("HTTP/1.1 200 OK");
            await _writer.WriteAsync(Encoding.ASCII.GetBytes("X-Caption: " + query["caption"] + "\r\n")); // flaw: header-injection
            await _writer.WriteAsync(Encoding.ASCII.GetBytes("X-Width: " + int.Parse(query["w"]) + "\r\n")); // fine: header-injection
            var mode = Enum.Parse<Mode>(query["mode"], ignoreCase: true);
            await _writer.WriteAsync(Encoding.ASCII.GetBytes($"X-Mode: {mode}\r\n\r\n")); // fine: header-injection
        }

        public async Task DownloadAsync(string rawQuery, StreamWriter output)
        {
            var name = HttpUtility.ParseQueryString(rawQuery).Get("name") ?? "file";
            string disposition;
            if (name.EndsWith(".pdf"))
            {
                disposition = "inline; filename=\"" + name + "\"";
            }
            else
            {
                disposition = "attachment; filename=\"" + name + "\"";
            }
            await output.WriteAsync("HTTP/1.1 200 OK\r\n");
            await output.WriteAsync("Content-Disposition: " + disposition + "\r\n\r\n"); // flaw: header-injection
        }

        public async Task TaggedAsync(string rawQuery, StreamWriter output)
        {
            var query = HttpUtility.ParseQueryString(rawQuery);
            var tag = Convert.ToBase64String(Encoding.UTF8.GetBytes(query["tag"] ?? ""));
            await output.WriteAsync("HTTP/1.1 304 Not Modified\r\n");
            await output.WriteAsync($"ETag: \"{tag}\"\r\n"); // fine: header-injection
            await output.WriteAsync("X-Session: " + OneLine(query["session"]) + "\r\n\r\n"); // fine: header-injection
        }

        public async Task ExtraAsync(string rawQuery, StreamWriter output)
        {
            var query = HttpUtility.ParseQueryString(rawQuery);
            _extra.Add(new KeyValuePair<string, string>("Server", "fabrikam"));
            _extra.Add(new KeyValuePair<string, string>("X-Client", query["client"]));
            await output.WriteAsync("HTTP/1.1 204 No Content\r\n");
            foreach (var pair in _extra)
            {
                await output.WriteAsync($"{pair.Key}: {pair.Value}\r\n"); // flaw: header-injection
            }
            await output.WriteAsync("\r\n");
        }

        public async Task EchoAsync(string rawQuery)
        {
            await LineAsync("HTTP/1.1 204 No Content");
            await LineAsync("X-Origin-Name: " + HttpUtility.ParseQueryString(rawQuery)["origin"]);
            await LineAsync(string.Empty);
        }

        private async Task LineAsync(string line)
        {
            var bytes = Encoding.Latin1.GetBytes(line + "\r\n");
            await _writer.WriteAsync(bytes); // flaw: header-injection
        }

        private static string OneLine(string value)
        {
            return new string((value ?? "").Where(c => c >= 0x20 && c < 0x7f).ToArray());
        }
    }
}
