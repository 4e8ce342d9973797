using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fabrikam.Text
{
    public partial class LabelForm
    {
        [RegularExpression(@"^[\w-]{1,40}$")] // fine: redos
        public string Name { get; set; }
    }

    public static partial class TextEndpoints
    {
        private const string CsvLine = "^((\"[^\"]*\"|[^,]*)*,?)*;$";

        [GeneratedRegex(@"^(\s*\w*\s*)*:$")] // flaw: redos
        private static partial Regex Spaces();

        [GeneratedRegex(@"^\d+\.\d+\.\d+(?:-[A-Za-z0-9.]+)?$")] // fine: redos
        private static partial Regex Version();

        public static void Map(WebApplication app)
        {
            app.MapPost("/label", (HttpContext http) =>
            {
                var label = http.Request.Form["label"].ToString();
                return Results.Ok(Regex.IsMatch(label, @"^([a-zA-Z]+)*\d$")); // flaw: redos
            });

            app.MapPost("/spaces", (HttpContext http) => Results.Ok(Spaces().IsMatch(http.Request.Form["text"].ToString())));
            app.MapPost("/version", (HttpContext http) => Results.Ok(Version().IsMatch(http.Request.Form["v"].ToString())));

            app.MapPost("/csv", (HttpContext http) =>
            {
                var pattern = new Regex(CsvLine, RegexOptions.Multiline); // flaw: redos
                return Results.Ok(pattern.IsMatch(http.Request.Form["text"].ToString()));
            });

            app.MapPost("/split", (HttpContext http) =>
            {
                var alternatives = new StringBuilder();
                foreach (var p in http.Request.Form["p"])
                {
                    alternatives.Append(alternatives.Length == 0 ? "" : "|").Append("(?:").Append(p).Append(')');
                }
                var pieces = Regex.Split(http.Request.Form["text"].ToString(), alternatives.ToString()); // flaw: redos
                return Results.Ok(pieces.Length);
            });

            app.MapPost("/linear", (HttpContext http) =>
            {
                var pattern = http.Request.Form["p"].ToString();
                var regex = new Regex(pattern, RegexOptions.NonBacktracking); // fine: redos
                return Results.Ok(regex.IsMatch(http.Request.Form["text"].ToString()));
            });

            app.MapPost("/replace", (HttpContext http) =>
            {
                var word = @"\b" + Regex.Escape(http.Request.Form["word"].ToString()) + @"\b";
                return Results.Ok(Regex.Replace(http.Request.Form["text"].ToString(), word, "***")); // fine: redos
            });

            app.MapPost("/timed", (HttpContext http) =>
            {
                var pattern = http.Request.Form["p"].ToString();
                var limit = TimeSpan.FromMilliseconds(100);
                return Results.Ok(Regex.Count(http.Request.Form["text"].ToString(), pattern, RegexOptions.None, limit)); // fine: redos
            });

            app.MapPost("/redact", (HttpContext http) =>
            {
                var redactor = new Redactor(http.Request.Headers["X-Redact"].ToString());
                return Results.Ok(redactor.Apply(http.Request.Form["text"].ToString()));
            });
        }

        private sealed record Redactor(string Rule)
        {
            public string Apply(string text)
            {
                return Regex.Replace(text, Rule, "#"); // flaw: redos
            }
        }
    }
}
