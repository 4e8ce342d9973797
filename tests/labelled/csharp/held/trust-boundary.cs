using System;
using System.Collections.Generic;
using System.Linq;
using System.Web;
using System.Web.SessionState;

namespace Fabrikam.Store
{
    public enum Currency
    {
        Eur,
        Usd,
    }

    public class StoreSessionHandler : IHttpHandler, IRequiresSessionState
    {
        private static readonly string[] Warehouses = { "north", "south" };
        private readonly IReadOnlyDictionary<string, int> _discounts;

        public StoreSessionHandler(IReadOnlyDictionary<string, int> discounts)
        {
            _discounts = discounts;
        }

        public bool IsReusable => false;

        public void ProcessRequest(HttpContext context)
        {
            switch (context.Request.PathInfo)
            {
                case "/identity":
                    context.Session["userId"] = context.Request.Form["userId"]; // flaw: trust-boundary
                    break;
                case "/currency":
                    context.Session["currency"] = Enum.Parse(typeof(Currency), context.Request.Form["currency"]); // fine: trust-boundary
                    break;
                case "/warehouse":
                    Warehouse(context);
                    break;
                case "/privileges":
                    Privileges(context);
                    break;
                case "/price":
                    Price(context);
                    break;
                case "/agent":
                    new Scope(context.Session).Bind("actingCustomer", context.Request.Form["customer"]);
                    break;
                default:
                    context.Session["started"] = DateTime.UtcNow; // fine: trust-boundary
                    break;
            }
            context.Response.StatusCode = 204;
        }

        private static void Warehouse(HttpContext context)
        {
            var index = Array.IndexOf(Warehouses, context.Request.Form["warehouse"]);
            context.Session["warehouse"] = index < 0 ? Warehouses[0] : Warehouses[index]; // fine: trust-boundary
        }

        private static void Privileges(HttpContext context)
        {
            var raw = context.Request.Headers["X-Privileges"] ?? "guest";
            foreach (var part in raw.Split(','))
            {
                context.Session.Add("can." + part.Trim(), true); // flaw: trust-boundary
            }
        }

        private void Price(HttpContext context)
        {
            int percent;
            if (_discounts.TryGetValue(context.Request.Form["coupon"] ?? "", out percent))
            {
                context.Session["percentOff"] = percent; // fine: trust-boundary
            }
            var wanted = context.Request.Form["percentOff"];
            if (wanted != null)
            {
                context.Session["percentOff"] = decimal.Parse(wanted); // flaw: trust-boundary
            }
        }

        private sealed class Scope
        {
            private readonly HttpSessionState _session;

            public Scope(HttpSessionState session)
            {
                _session = session;
            }

            public void Bind(string key, string value)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    _session[key] = value; // flaw: trust-boundary
                }
            }
        }
    }
}
