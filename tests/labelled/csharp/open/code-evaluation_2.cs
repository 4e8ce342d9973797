using System;
using System.CodeDom.Compiler;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Dynamic.Core;
using System.Linq.Expressions;
using System.Reflection;
using IronPython.Hosting;
using Jint;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.CSharp;
using Microsoft.ClearScript.V8;
using Microsoft.Scripting.Hosting;
using NLua;

namespace Fabrikam.Workflow
{
    public static class WorkflowEndpoints
    {
        private const string Due = "created + days * 86400";
        private static readonly Dictionary<string, Func<IStep>> Steps = new() { ["mail"] = () => new MailStep() };

        public static void Map(WebApplication app, V8ScriptEngine v8)
        {
            app.MapGet("/quick", (string expr) =>
            {
                v8.AddHostType("Console", typeof(Console));
                v8.AddHostObject("host", new Microsoft.ClearScript.HostFunctions());
                return Results.Ok(v8.Evaluate(expr)); // flaw: code-evaluation
            });

            app.MapGet("/due", (long created, int days) =>
            {
                var engine = Python.CreateEngine();
                var scope = engine.CreateScope();
                scope.SetVariable("created", created);
                scope.SetVariable("days", days);
                return Results.Ok(engine.Execute<long>(Due, scope)); // fine: code-evaluation
            });

            app.MapPost("/guard", (HttpContext http) =>
            {
                var condition = http.Request.Form["condition"].ToString();
                var script = "True";
                if (condition.Length > 0)
                {
                    script = "total > 0 and (" + condition + ")";
                }
                var engine = Python.CreateEngine();
                var scope = engine.CreateScope();
                scope.SetVariable("total", 5);
                return Results.Ok(engine.Execute<bool>(script, scope)); // flaw: code-evaluation
            });

            app.MapGet("/threshold", (string limit) =>
            {
                var number = double.Parse(limit);
                var lambda = DynamicExpressionParser.ParseLambda<Order, bool>(null, false, "Total > @0", number); // fine: code-evaluation
                return Results.Ok(lambda.Compile()(new Order()));
            });

            app.MapGet("/step", (string name) =>
            {
                if (!Steps.TryGetValue(name, out var make))
                {
                    return Results.NotFound();
                }
                return Results.Ok(make().Execute()); // fine: code-evaluation
            });

            app.MapPost("/lua", (HttpContext http) =>
            {
                var lines = http.Request.Form["line"].ToArray();
                var chunk = string.Join("\n", lines);
                using var lua = new Lua();
                lua.LoadCLRPackage();
                return Results.Ok(lua.DoString(chunk).Length); // flaw: code-evaluation
            });

            app.MapGet("/member", (string member) =>
            {
                var property = member == "count" ? "Count" : "Total";
                var value = typeof(Order).GetProperty(property).GetValue(new Order()); // fine: code-evaluation
                return Results.Ok(value);
            });

            app.MapPost("/macro", (HttpContext http) =>
            {
                var macro = new Macro { Body = http.Request.Form["body"] };
                return Results.Ok(macro.Compile());
            });
        }

        private sealed class Macro
        {
            public string Body { get; set; }

            public int Compile()
            {
                var source = "public static class M { public static int Go() { " + Body + " } }";
                using var provider = new CSharpCodeProvider();
                var options = new CompilerParameters { GenerateInMemory = true };
                var result = provider.CompileAssemblyFromSource(options, source); // flaw: code-evaluation
                return (int)result.CompiledAssembly.GetType("M").GetMethod("Go").Invoke(null, null);
            }
        }
    }

    public interface IStep
    {
        int Execute();
    }

    public class MailStep : IStep
    {
        public int Execute() => 1;
    }

    public class Order
    {
        public int Total { get; set; } = 5;
        public int Count { get; set; } = 1;
    }
}
