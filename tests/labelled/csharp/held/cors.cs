using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using System.Web;
using System.Web.Cors;
using System.Web.Http;
using System.Web.Http.Cors;
using Microsoft.Owin.Cors;
using Owin;

namespace Fabrikam.Gateway
{
    [EnableCors(origins: "https://web.fabrikam.com", headers: "*", methods: "GET", SupportsCredentials = true)] // fine: cors
    public class ProfileController : ApiController
    {
        [HttpGet]
        public int Visits() => 1;
    }

    [EnableCors(origins: "*", headers: "*", methods: "*", SupportsCredentials = true)] // flaw: cors
    public class WalletController : ApiController
    {
        [HttpGet]
        public decimal Balance() => 0m;
    }

    [EnableCors("*", "accept", "GET")] // fine: cors
    public class FontsController : ApiController
    {
        [HttpGet]
        public string[] Names() => new[] { "sans" };
    }

    public class Startup
    {
        public void Configuration(IAppBuilder app)
        {
            app.UseCors(CorsOptions.AllowAll); // flaw: cors
        }

        public void Internal(IAppBuilder app)
        {
            var policy = new CorsPolicy { AllowAnyHeader = true, SupportsCredentials = true };
            policy.Origins.Add("https://web.fabrikam.com"); // fine: cors
            app.UseCors(new CorsOptions
            {
                PolicyProvider = new CorsPolicyProvider { PolicyResolver = _ => Task.FromResult(policy) },
            });
        }
    }

    public class GatewayModule : IHttpModule
    {
        private static readonly string[] Frontends = { "https://web.fabrikam.com", "https://m.fabrikam.com" };
        private static readonly Regex Tenant = new Regex(@"\Ahttps://[a-z]{2,12}\.tenants\.fabrikam\.com\z");

        public void Init(HttpApplication context)
        {
            context.BeginRequest += (s, e) => Mirror(((HttpApplication)s).Context);
            context.EndRequest += (s, e) => Listed(((HttpApplication)s).Context);
        }

        public void Dispose()
        {
        }

        private static void Mirror(HttpContext context)
        {
            var origin = context.Request.Headers["Origin"];
            var allowed = Frontends[0];
            if (origin != null && origin.Contains("fabrikam"))
            {
                allowed = origin;
            }
            context.Response.AppendHeader("Access-Control-Allow-Origin", allowed); // flaw: cors
            context.Response.AppendHeader("Access-Control-Allow-Credentials", "true");
        }

        private static void Listed(HttpContext context)
        {
            var origin = context.Request.Headers["Origin"] ?? "";
            var index = Array.IndexOf(Frontends, origin);
            if (index >= 0)
            {
                context.Response.AppendHeader("Access-Control-Allow-Credentials", "true");
                context.Response.AppendHeader("Access-Control-Allow-Origin", Frontends[index]); // fine: cors
            }
            else if (Tenant.IsMatch(origin))
            {
                context.Response.AppendHeader("Access-Control-Allow-Credentials", "true");
                context.Response.AppendHeader("Access-Control-Allow-Origin", origin); // fine: cors
            }
        }

        public static void Referrer(HttpContext context)
        {
            var referrer = context.Request.UrlReferrer;
            if (referrer != null)
            {
                Permit(context.Response, referrer.GetLeftPart(UriPartial.Authority));
            }
        }

        private static void Permit(HttpResponse response, string origin)
        {
            response.AddHeader("Access-Control-Allow-Credentials", "true");
            response.AddHeader("Access-Control-Allow-Origin", origin); // flaw: cors
        }
    }
}
