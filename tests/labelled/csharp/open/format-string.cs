using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Messages.Controllers
{
    [ApiController]
    [Route("message")]
    public class MessageController : ControllerBase
    {
        private const string OrderLine = "{0,-20} {1,8:F2} EUR";
        private static readonly Dictionary<string, string> Patterns = new()
        {
            ["short"] = "{0}",
            ["long"] = "{0} has {1} points",
        };

        private readonly TextWriter _receipt;

        public MessageController(TextWriter receipt)
        {
            _receipt = receipt;
        }

        [HttpGet("points")]
        public IActionResult Points(string layout, int points)
        {
            return Ok(new { text = string.Format(layout, points) }); // flaw: format-string
        }

        [HttpGet("named")]
        public IActionResult Named(string style, string name, int points)
        {
            var pattern = Patterns.TryGetValue(style ?? "", out var found) ? found : "{0}";
            return Ok(new { text = string.Format(pattern, name, points) }); // fine: format-string
        }

        [HttpPost("greeting")]
        public IActionResult Greeting([FromForm] string name, [FromForm] int number)
        {
            var pattern = new StringBuilder("Hello ");
            pattern.Append(string.IsNullOrEmpty(name) ? "guest" : name);
            pattern.Append(", you are visitor {0:N0}");
            var text = string.Format(CultureInfo.InvariantCulture, pattern.ToString(), number); // flaw: format-string
            return Ok(new { text });
        }

        [HttpPost("order")]
        public IActionResult Order([FromForm] string item, [FromForm] decimal price)
        {
            return Ok(new { text = string.Format(CultureInfo.InvariantCulture, OrderLine, item, price) }); // fine: format-string
        }

        [HttpPost("receipt")]
        public IActionResult Receipt([FromForm] string item, [FromForm] int count)
        {
            var line = item + " x {0}";
            _receipt.WriteLine(line, count); // flaw: format-string
            return NoContent();
        }

        [HttpPost("receipt2")]
        public IActionResult EscapedReceipt([FromForm] string item, [FromForm] int count)
        {
            var doubled = item.Replace("{", "{{").Replace("}", "}}");
            _receipt.WriteLine(doubled + " x {0}", count); // fine: format-string
            return NoContent();
        }

        [HttpGet("column")]
        public IActionResult Column(byte width, string text)
        {
            return Ok(new { text = string.Format("{0,-" + width + "}|", text) }); // fine: format-string
        }

        [HttpGet("custom")]
        public IActionResult Custom(string suffix, double value)
        {
            return Ok(new { text = Render("{0:F2} " + suffix, value) });
        }

        private static string Render(string pattern, double value)
        {
            var sb = new StringBuilder();
            sb.AppendFormat(CultureInfo.InvariantCulture, pattern, value); // flaw: format-string
            return sb.ToString();
        }
    }
}
