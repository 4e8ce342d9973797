using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Web;
using System.Web.Http;
using System.Web.UI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Nancy;

namespace Fabrikam.Links
{
    public enum Section
    {
        News,
        Shop,
    }

    public static class LinkEndpoints
    {
        public static void Map(WebApplication app, IReadOnlyDictionary<string, string> shortLinks)
        {
            app.MapGet("/out", (string to) => Results.Redirect(to)); // flaw: open-redirect
            app.MapGet("/s/{code}", (string code) =>
            {
                if (!shortLinks.TryGetValue(code, out var target))
                {
                    return Results.NotFound();
                }
                return Results.Redirect(target); // fine: open-redirect
            });
            app.MapGet("/section", (Section section, int page) => Results.Redirect($"/{section}?page={page}")); // fine: open-redirect
            app.MapGet("/back", (string back) => Results.LocalRedirect(back ?? "/")); // fine: open-redirect
            app.MapGet("/signed-in", (HttpContext http) =>
            {
                var back = http.Request.Query["back"].ToString();
                if (back.StartsWith("https://fabrikam.com"))
                {
                    return Results.Redirect(back); // flaw: open-redirect
                }
                return Results.Redirect("/start");
            });
            app.MapGet("/forum/{thread:long}", (long thread) =>
                Results.Redirect("https://forum.fabrikam.com/t/" + thread)); // fine: open-redirect
        }
    }

    public class LocaleController : ApiController
    {
        [HttpGet]
        public HttpResponseMessage Switch(string site)
        {
            var location = "https://fabrikam.com";
            if (!string.IsNullOrEmpty(site))
            {
                location = site.TrimEnd('/');
            }
            var message = Request.CreateResponse(HttpStatusCode.Found);
            message.Headers.Location = new Uri(location + "/en"); // flaw: open-redirect
            return message;
        }

        [HttpGet]
        public IHttpActionResult Own(string site)
        {
            Uri uri;
            if (!Uri.TryCreate(site, UriKind.Absolute, out uri) || uri.Scheme != "https" || uri.Host != "fabrikam.com")
            {
                return BadRequest();
            }
            return Redirect(uri); // fine: open-redirect
        }
    }

    public class LegacyPage : Page
    {
        protected void Leave()
        {
            var moved = new Moved(HttpContext.Current.Response);
            moved.Target = Request.QueryString["returnTo"] ?? moved.Target;
            moved.Send();
        }

        private sealed class Moved
        {
            private readonly System.Web.HttpResponse _response;

            public Moved(System.Web.HttpResponse response)
            {
                _response = response;
            }

            public string Target { get; set; } = "/";

            public void Send()
            {
                _response.Redirect(Target, false); // flaw: open-redirect
            }
        }
    }
}
