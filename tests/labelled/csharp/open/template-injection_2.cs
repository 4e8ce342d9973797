using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using DotLiquid;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Mono.TextTemplating;
using NVelocity;
using NVelocity.App;
using RazorEngineCore;

namespace Fabrikam.Pages
{
    public static class PageEndpoints
    {
        private const string Ticket = "Ticket @Model.Number for @Model.Holder";
        private static readonly string[] Badges = { "$name", "* $name *" };

        public static void Map(WebApplication app, IRazorEngine razor, VelocityEngine velocity)
        {
            app.MapPost("/custom", (HttpContext http) =>
            {
                var compiled = razor.Compile(http.Request.Form["layout"].ToString()); // flaw: template-injection
                return Results.Json(new { text = compiled.Run() });
            });

            app.MapPost("/ticket", (HttpContext http) =>
            {
                var compiled = razor.Compile(Ticket); // fine: template-injection
                var model = new { Number = http.Request.Form["number"].ToString(), Holder = http.Request.Form["holder"].ToString() };
                return Results.Json(new { text = compiled.Run(model) });
            });

            app.MapPost("/certificate", (HttpContext http) =>
            {
                var heading = "Certificate";
                var course = http.Request.Form["course"].ToString();
                if (course.Length > 3)
                {
                    heading += " for " + course;
                }
                var source = "#set($year = 2024)" + heading + " $year";
                using var writer = new StringWriter();
                velocity.Evaluate(new VelocityContext(), writer, "certificate", source); // flaw: template-injection
                return Results.Json(new { text = writer.ToString() });
            });

            app.MapPost("/badge", (HttpContext http, int style) =>
            {
                var context = new VelocityContext();
                context.Put("name", http.Request.Form["name"].ToString());
                using var writer = new StringWriter();
                velocity.Evaluate(context, writer, "badge", Badges[style == 1 ? 1 : 0]); // fine: template-injection
                return Results.Json(new { text = writer.ToString() });
            });

            app.MapPost("/flyer", (HttpContext http) =>
            {
                var template = Template.Parse("{% for i in items %}{{ i }} {% endfor %}"); // fine: template-injection
                var items = http.Request.Form["item"].ToArray();
                return Results.Json(new { text = template.Render(Hash.FromAnonymousObject(new { items })) });
            });

            app.MapPost("/generate", async (HttpContext http) =>
            {
                using var reader = new StreamReader(http.Request.Body);
                var body = await reader.ReadToEndAsync();
                var generator = new TemplateGenerator();
                var (_, content) = await generator.ProcessTemplateAsync("in.tt", body, "out.txt"); // flaw: template-injection
                return Results.Json(new { text = content });
            });

            app.MapPost("/memo", async (HttpContext http) =>
            {
                var source = await File.ReadAllTextAsync("/srv/templates/memo.cshtml");
                var compiled = razor.Compile(source); // fine: template-injection
                return Results.Json(new { text = compiled.Run(new { Body = http.Request.Form["body"].ToString() }) });
            });

            app.MapPost("/poster", (HttpContext http) =>
            {
                var poster = new Poster { Headline = http.Request.Form["headline"] };
                return Results.Json(new { text = poster.Build(razor) });
            });
        }

        private sealed class Poster
        {
            public string Headline { get; set; }

            public string Build(IRazorEngine razor)
            {
                var source = "<h1>" + Headline + "</h1> @DateTime.Now.Year";
                return razor.Compile(source).Run(); // flaw: template-injection
            }
        }
    }
}
