using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Contoso.Agent
{
    public class AgentServer
    {
        private const string Any = "0.0.0.0";
        private const string Loopback = "127.0.0.1";

        public TcpListener Metrics()
        {
            return new TcpListener(IPAddress.Any, 9100); // flaw: bind-all
        }

        public TcpListener LocalMetrics()
        {
            return new TcpListener(IPAddress.Loopback, 9101); // fine: bind-all
        }

        public Socket Control()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var endpoint = new IPEndPoint(IPAddress.Parse(Any), 7070);
            socket.Bind(endpoint); // flaw: bind-all
            return socket;
        }

        public Socket LocalControl()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(Loopback), 7071)); // fine: bind-all
            return socket;
        }

        public void Kestrel(WebApplicationBuilder builder, bool remote)
        {
            builder.WebHost.ConfigureKestrel(server =>
            {
                if (remote)
                {
                    server.ListenAnyIP(5005); // flaw: bind-all
                }
                else
                {
                    server.ListenLocalhost(5006); // fine: bind-all
                }
            });
        }

        public HttpListener Admin()
        {
            var listener = new HttpListener();
            listener.Prefixes.Add("http://+:8085/admin/"); // flaw: bind-all
            return listener;
        }

        public HttpListener LocalAdmin()
        {
            var listener = new HttpListener();
            listener.Prefixes.Add("http://localhost:8086/admin/"); // fine: bind-all
            return listener;
        }

        public bool IsWildcard(string address)
        {
            return address == "0.0.0.0" || address == "*"; // fine: bind-all
        }

        public void Urls(WebApplication app)
        {
            var parts = new List<string> { "http://", "*", ":5050" };
            Listen(app, string.Concat(parts));
        }

        private static void Listen(WebApplication app, string url)
        {
            app.Urls.Add(url); // flaw: bind-all
        }
    }
}
