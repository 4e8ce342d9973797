using System;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Contoso.Auth
{
    public static class LoginCookies
    {
        private const string Remember = "remember_me";

        public static void AddAuth(IServiceCollection services)
        {
            services.AddAuthentication().AddCookie(options =>
            {
                options.Cookie.HttpOnly = true; // fine: cookie
                options.Cookie.SecurePolicy = CookieSecurePolicy.None; // flaw: cookie
            });
            services.AddSession(options =>
            {
                options.Cookie.HttpOnly = false; // flaw: cookie
                options.Cookie.SecurePolicy = CookieSecurePolicy.Always; // fine: cookie
                options.IdleTimeout = TimeSpan.FromMinutes(20);
            });
        }

        public static void IssueSession(HttpResponse response, string sessionId)
        {
            response.Cookies.Append("session_id", sessionId); // flaw: cookie
        }

        public static void IssueRefresh(HttpResponse response, string token)
        {
            response.Cookies.Append("refresh_token", token, new CookieOptions // fine: cookie
            {
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Strict,
                Path = "/auth",
            });
        }

        public static void IssueRemember(HttpResponse response, string token, bool longLived)
        {
            var options = new CookieOptions { HttpOnly = true, Path = "/" };
            if (longLived)
            {
                options.MaxAge = TimeSpan.FromDays(30);
            }
            response.Cookies.Append(Remember, token, options); // flaw: cookie
        }

        public static void Theme(HttpResponse response, bool dark)
        {
            var options = new CookieOptions { Secure = true, MaxAge = TimeSpan.FromDays(365) };
            response.Cookies.Append("theme", dark ? "dark" : "light", options); // fine: cookie
        }

        public static void SignOut(HttpResponse response)
        {
            response.Cookies.Delete("refresh_token", new CookieOptions { Path = "/auth", Secure = true, HttpOnly = true }); // fine: cookie
        }

        public static void IssueApi(HttpResponse response, string token)
        {
            var builder = new CookieBuilder { Name = "api_session", HttpOnly = true };
            Write(response, builder, token);
        }

        private static void Write(HttpResponse response, CookieBuilder builder, string value)
        {
            builder.SecurePolicy = CookieSecurePolicy.None; // flaw: cookie
            response.Cookies.Append(builder.Name, value, builder.Build(response.HttpContext));
        }
    }
}
