using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.ServiceModel;
using System.ServiceModel.Description;
using System.Web;
using System.Web.Configuration;
using System.Web.Http;
using System.Web.Http.Filters;
using Grpc.AspNetCore.Server;
using Hangfire;
using Hangfire.Dashboard;
using Nancy;
using Nancy.Configuration;
using Nancy.Diagnostics;
using Owin;

namespace Fabrikam.Runtime
{
    public class Startup
    {
        public void Api(HttpConfiguration config)
        {
            config.IncludeErrorDetailPolicy = IncludeErrorDetailPolicy.Always; // flaw: debug-server
            config.MapHttpAttributeRoutes();
        }

        public void QuietApi(HttpConfiguration config)
        {
            config.IncludeErrorDetailPolicy = IncludeErrorDetailPolicy.LocalOnly; // fine: debug-server
            config.MapHttpAttributeRoutes();
        }

        public void Wcf(ServiceHost host)
        {
            var behavior = host.Description.Behaviors.Find<ServiceDebugBehavior>();
            if (behavior == null)
            {
                behavior = new ServiceDebugBehavior();
                host.Description.Behaviors.Add(behavior);
            }
            behavior.HttpHelpPageEnabled = false; // fine: debug-server
            behavior.IncludeExceptionDetailInFaults = true; // flaw: debug-server
        }

        public void Grpc(GrpcServiceOptions options)
        {
            options.EnableDetailedErrors = false; // fine: debug-server
        }

        public void Dashboard(IAppBuilder app)
        {
            app.UseHangfireDashboard("/jobs", new DashboardOptions
            {
                Authorization = Array.Empty<IDashboardAuthorizationFilter>(), // flaw: debug-server
            });
        }

        public void LocalDashboard(IAppBuilder app)
        {
            app.UseHangfireDashboard("/local-jobs", new DashboardOptions
            {
                Authorization = new IDashboardAuthorizationFilter[] { new LocalRequestsOnlyAuthorizationFilter() }, // fine: debug-server
                IsReadOnlyFunc = _ => true,
            });
        }

        public void Errors(CustomErrorsSection section, bool support)
        {
            section.DefaultRedirect = "~/error";
            Switch(section, support ? CustomErrorsMode.Off : CustomErrorsMode.RemoteOnly);
        }

        private static void Switch(CustomErrorsSection section, CustomErrorsMode mode)
        {
            section.Mode = mode; // flaw: debug-server
        }
    }

    public class TraceFilter : ExceptionFilterAttribute
    {
        public override void OnException(HttpActionExecutedContext context)
        {
            var text = "failed: ";
            text += context.Exception.StackTrace;
            context.Response = context.Request.CreateErrorResponse(HttpStatusCode.InternalServerError, text); // flaw: debug-server
        }
    }

    public class Bootstrapper : DefaultNancyBootstrapper
    {
        public override void Configure(INancyEnvironment environment)
        {
            environment.Tracing(enabled: false, displayErrorTraces: false); // fine: debug-server
        }
    }
}
