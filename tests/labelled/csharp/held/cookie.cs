using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Web;
using System.Web.Security;
using Microsoft.Owin;
using Microsoft.Owin.Security.Cookies;
using Nancy.Cookies;
using Owin;

namespace Fabrikam.SignIn
{
    public class SignInCookies
    {
        private const string Session = "fk_session";

        public void Owin(IAppBuilder app)
        {
            app.UseCookieAuthentication(new CookieAuthenticationOptions
            {
                CookieName = Session,
                CookieHttpOnly = true, // fine: cookie
                CookieSecure = CookieSecureOption.Never, // flaw: cookie
            });
        }

        public void SignIn(HttpResponse response, string token)
        {
            response.Cookies.Add(new HttpCookie(Session, token)); // flaw: cookie
        }

        public void SignInStrict(HttpResponse response, string token)
        {
            var cookie = new HttpCookie(Session, token)
            {
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Strict,
            };
            response.Cookies.Add(cookie); // fine: cookie
        }

        public void Forms(HttpResponse response, string user, bool persistent)
        {
            var ticket = new FormsAuthenticationTicket(user, persistent, 30);
            var cookie = new HttpCookie(FormsAuthentication.FormsCookieName, FormsAuthentication.Encrypt(ticket));
            cookie.Secure = true;
            if (persistent)
            {
                cookie.Expires = ticket.Expiration;
                cookie.HttpOnly = false;
            }
            response.Cookies.Set(cookie); // flaw: cookie
        }

        public void FormsStrict(HttpResponse response, string user)
        {
            var cookie = FormsAuthentication.GetAuthCookie(user, false);
            cookie.Secure = true;
            cookie.HttpOnly = true;
            response.Cookies.Set(cookie); // fine: cookie
        }

        public HttpResponseMessage Api(string token)
        {
            var message = new HttpResponseMessage(HttpStatusCode.NoContent);
            var cookie = new CookieHeaderValue("api_token", token) { Path = "/api", HttpOnly = true };
            message.Headers.AddCookies(new[] { cookie }); // flaw: cookie
            return message;
        }

        public HttpResponseMessage ApiStrict(string token)
        {
            var message = new HttpResponseMessage(HttpStatusCode.NoContent);
            var cookie = new CookieHeaderValue("api_token", token) { Path = "/api", HttpOnly = true, Secure = true };
            message.Headers.AddCookies(new[] { cookie }); // fine: cookie
            return message;
        }

        public void Locale(HttpResponse response, string lang)
        {
            var cookie = new HttpCookie("locale", lang == "es" ? "es" : "en") { Secure = true };
            response.Cookies.Add(cookie); // fine: cookie
        }

        public NancyCookie Nancy(string token)
        {
            return Make("auth_token", token, false);
        }

        private static NancyCookie Make(string name, string value, bool secure)
        {
            return new NancyCookie(name, value, true, secure); // flaw: cookie
        }
    }
}
