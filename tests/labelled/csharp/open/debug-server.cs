using System;
using System.Collections.Generic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Logging;

namespace Contoso.Boot
{
    public static class Program
    {
        public static void Main(string[] args)
        {
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddControllers();
            builder.Services.AddSignalR(options =>
            {
                options.EnableDetailedErrors = true; // flaw: debug-server
            });
            builder.Services.AddRazorComponents().AddInteractiveServerComponents(options =>
            {
                options.DetailedErrors = builder.Environment.IsDevelopment(); // fine: debug-server
            });
            var app = builder.Build();
            if (app.Environment.IsDevelopment())
            {
                app.UseDeveloperExceptionPage(); // fine: debug-server
                app.UseDirectoryBrowser("/samples"); // fine: debug-server
            }
            else
            {
                app.UseExceptionHandler("/error"); // fine: debug-server
            }
            app.MapControllers();
            Branch(app);
            app.Run();
        }

        public static void ConfigureAdmin(IApplicationBuilder app)
        {
            app.UseDeveloperExceptionPage(); // flaw: debug-server
            app.UseRouting();
        }

        public static void ConfigureReports(IApplicationBuilder app)
        {
            app.UseExceptionHandler(inner => inner.Run(async context =>
            {
                var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
                context.Response.StatusCode = 500;
                var text = error == null ? "" : error.ToString();
                await context.Response.WriteAsJsonAsync(new { detail = text }); // flaw: debug-server
            }));
        }

        public static void ConfigureShop(IApplicationBuilder app)
        {
            app.UseExceptionHandler(inner => inner.Run(async context =>
            {
                context.Response.StatusCode = 500;
                await context.Response.WriteAsJsonAsync(new { traceId = context.TraceIdentifier }); // fine: debug-server
            }));
        }

        public static IHostBuilder Host(string[] args, bool support)
        {
            var settings = new Dictionary<string, string> { [WebHostDefaults.DetailedErrorsKey] = "false" };
            if (support)
            {
                settings[WebHostDefaults.DetailedErrorsKey] = "true"; // flaw: debug-server
            }
            return Microsoft.Extensions.Hosting.Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(web =>
            {
                foreach (var pair in settings)
                {
                    web.UseSetting(pair.Key, pair.Value);
                }
            });
        }

        private static void Branch(IApplicationBuilder app)
        {
            app.Map("/ops", ops => Pages(ops));
        }

        private static void Pages(IApplicationBuilder ops)
        {
            ops.UseDeveloperExceptionPage(new DeveloperExceptionPageOptions { SourceCodeLineCount = 20 }); // flaw: debug-server
        }
    }
}
