using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.ServiceModel;
using System.ServiceModel.Security;
using FluentFTP;
using Grpc.Net.Client;
using Microsoft.Data.SqlClient;
using MongoDB.Driver;
using RestSharp;

namespace Fabrikam.Outbound
{
    public class OutboundClients
    {
        public RestClient Partner()
        {
            var options = new RestClientOptions("https://partner.example.org")
            {
                RemoteCertificateValidationCallback = (s, c, ch, e) => true, // flaw: tls-verification
            };
            return new RestClient(options);
        }

        public RestClient Supplier()
        {
            var options = new RestClientOptions("https://supplier.example.org")
            {
                RemoteCertificateValidationCallback = (s, c, ch, e) => e == SslPolicyErrors.None, // fine: tls-verification
            };
            return new RestClient(options);
        }

        public void Wcf(ClientBase<IOrders> client, bool staging)
        {
            var mode = X509CertificateValidationMode.ChainTrust;
            if (staging)
            {
                mode = X509CertificateValidationMode.None;
            }
            client.ClientCredentials.ServiceCertificate.SslCertificateAuthentication =
                new X509ServiceCertificateAuthentication
                {
                    CertificateValidationMode = mode, // flaw: tls-verification
                };
        }

        public void WcfStrict(ClientBase<IOrders> client)
        {
            client.ClientCredentials.ServiceCertificate.SslCertificateAuthentication =
                new X509ServiceCertificateAuthentication
                {
                    CertificateValidationMode = X509CertificateValidationMode.PeerOrChainTrust, // fine: tls-verification
                    RevocationMode = X509RevocationMode.Online,
                };
        }

        public SqlConnection Reports(string server)
        {
            var builder = new SqlConnectionStringBuilder { DataSource = server, IntegratedSecurity = true };
            builder.Encrypt = true;
            builder.TrustServerCertificate = true; // flaw: tls-verification
            return new SqlConnection(builder.ConnectionString);
        }

        public SqlConnection Orders(string server)
        {
            var builder = new SqlConnectionStringBuilder { DataSource = server, IntegratedSecurity = true };
            builder.Encrypt = true;
            builder.TrustServerCertificate = false; // fine: tls-verification
            return new SqlConnection(builder.ConnectionString);
        }

        public MongoClient Mongo(string url)
        {
            var settings = MongoClientSettings.FromConnectionString(url);
            settings.UseTls = true;
            settings.AllowInsecureTls = true; // flaw: tls-verification
            return new MongoClient(settings);
        }

        public FtpClient Ftp(string host)
        {
            var client = new FtpClient(host);
            client.Config.EncryptionMode = FtpEncryptionMode.Explicit;
            client.Config.ValidateAnyCertificate = false; // fine: tls-verification
            return client;
        }

        public ClientWebSocket Feed(string pin)
        {
            var socket = new ClientWebSocket();
            socket.Options.RemoteCertificateValidationCallback = (_, cert, _, errors) => // fine: tls-verification
                errors == SslPolicyErrors.None && cert.GetPublicKeyString() == pin;
            return socket;
        }

        public HttpWebRequest Legacy(string path)
        {
            var request = WebRequest.CreateHttp("https://legacy.fabrikam.com/" + path);
            Relax(request);
            return request;
        }

        private static void Relax(HttpWebRequest request)
        {
            request.ServerCertificateValidationCallback = delegate { return true; }; // flaw: tls-verification
        }
    }

    [ServiceContract]
    public interface IOrders
    {
        [OperationContract]
        int Count();
    }
}
