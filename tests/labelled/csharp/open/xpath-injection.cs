using System;
using System.Collections.Generic;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Catalog.Controllers
{
    [ApiController]
    [Route("xml")]
    public class CatalogXmlController : ControllerBase
    {
        private const string AllTitles = "/catalog/item/title";
        private static readonly Dictionary<string, string> Views = new()
        {
            ["new"] = "/catalog/item[@state='new']",
            ["sale"] = "/catalog/item[@discount > 0]",
        };

        private readonly XmlDocument _catalog;
        private readonly XDocument _members;

        public CatalogXmlController(XmlDocument catalog, XDocument members)
        {
            _catalog = catalog;
            _members = members;
        }

        [HttpGet("item")]
        public IActionResult Item(string sku)
        {
            var node = _catalog.SelectSingleNode("//item[@sku='" + sku + "']"); // flaw: xpath-injection
            return Ok(node != null);
        }

        [HttpGet("titles")]
        public IActionResult Titles()
        {
            return Ok(_catalog.SelectNodes(AllTitles).Count); // fine: xpath-injection
        }

        [HttpGet("view")]
        public IActionResult View(string name)
        {
            if (!Views.TryGetValue(name ?? "", out var expression))
            {
                return NotFound();
            }
            return Ok(_catalog.SelectNodes(expression).Count); // fine: xpath-injection
        }

        [HttpPost("member")]
        public IActionResult Member([FromForm] string login, [FromForm] string code)
        {
            var predicate = $"@login='{login}'";
            if (!string.IsNullOrEmpty(code))
            {
                predicate += $" and @code='{code}'";
            }
            var path = "/members/member[" + predicate + "]";
            return Ok(_members.XPathSelectElement(path) != null); // flaw: xpath-injection
        }

        [HttpGet("nth")]
        public IActionResult Nth(int position)
        {
            var node = _catalog.SelectSingleNode("/catalog/item[" + position + "]"); // fine: xpath-injection
            return Ok(node?.Attributes?["sku"]?.Value);
        }

        [HttpGet("count")]
        public IActionResult Count([FromQuery] string[] brands)
        {
            var union = new StringBuilder();
            foreach (var brand in brands)
            {
                union.Append(union.Length == 0 ? "" : " | ").AppendFormat("//item[@brand=\"{0}\"]", brand);
            }
            var navigator = _catalog.CreateNavigator();
            return Ok(navigator.Select(union.ToString()).Count); // flaw: xpath-injection
        }

        [HttpGet("guid")]
        public IActionResult ById(string id)
        {
            var parsed = Guid.Parse(id);
            var compiled = XPathExpression.Compile($"//item[@id='{parsed:D}']"); // fine: xpath-injection
            return Ok(_catalog.CreateNavigator().Select(compiled).Count);
        }

        [HttpGet("price")]
        public IActionResult Price(string sku, string currency)
        {
            return Ok(Evaluate(string.Format("string(//item[@sku='{0}']/price[@cur='{1}'])", sku, currency)));
        }

        private object Evaluate(string expression)
        {
            var navigator = _catalog.CreateNavigator();
            return navigator.Evaluate(expression); // flaw: xpath-injection
        }
    }
}
