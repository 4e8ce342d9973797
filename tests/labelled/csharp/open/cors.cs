using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Contoso.Api
{
    public static class CrossSiteSetup
    {
        private static readonly string[] Origins = { "https://app.contoso.com", "https://admin.contoso.com" };

        public static void AddPolicies(IServiceCollection services)
        {
            services.AddCors(options =>
            {
                options.AddPolicy("account", policy => policy
                    .SetIsOriginAllowed(_ => true) // flaw: cors
                    .AllowAnyMethod()
                    .AllowCredentials());
                options.AddPolicy("orders", policy => policy
                    .WithOrigins("https://app.contoso.com") // fine: cors
                    .AllowCredentials());
                options.AddPolicy("fonts", policy => policy.AllowAnyOrigin().WithMethods("GET")); // fine: cors
                options.AddPolicy("billing", policy => policy.WithOrigins(Origins).AllowCredentials()); // fine: cors
                options.AddPolicy("profile", policy =>
                {
                    policy.AllowCredentials();
                    policy.SetIsOriginAllowed(origin => origin.EndsWith("contoso.com")); // flaw: cors
                });
                options.AddPolicy("tenant", policy =>
                {
                    policy.AllowCredentials();
                    policy.SetIsOriginAllowed(origin => IsTenant(origin)); // fine: cors
                });
            });
        }

        public static void UseEcho(IApplicationBuilder app)
        {
            app.Use(async (context, next) =>
            {
                var origin = context.Request.Headers["Origin"].ToString();
                if (!string.IsNullOrEmpty(origin))
                {
                    context.Response.Headers["Access-Control-Allow-Origin"] = origin; // flaw: cors
                    context.Response.Headers["Access-Control-Allow-Credentials"] = "true";
                    context.Response.Headers.Append("Vary", "Origin");
                }
                await next();
            });
        }

        public static void UseListed(IApplicationBuilder app)
        {
            app.Use(async (context, next) =>
            {
                var origin = context.Request.Headers["Origin"].ToString();
                if (Origins.Contains(origin))
                {
                    context.Response.Headers["Access-Control-Allow-Origin"] = origin; // fine: cors
                    context.Response.Headers["Access-Control-Allow-Credentials"] = "true";
                    context.Response.Headers.Append("Vary", "Origin");
                }
                await next();
            });
        }

        public static async Task Widget(HttpContext context)
        {
            Allow(context.Response, context.Request.Headers.Origin.FirstOrDefault() ?? "null");
            await context.Response.CompleteAsync();
        }

        private static bool IsTenant(string origin)
        {
            return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && uri.Scheme == "https"
                && uri.Host.EndsWith(".tenants.contoso.com", StringComparison.OrdinalIgnoreCase);
        }

        private static void Allow(HttpResponse response, string origin)
        {
            response.Headers.AccessControlAllowCredentials = "true";
            response.Headers.AccessControlAllowOrigin = origin; // flaw: cors
        }
    }
}
