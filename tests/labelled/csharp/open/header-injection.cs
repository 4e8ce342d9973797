using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Contoso.Kiosk
{
    /// <summary>Small HTTP responder for kiosk devices; the response head is written to the socket as text.</summary>
    public sealed class KioskResponder
    {
        private static readonly HashSet<string> Languages = new() { "en", "de", "fr" };
        private readonly StringBuilder _head = new();

        public async Task ServeAsync(TcpClient client)
        {
            using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var request = await reader.ReadLineAsync() ?? "GET / HTTP/1.1";
            var target = request.Split(' ')[1];
            var query = Parse(target);
            _head.Append("HTTP/1.1 204 No Content\r\n");
            Language(query);
            Theme(query);
            Ticket(query);
            Echo(query);
            Write("X-Agent", query.GetValueOrDefault("agent", "none"));
            _head.Append("\r\n");
            await stream.WriteAsync(Encoding.Latin1.GetBytes(_head.ToString()));
        }

        private void Language(IDictionary<string, string> query)
        {
            var lang = query["lang"];
            _head.Append("Content-Language: " + lang + "\r\n"); // flaw: header-injection
            if (Languages.Contains(lang))
            {
                _head.Append("X-Lang: " + lang + "\r\n"); // fine: header-injection
            }
        }

        private void Theme(IDictionary<string, string> query)
        {
            var theme = "default";
            if (query.TryGetValue("theme", out var wanted) && wanted.Length < 100)
            {
                theme = wanted.Trim();
            }
            _head.AppendFormat("X-Theme: {0}\r\n", theme); // flaw: header-injection
        }

        private void Ticket(IDictionary<string, string> query)
        {
            var number = int.Parse(query["nr"]);
            _head.Append("X-Ticket: ").Append(number).Append("\r\n"); // fine: header-injection
            var file = Uri.EscapeDataString(query["name"]);
            _head.Append("Content-Disposition: attachment; filename*=UTF-8''" + file + "\r\n"); // fine: header-injection
            var lines = new List<string> { "X-Holder: " + query["name"], "X-Kind: ticket" };
            _head.Append(string.Join("\r\n", lines)).Append("\r\n"); // flaw: header-injection
        }

        private void Echo(IDictionary<string, string> query)
        {
            var trace = query["trace"].Replace("\r", "").Replace("\n", "");
            _head.Append($"X-Trace: {trace}\r\n"); // fine: header-injection
            Strict("X-Device", query["device"]);
        }

        private void Write(string name, string value)
        {
            _head.Append(name).Append(": ").Append(value).Append("\r\n"); // flaw: header-injection
        }

        private void Strict(string name, string value)
        {
            if (value.Any(char.IsControl))
            {
                throw new ArgumentException(name);
            }
            _head.Append(name).Append(": ").Append(value).Append("\r\n"); // fine: header-injection
        }

        private static Dictionary<string, string> Parse(string target)
        {
            var result = new Dictionary<string, string>();
            var mark = target.IndexOf('?');
            foreach (var pair in mark < 0 ? Array.Empty<string>() : target[(mark + 1)..].Split('&'))
            {
                var kv = pair.Split('=', 2);
                result[kv[0]] = kv.Length > 1 ? WebUtility.UrlDecode(kv[1]) : "";
            }
            return result;
        }
    }
}
