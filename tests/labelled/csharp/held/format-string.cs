using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fabrikam.Labels
{
    public enum Unit
    {
        Kg,
        Lb,
    }

    public static class LabelEndpoints
    {
        private static readonly Dictionary<Unit, string> Units = new() { [Unit.Kg] = "{0:F1} kg", [Unit.Lb] = "{0:F2} lb" };
        private static readonly string[] Columns = { "{0,5}", "{1,-12}" };

        public static void Map(WebApplication app, StreamWriter printer)
        {
            app.MapGet("/free", (string pattern) =>
            {
                return Results.Json(string.Format(pattern, 42)); // flaw: format-string
            });

            app.MapGet("/weight", (Unit unit, double value) =>
            {
                return Results.Json(string.Format(CultureInfo.InvariantCulture, Units[unit], value)); // fine: format-string
            });

            app.MapPost("/address", (HttpContext http, int zip) =>
            {
                var street = http.Request.Form["street"].ToString();
                var city = http.Request.Form["city"].ToString();
                var pattern = street + ", {0:D5} " + city;
                printer.Write(pattern, zip); // flaw: format-string
                return Results.NoContent();
            });

            app.MapPost("/address2", (HttpContext http, int zip) =>
            {
                var street = http.Request.Form["street"].ToString();
                printer.Write("{0}, {1:D5}", street, zip); // fine: format-string
                return Results.NoContent();
            });

            app.MapGet("/table", (string name) =>
            {
                var pattern = string.Join(" | ", Columns);
                return Results.Json(string.Format(pattern, 7, name)); // fine: format-string
            });

            app.MapGet("/bars", (int count) =>
            {
                var n = Math.Clamp(count, 1, 20);
                var pattern = string.Join("-", Enumerable.Range(0, n).Select(i => "{" + i + "}"));
                var values = Enumerable.Range(0, n).Cast<object>().ToArray();
                return Results.Json(string.Format(pattern, values)); // fine: format-string
            });

            app.MapGet("/columns", (string[] col) =>
            {
                var pattern = new StringBuilder();
                for (var i = 0; i < col.Length; i++)
                {
                    pattern.Append("{0,").Append(col[i]).Append('}');
                }
                var text = string.Format(CultureInfo.InvariantCulture, pattern.ToString(), 1); // flaw: format-string
                return Results.Json(text);
            });

            app.MapPost("/operator", (HttpContext http) =>
            {
                var prompt = new Prompt(http.Request.Headers["X-Operator"] + " confirms {0} labels?");
                prompt.Show(3);
                return Results.NoContent();
            });
        }

        private sealed record Prompt(string Text)
        {
            public void Show(int count)
            {
                var buffer = new StringBuilder();
                buffer.AppendFormat(Text, count); // flaw: format-string
                Console.Out.Write(buffer);
            }
        }
    }
}
