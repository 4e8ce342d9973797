using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Audit.Controllers
{
    [ApiController]
    [Route("audit")]
    public class AuditController : ControllerBase
    {
        private static readonly log4net.ILog Log = log4net.LogManager.GetLogger(typeof(AuditController));
        private readonly TextWriter _trail;

        public AuditController(TextWriter trail)
        {
            _trail = trail;
        }

        public enum Kind
        {
            Open,
            Close,
        }

        [HttpPost("login")]
        public IActionResult Login(string user)
        {
            Log.Info("login attempt by " + user); // flaw: log-injection
            return NoContent();
        }

        [HttpPost("flat-login")]
        public IActionResult FlatLogin(string user)
        {
            var line = user.Replace("\r", "_").Replace("\n", "_");
            Log.Info("login attempt by " + line); // fine: log-injection
            return NoContent();
        }

        [HttpGet("item/{id:long}")]
        public IActionResult Item(long id, int page)
        {
            Log.InfoFormat("item {0} page {1}", id, page); // fine: log-injection
            return NoContent();
        }

        [HttpPost("event")]
        public IActionResult Event(string kind)
        {
            var parsed = Enum.Parse<Kind>(kind);
            Log.Warn($"event {parsed}"); // fine: log-injection
            return NoContent();
        }

        [HttpGet("request")]
        public IActionResult RequestLine()
        {
            var line = new StringBuilder("request");
            foreach (var key in new[] { "source", "campaign" })
            {
                if (Request.Query.TryGetValue(key, out var value))
                {
                    line.Append(' ').Append(key).Append('=').Append(value.ToString());
                }
            }
            _trail.WriteLine(line.ToString()); // flaw: log-injection
            return NoContent();
        }

        [HttpGet("client")]
        public IActionResult Client(string client)
        {
            if (!int.TryParse(client, out var number))
            {
                Log.ErrorFormat("not a client number: {0}", client); // flaw: log-injection
                return BadRequest();
            }
            Log.DebugFormat("client {0}", number); // fine: log-injection
            return NoContent();
        }

        [HttpGet("coupon")]
        public IActionResult Coupon(string code)
        {
            if (code is null || !code.All(char.IsAsciiLetterOrDigit))
            {
                return BadRequest();
            }
            _trail.WriteLine("coupon " + code); // fine: log-injection
            return NoContent();
        }

        [HttpPost("note")]
        public IActionResult Note(int team, string note)
        {
            Record("note", $"[{team}] {note?.Trim()}");
            return NoContent();
        }

        private static void Record(string kind, string text)
        {
            Log.Info(kind + ": " + text); // flaw: log-injection
        }
    }
}
