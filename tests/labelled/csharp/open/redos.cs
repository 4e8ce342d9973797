using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Validation.Controllers
{
    [ApiController]
    [Route("validate")]
    public class ValidationController : ControllerBase
    {
        private static readonly Regex Words = new(@"^(\w+\s?)*$"); // flaw: redos
        private static readonly Regex Slug = new("^[a-z0-9]+(?:-[a-z0-9]+)*$"); // fine: redos
        private static readonly Regex Bounded = new(@"^(\w+\s?)*$", RegexOptions.None, TimeSpan.FromMilliseconds(50)); // fine: redos
        private static readonly Regex Linear = new(@"^(\w+,?)+;$", RegexOptions.NonBacktracking); // fine: redos
        private const string ListPattern = "^(([a-z]+)*,?)+;$";

        [HttpGet("title")]
        public IActionResult Title(string value)
        {
            return Ok(Words.IsMatch(value));
        }

        [HttpGet("slug")]
        public IActionResult SlugOf(string value)
        {
            return Ok(Slug.IsMatch(value) || Linear.IsMatch(value));
        }

        [HttpGet("subtitle")]
        public IActionResult Subtitle(string value)
        {
            try
            {
                return Ok(Bounded.IsMatch(value));
            }
            catch (RegexMatchTimeoutException)
            {
                return BadRequest();
            }
        }

        [HttpGet("list")]
        public IActionResult List(string value)
        {
            return Ok(Regex.IsMatch(value, ListPattern)); // flaw: redos
        }

        [HttpPost("search")]
        public IActionResult Search([FromForm] string pattern, [FromForm] string text)
        {
            var regex = new Regex(pattern, RegexOptions.IgnoreCase); // flaw: redos
            return Ok(regex.Matches(text).Count);
        }

        [HttpPost("literal")]
        public IActionResult Literal([FromForm] string needle, [FromForm] string text)
        {
            return Ok(Regex.Matches(text, Regex.Escape(needle)).Count); // fine: redos
        }

        [HttpPost("filter")]
        public IActionResult Filter([FromQuery] string glob, [FromBody] List<string> names)
        {
            var pattern = "^.*" + glob.Trim() + ".*$";
            return Ok(Select(names, pattern));
        }

        [HttpGet("amount")]
        public IActionResult Amount(string value)
        {
            return Ok(Regex.IsMatch(value, @"^\d{1,10}(\.\d{1,4})?$")); // fine: redos
        }

        private static IEnumerable<string> Select(IEnumerable<string> names, string pattern)
        {
            return names.Where(n => Regex.IsMatch(n, pattern)).ToList(); // flaw: redos
        }
    }
}
