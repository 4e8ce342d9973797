using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Contoso.Http
{
    public class ClientFactory
    {
        private const string PinnedHash = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";

        public HttpClient Legacy()
        {
            var handler = new HttpClientHandler();
            handler.ServerCertificateCustomValidationCallback = (message, cert, chain, errors) => true; // flaw: tls-verification
            return new HttpClient(handler);
        }

        public HttpClient Standard()
        {
            var handler = new HttpClientHandler();
            handler.ServerCertificateCustomValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None; // fine: tls-verification
            return new HttpClient(handler);
        }

        public HttpClient Pinned()
        {
            var handler = new SocketsHttpHandler();
            handler.SslOptions.RemoteCertificateValidationCallback = (_, cert, _, errors) => // fine: tls-verification
                errors == SslPolicyErrors.None
                && cert.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256) == PinnedHash;
            return new HttpClient(handler);
        }

        public void Partner(IServiceCollection services, bool staging)
        {
            services.AddHttpClient("partner").ConfigurePrimaryHttpMessageHandler(() =>
            {
                var handler = new HttpClientHandler { CheckCertificateRevocationList = true }; // fine: tls-verification
                if (staging)
                {
                    handler.ServerCertificateCustomValidationCallback = // flaw: tls-verification
                        HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
                }
                return handler;
            });
        }

        public void Global()
        {
            ServicePointManager.ServerCertificateValidationCallback += Accept;
        }

        public SslStream Terminal(TcpClient client, string host)
        {
            var stream = new SslStream(client.GetStream(), false, IgnoreNames);
            stream.AuthenticateAsClient(host);
            return stream;
        }

        public SslStream Gateway(TcpClient client, string host)
        {
            var stream = new SslStream(client.GetStream(), false); // fine: tls-verification
            stream.AuthenticateAsClient(host);
            return stream;
        }

        private static bool Accept(object sender, X509Certificate cert, X509Chain chain, SslPolicyErrors errors)
        {
            if (errors != SslPolicyErrors.None)
            {
                Console.Error.WriteLine("certificate problem: " + errors);
            }
            return true; // flaw: tls-verification
        }

        private static bool IgnoreNames(object sender, X509Certificate cert, X509Chain chain, SslPolicyErrors errors)
        {
            return (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == 0; // flaw: tls-verification
        }
    }
}
