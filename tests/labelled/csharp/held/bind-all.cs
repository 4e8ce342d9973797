using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.ServiceModel;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.HttpSys;
using Microsoft.Owin.Hosting;
using Nancy.Hosting.Self;
using WatsonWebserver;

namespace Fabrikam.Node
{
    public class NodeListeners
    {
        private static readonly Dictionary<string, string> Hosts = new()
        {
            ["public"] = "0.0.0.0",
            ["private"] = "127.0.0.1",
        };

        private static readonly byte[] Zero = { 0, 0, 0, 0 };

        public ServerPort Admin()
        {
            return new ServerPort("0.0.0.0", 9990, ServerCredentials.Insecure); // flaw: bind-all
        }

        public ServerPort LocalAdmin()
        {
            return new ServerPort("localhost", 9991, ServerCredentials.Insecure); // fine: bind-all
        }

        public IWebHostBuilder Inspector(IWebHostBuilder builder)
        {
            var address = "http://" + Hosts["public"] + ":6060";
            return builder.UseUrls(address); // flaw: bind-all
        }

        public IWebHostBuilder LocalInspector(IWebHostBuilder builder)
        {
            return builder.UseUrls("http://" + Hosts["private"] + ":6061"); // fine: bind-all
        }

        public Socket Console(string configured)
        {
            var address = IPAddress.IPv6Any;
            if (!string.IsNullOrEmpty(configured))
            {
                address = IPAddress.Parse(configured);
            }
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 7000)); // flaw: bind-all
            return socket;
        }

        public UdpClient Replication()
        {
            var any = new IPAddress(Zero);
            return new UdpClient(new IPEndPoint(any, 4567)); // flaw: bind-all
        }

        public UdpClient Discovery(IPAddress cluster)
        {
            return new UdpClient(new IPEndPoint(cluster, 4568)); // fine: bind-all
        }

        public UdpClient Outgoing()
        {
            var client = new UdpClient(AddressFamily.InterNetwork);
            client.Connect("time.fabrikam.com", 123); // fine: bind-all
            return client;
        }

        public string DefaultRoute()
        {
            return "0.0.0.0/0 via 10.0.0.1"; // fine: bind-all
        }

        public IDisposable Owin()
        {
            return Start(new StartOptions(), "http://*:8090");
        }

        private static IDisposable Start(StartOptions options, string url)
        {
            options.Urls.Add(url); // flaw: bind-all
            return WebApp.Start(options, _ => { });
        }
    }
}
