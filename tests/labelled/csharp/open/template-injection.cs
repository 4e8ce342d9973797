using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using HandlebarsDotNet;
using Microsoft.AspNetCore.Mvc;
using RazorEngine;
using RazorEngine.Templating;
using RazorLight;

namespace Contoso.Mail.Controllers
{
    [ApiController]
    [Route("mail")]
    public class MailPreviewController : ControllerBase
    {
        private const string Greeting = "Dear @Model.Name, your order @Model.Order has shipped.";
        private static readonly Dictionary<string, string> Layouts = new()
        {
            ["plain"] = "Hello @Model.Name",
            ["festive"] = "*** Hello @Model.Name ***",
        };

        private readonly RazorLightEngine _razor;

        public MailPreviewController(RazorLightEngine razor)
        {
            _razor = razor;
        }

        [HttpPost("preview")]
        public IActionResult Preview([FromForm] string body)
        {
            var text = Engine.Razor.RunCompile(body, "preview", null, new { Name = "Sample" }); // flaw: template-injection
            return Ok(new { text });
        }

        [HttpPost("greeting")]
        public IActionResult Greet([FromForm] string name, [FromForm] string order)
        {
            var text = Engine.Razor.RunCompile(Greeting, "greeting", null, new { Name = name, Order = order }); // fine: template-injection
            return Ok(new { text });
        }

        [HttpPost("campaign")]
        public async Task<IActionResult> Campaign([FromForm] string title, [FromForm] string signature)
        {
            var source = new StringBuilder("@{ var year = 2024; }\n");
            source.Append("<h1>").Append(title).AppendLine("</h1>");
            if (!string.IsNullOrWhiteSpace(signature))
            {
                source.AppendLine("-- " + signature + " @year");
            }
            var text = await _razor.CompileRenderStringAsync("campaign", source.ToString(), new { }); // flaw: template-injection
            return Ok(new { text });
        }

        [HttpPost("layout")]
        public async Task<IActionResult> Layout([FromForm] string layout, [FromForm] string name)
        {
            var source = Layouts.TryGetValue(layout ?? "", out var found) ? found : Layouts["plain"];
            var text = await _razor.CompileRenderStringAsync("layout-" + source.GetHashCode(), source, new { Name = name }); // fine: template-injection
            return Ok(new { text });
        }

        [HttpPost("reminder")]
        public async Task<IActionResult> Reminder([FromForm] string title)
        {
            var text = await _razor.CompileRenderAsync("Mail/Reminder.cshtml", new { Title = title }); // fine: template-injection
            return Ok(new { text });
        }

        [HttpPost("banner")]
        public IActionResult Banner([FromForm] string caption)
        {
            var cached = "banner-" + caption?.Length;
            return Ok(new { text = Render(cached, "<b>" + caption + "</b> for @Model.Shop") });
        }

        [HttpPost("footer")]
        public IActionResult Footer([FromForm] string caption)
        {
            var template = Handlebars.Compile("{{caption}} - {{shop}}"); // fine: template-injection
            return Ok(new { text = template(new { caption, shop = "Contoso" }) });
        }

        [HttpPost("widget")]
        public async Task<IActionResult> Widget()
        {
            using var reader = new StreamReader(Request.Body);
            var markup = await reader.ReadToEndAsync();
            Engine.Razor.AddTemplate("widget", markup); // flaw: template-injection
            return Ok(new { text = Engine.Razor.RunCompile("widget") });
        }

        private static string Render(string key, string source)
        {
            return Engine.Razor.RunCompile(source, key, null, new { Shop = "Contoso" }); // flaw: template-injection
        }
    }
}
