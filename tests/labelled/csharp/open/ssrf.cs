using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Integrations.Controllers
{
    [ApiController]
    [Route("fetch")]
    public class FetchController : ControllerBase
    {
        private const string Geo = "https://geo.contoso.com/v1/lookup";
        private static readonly HashSet<string> Partners = new(StringComparer.OrdinalIgnoreCase)
        {
            "api.partner-one.com",
            "feeds.partner-two.com",
        };

        private static readonly HttpClient Client = new(new HttpClientHandler { AllowAutoRedirect = false });

        [HttpGet("avatar")]
        public async Task<IActionResult> Avatar(string url)
        {
            var bytes = await Client.GetByteArrayAsync(url); // flaw: ssrf
            return Ok(bytes.Length);
        }

        [HttpGet("geo")]
        public async Task<IActionResult> GeoOf(string city)
        {
            return Ok(await Client.GetStringAsync(Geo + "?q=" + Uri.EscapeDataString(city))); // fine: ssrf
        }

        [HttpGet("tenant")]
        public async Task<IActionResult> Tenant(string host, int? port)
        {
            var target = new StringBuilder("https://").Append(host);
            if (port.HasValue)
            {
                target.Append(':').Append(port.Value);
            }
            target.Append("/status");
            using var response = await Client.GetAsync(target.ToString()); // flaw: ssrf
            return Ok((int)response.StatusCode);
        }

        [HttpGet("partner")]
        public async Task<IActionResult> Partner(string url)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps
                || !Partners.Contains(uri.Host))
            {
                return BadRequest();
            }
            using var response = await Client.GetAsync(uri); // fine: ssrf
            return Ok((int)response.StatusCode);
        }

        [HttpPost("hooks")]
        public async Task<IActionResult> Hooks([FromBody] List<string> targets)
        {
            var ok = 0;
            foreach (var target in targets)
            {
                if (!target.StartsWith("http"))
                {
                    continue;
                }
                using var message = new HttpRequestMessage(HttpMethod.Post, target);
                using var response = await Client.SendAsync(message); // flaw: ssrf
                ok += response.IsSuccessStatusCode ? 1 : 0;
            }
            return Ok(ok);
        }

        [HttpGet("region")]
        public async Task<IActionResult> Region(string region)
        {
            var host = region switch { "us" => "us.contoso.com", "eu" => "eu.contoso.com", _ => "www.contoso.com" };
            return Ok((await Client.GetStringAsync($"https://{host}/health")).Length); // fine: ssrf
        }

        [HttpGet("item/{id:int}")]
        public async Task<IActionResult> Item(int id)
        {
            var builder = new UriBuilder("https", "items.contoso.com") { Path = "/items/" + id };
            return Ok((await Client.GetStringAsync(builder.Uri)).Length); // fine: ssrf
        }

        [HttpGet("preview")]
        public IActionResult Preview(string link)
        {
            var cleaned = link.Trim();
            return Ok(Probe(cleaned.Contains("://") ? cleaned : "https://" + cleaned));
        }

        private static int Probe(string address)
        {
            var request = WebRequest.CreateHttp(address);
            request.Method = "HEAD";
            using var response = (HttpWebResponse)request.GetResponse(); // flaw: ssrf
            return (int)response.StatusCode;
        }
    }
}
