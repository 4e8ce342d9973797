using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.ServiceModel;
using FluentFTP;
using MailKit.Net.Smtp;
using MQTTnet.Client;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace Fabrikam.Edge
{
    public class EdgeTls
    {
        private static readonly Dictionary<string, SslProtocols> Profiles = new()
        {
            ["scanner"] = SslProtocols.Tls11,
            ["office"] = SslProtocols.Tls12,
        };

        public SmtpClient Mail()
        {
            return new SmtpClient { SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }; // fine: tls-version
        }

        public SmtpClient OldMail()
        {
            return new SmtpClient { SslProtocols = SslProtocols.Tls }; // flaw: tls-version
        }

        public FtpClient Scanner(string host)
        {
            var client = new FtpClient(host);
            var profile = Profiles["scanner"];
            client.Config.SslProtocols = profile; // flaw: tls-version
            return client;
        }

        public FtpClient Office(string host)
        {
            var client = new FtpClient(host);
            client.Config.SslProtocols = Profiles["office"]; // fine: tls-version
            return client;
        }

        public ConnectionFactory Broker(bool legacy)
        {
            var factory = new ConnectionFactory();
            factory.Ssl.Enabled = true;
            factory.Ssl.Version = SslProtocols.Tls12; // fine: tls-version
            if (legacy)
            {
                factory.Ssl.Version = SslProtocols.Tls11; // flaw: tls-version
            }
            return factory;
        }

        public ConfigurationOptions Cache()
        {
            return new ConfigurationOptions { Ssl = true, SslProtocols = SslProtocols.Tls13 }; // fine: tls-version
        }

        public void Floor()
        {
            var protocols = ServicePointManager.SecurityProtocol;
            protocols &= ~(SecurityProtocolType.Ssl3 | SecurityProtocolType.Tls | SecurityProtocolType.Tls11); // fine: tls-version
            ServicePointManager.SecurityProtocol = protocols;
        }

        public void Widen()
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls11; // flaw: tls-version
        }

        public TcpTransportSecurity Wcf()
        {
            var security = new TcpTransportSecurity();
            Apply(security, SslProtocols.Ssl3 | SslProtocols.Tls12);
            return security;
        }

        public string Describe(SslProtocols protocol)
        {
            return protocol == SslProtocols.Tls ? "outdated" : "current"; // fine: tls-version
        }

        private static void Apply(TcpTransportSecurity security, SslProtocols protocols)
        {
            security.SslProtocols = protocols; // flaw: tls-version
        }
    }
}
