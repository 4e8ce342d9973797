using System;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Linq.Dynamic.Core;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Contoso.Rules.Controllers
{
    [ApiController]
    [Route("rules")]
    public class RulesController : ControllerBase
    {
        private const string Discount = "Price * (100 - Percent) / 100";
        private static readonly string[] Operators = { "+", "-", "*" };
        private static readonly Dictionary<string, Type> Handlers = new() { ["mail"] = typeof(MailHandler), ["log"] = typeof(LogHandler) };

        [HttpGet("calc")]
        public async Task<IActionResult> Calc(string formula)
        {
            return Ok(await CSharpScript.EvaluateAsync<double>(formula)); // flaw: code-evaluation
        }

        [HttpGet("discount")]
        public async Task<IActionResult> DiscountOf(double price, double percent)
        {
            var globals = new Globals { Price = price, Percent = percent };
            return Ok(await CSharpScript.EvaluateAsync<double>(Discount, globals: globals)); // fine: code-evaluation
        }

        [HttpGet("op")]
        public async Task<IActionResult> Op(int a, string op, int b)
        {
            if (!Operators.Contains(op))
            {
                return BadRequest();
            }
            return Ok(await CSharpScript.EvaluateAsync<int>($"({a}) {op} ({b})")); // fine: code-evaluation
        }

        [HttpPost("match")]
        public async Task<IActionResult> Match([FromBody] List<string> clauses)
        {
            var source = new StringBuilder("return ");
            for (var i = 0; i < clauses.Count; i++)
            {
                source.Append(i == 0 ? "" : " && ").Append('(').Append(clauses[i]).Append(')');
            }
            source.Append(';');
            var script = CSharpScript.Create<bool>(source.ToString(), ScriptOptions.Default, typeof(Globals));
            var state = await script.RunAsync(new Globals()); // flaw: code-evaluation
            return Ok(state.ReturnValue);
        }

        [HttpGet("handler")]
        public IActionResult Handler(string name)
        {
            if (!Handlers.TryGetValue(name ?? "", out var type))
            {
                return NotFound();
            }
            return Ok(Activator.CreateInstance(type).ToString()); // fine: code-evaluation
        }

        [HttpGet("plugin")]
        public IActionResult Plugin(string type, string method)
        {
            var found = Type.GetType(type, throwOnError: true);
            var instance = Activator.CreateInstance(found);
            return Ok(found.GetMethod(method).Invoke(instance, null)); // flaw: code-evaluation
        }

        [HttpGet("filter")]
        public IActionResult Filter(double limit)
        {
            var items = new[] { new Globals { Price = 1 }, new Globals { Price = 9 } }.AsQueryable();
            return Ok(items.Where("Price > @0", limit).Count()); // fine: code-evaluation
        }

        [HttpPost("assembly")]
        public IActionResult Load([FromForm] string code)
        {
            var raw = Convert.FromBase64String(code);
            return Ok(Run(raw));
        }

        private static string Run(byte[] image)
        {
            var assembly = Assembly.Load(image); // flaw: code-evaluation
            assembly.EntryPoint?.Invoke(null, new object[] { Array.Empty<string>() });
            return assembly.FullName;
        }

        public class Globals
        {
            public double Price { get; set; }
            public double Percent { get; set; }
        }

        private sealed class MailHandler
        {
        }

        private sealed class LogHandler
        {
        }
    }
}
