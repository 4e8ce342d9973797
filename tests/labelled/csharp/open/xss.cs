using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Contoso.Web.Controllers
{
    public class SearchController : Controller
    {
        private static readonly string[] Tabs = { "all", "images", "news" };
        private readonly HtmlEncoder _encoder;

        public SearchController(HtmlEncoder encoder)
        {
            _encoder = encoder;
        }

        public IActionResult Results(string q)
        {
            return Content("<h1>Results for " + q + "</h1>", "text/html"); // flaw: xss
        }

        public IActionResult EncodedResults(string q)
        {
            return Content("<h1>Results for " + _encoder.Encode(q ?? "") + "</h1>", "text/html"); // fine: xss
        }

        public IActionResult TabList(string tab, string color)
        {
            var html = new StringBuilder("<ul style=\"color:");
            html.Append(string.IsNullOrEmpty(color) ? "black" : color).Append("\">");
            foreach (var t in Tabs)
            {
                html.AppendFormat("<li>{0}</li>", t);
            }
            html.Append("</ul>");
            return new ContentResult { Content = html.ToString(), ContentType = "text/html" }; // flaw: xss
        }

        public IActionResult Tab(string tab)
        {
            var shown = Tabs.Contains(tab) ? tab : "all";
            return Content($"<b>{shown}</b>", "text/html"); // fine: xss
        }

        public IActionResult Page(int number)
        {
            return Content($"<p>Page {number}</p>", "text/html"); // fine: xss
        }

        public IActionResult Plain(string q)
        {
            Response.Headers["X-Content-Type-Options"] = "nosniff";
            return Content("query=" + q, "text/plain"); // fine: xss
        }

        public async Task Suggest()
        {
            var term = Request.Query["term"].ToString().ToLowerInvariant();
            Response.ContentType = "text/html";
            await Response.WriteAsync(string.Format("<input name='term' value='{0}'>", term)); // flaw: xss
        }

        public IActionResult Profile(string nick)
        {
            ViewData["card"] = Card(nick);
            ViewData["title"] = Title(nick);
            return View();
        }

        private static IHtmlContent Card(string nick)
        {
            var markup = "<div class='card'>" + nick + "</div>";
            return new HtmlString(markup); // flaw: xss
        }

        private static IHtmlContent Title(string nick)
        {
            var tag = new TagBuilder("h2");
            tag.InnerHtml.Append(nick); // fine: xss
            return tag;
        }
    }
}
