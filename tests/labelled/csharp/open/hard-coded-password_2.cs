using System;
using System.Collections.Generic;
using System.Configuration;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using FluentFTP;
using Microsoft.AspNetCore.Identity;
using MongoDB.Driver;
using RabbitMQ.Client;
using Renci.SshNet;

namespace Fabrikam.Backends
{
    public class Backends
    {
        private const string EnvPassword = "FABRIKAM_BROKER_PASSWORD"; // fine: hard-coded-password

        private static readonly Dictionary<string, string> Settings = new()
        {
            ["ftp.host"] = "files.fabrikam.com",
            ["ftp.password"] = "F1les&Folders", // flaw: hard-coded-password
            ["password.minLength"] = "12", // fine: hard-coded-password
        };

        public SftpClient Sftp()
        {
            return new SftpClient("sftp.fabrikam.com", "transfer", "tr4nsfer-Nightly"); // flaw: hard-coded-password
        }

        public ConnectionFactory Broker()
        {
            return new ConnectionFactory
            {
                UserName = "worker",
                Password = Environment.GetEnvironmentVariable(EnvPassword), // fine: hard-coded-password
            };
        }

        public FtpClient Ftp()
        {
            return new FtpClient(Settings["ftp.host"], "batch", Settings["ftp.password"]);
        }

        public MongoClient Mongo(bool cluster)
        {
            var password = ConfigurationManager.AppSettings["mongo.password"]; // fine: hard-coded-password
            if (cluster)
            {
                password = "m0ngo-Cluster-77"; // flaw: hard-coded-password
            }
            var settings = new MongoClientSettings
            {
                Credential = MongoCredential.CreateCredential("admin", "app", password),
                UseTls = true,
            };
            return new MongoClient(settings);
        }

        public X509Certificate2 Certificate(byte[] pfx)
        {
            return new X509Certificate2(pfx, "chang3-It-n0w"); // flaw: hard-coded-password
        }

        public X509Certificate2 Configured(byte[] pfx, SecureString passphrase)
        {
            return new X509Certificate2(pfx, passphrase); // fine: hard-coded-password
        }

        public IdentityOptions Rules()
        {
            var options = new IdentityOptions();
            options.Password.RequiredLength = 12; // fine: hard-coded-password
            return options;
        }

        public void Seed(UserManager<IdentityUser> users)
        {
            Create(users, "admin", "Adm1n-First-Login!"); // flaw: hard-coded-password
        }

        private static void Create(UserManager<IdentityUser> users, string name, string secret)
        {
            users.CreateAsync(new IdentityUser(name), secret).GetAwaiter().GetResult();
        }
    }
}
