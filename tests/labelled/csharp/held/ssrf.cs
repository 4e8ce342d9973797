using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Flurl;
using Flurl.Http;
using HtmlAgilityPack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RestSharp;

namespace Fabrikam.Hooks
{
    public enum Feed
    {
        News,
        Jobs,
    }

    public static class HookEndpoints
    {
        private static readonly string[] Mirrors = { "mirror-a.fabrikam.com", "mirror-b.fabrikam.com" };

        public static void Map(WebApplication app, IHttpClientFactory clients)
        {
            app.MapGet("/title", (string page) =>
            {
                var doc = new HtmlWeb().Load(page); // flaw: ssrf
                return Results.Ok(doc.DocumentNode.ChildNodes.Count);
            });

            app.MapGet("/feed", (Feed feed) =>
            {
                var doc = new HtmlWeb().Load($"https://feeds.fabrikam.com/{feed}.html"); // fine: ssrf
                return Results.Ok(doc.DocumentNode.ChildNodes.Count);
            });

            app.MapPost("/peer", async (string peer, bool tls) =>
            {
                var scheme = tls ? "https" : "http";
                var url = new Url($"{scheme}://{peer}").AppendPathSegment("notify").SetQueryParam("from", "fabrikam");
                var response = await url.GetAsync(); // flaw: ssrf
                return Results.Ok(response.StatusCode);
            });

            app.MapGet("/mirror", async (string host) =>
            {
                var index = Array.IndexOf(Mirrors, host);
                if (index < 0)
                {
                    return Results.BadRequest();
                }
                var response = await $"https://{Mirrors[index]}/status".GetAsync(); // fine: ssrf
                return Results.Ok(response.StatusCode);
            });

            app.MapGet("/item/{id:guid}", async (Guid id, string lang) =>
            {
                var client = new RestClient("https://catalog.fabrikam.com");
                var request = new RestRequest("items/{id}").AddUrlSegment("id", id.ToString()).AddQueryParameter("lang", lang);
                var response = await client.ExecuteAsync(request); // fine: ssrf
                return Results.Ok((int)response.StatusCode);
            });

            app.MapGet("/scan", async (HttpContext http, int port) =>
            {
                var host = http.Request.Headers["X-Target-Host"].ToString();
                using var tcp = new TcpClient();
                await tcp.ConnectAsync(host, port); // flaw: ssrf
                return Results.Ok(tcp.Connected);
            });

            app.MapGet("/worker", async (int slot) =>
            {
                using var tcp = new TcpClient();
                await tcp.ConnectAsync("workers.fabrikam.com", slot == 1 ? 8441 : 8442); // fine: ssrf
                return Results.Ok(tcp.Connected);
            });

            app.MapPost("/embed", async (HttpContext http) =>
            {
                var uri = new Uri(http.Request.Form["url"]);
                if (!uri.Host.Contains("fabrikam.com"))
                {
                    return Results.BadRequest();
                }
                var text = await clients.CreateClient().GetStringAsync(uri); // flaw: ssrf
                return Results.Ok(text.Length);
            });

            app.MapPost("/relay", async (HttpContext http) =>
            {
                var relay = new Relay(http.Request.Form["callback"]);
                return Results.Ok(await relay.FireAsync());
            });
        }

        private sealed class Relay
        {
            private readonly string _callback;

            public Relay(string callback)
            {
                _callback = callback;
            }

            public async Task<int> FireAsync()
            {
                var client = new RestClient(_callback);
                var response = await client.ExecuteAsync(new RestRequest("done", Method.Post)); // flaw: ssrf
                return (int)response.StatusCode;
            }
        }
    }
}
