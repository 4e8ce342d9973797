using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Contoso.Net
{
    public class Channels
    {
        private const SslProtocols Compatible = SslProtocols.Tls | SslProtocols.Tls11 | SslProtocols.Tls12;
        private const SslProtocols Current = SslProtocols.Tls12 | SslProtocols.Tls13;
        private static readonly HashSet<SslProtocols> Refused = new() { SslProtocols.Tls, SslProtocols.Tls11 }; // fine: tls-version

        public void Old()
        {
            ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls; // flaw: tls-version
        }

        public void Modern()
        {
            ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12 | SecurityProtocolType.Tls13; // fine: tls-version
        }

        public HttpClient Terminal()
        {
            var handler = new HttpClientHandler { SslProtocols = Compatible }; // flaw: tls-version
            return new HttpClient(handler);
        }

        public HttpClient Api()
        {
            var handler = new HttpClientHandler { SslProtocols = Current }; // fine: tls-version
            return new HttpClient(handler);
        }

        public SslStream Connect(TcpClient client, string host, bool legacy)
        {
            var stream = new SslStream(client.GetStream());
            var options = new SslClientAuthenticationOptions { TargetHost = host };
            if (legacy)
            {
                options.EnabledSslProtocols = SslProtocols.Tls11; // flaw: tls-version
            }
            else
            {
                options.EnabledSslProtocols = SslProtocols.None; // fine: tls-version
            }
            stream.AuthenticateAsClient(options);
            return stream;
        }

        public void Kestrel(WebApplicationBuilder builder)
        {
            builder.WebHost.ConfigureKestrel(server => server.ConfigureHttpsDefaults(https =>
            {
                https.SslProtocols = SslProtocols.Tls13; // fine: tls-version
            }));
        }

        public bool Acceptable(SslStream stream)
        {
            return !Refused.Contains(stream.SslProtocol);
        }

        public void Serve(SslStream stream, X509Certificate2 certificate, bool scanners)
        {
            Authenticate(stream, certificate, scanners ? SslProtocols.Ssl3 : SslProtocols.Tls12);
        }

        private static void Authenticate(SslStream stream, X509Certificate2 certificate, SslProtocols protocols)
        {
            stream.AuthenticateAsServer(certificate, false, protocols, true); // flaw: tls-version
        }
    }
}
