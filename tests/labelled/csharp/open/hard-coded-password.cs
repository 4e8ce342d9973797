using System;
using System.Data;
using System.Net;
using System.Net.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Contoso.Backend
{
    public class BackendFactory
    {
        private const string PasswordKey = "Smtp:Password"; // fine: hard-coded-password
        private const string PasswordPrompt = "Please enter your password"; // fine: hard-coded-password
        private const string Reporting = "Host=dw.contoso.com;Username=report;Password=Rep0rt-2023!"; // flaw: hard-coded-password

        private readonly IConfiguration _configuration;

        public BackendFactory(IConfiguration configuration)
        {
            _configuration = configuration;
        }

        public SqlConnection Orders()
        {
            return new SqlConnection("Server=sql01;Database=Orders;User Id=orders;Password=t7Gq#orders42;Encrypt=true"); // flaw: hard-coded-password
        }

        public SqlConnection Customers()
        {
            return new SqlConnection(_configuration.GetConnectionString("Customers")); // fine: hard-coded-password
        }

        public NpgsqlConnection Warehouse()
        {
            return new NpgsqlConnection(Reporting);
        }

        public SqlConnection Archive(string server)
        {
            var builder = new SqlConnectionStringBuilder { DataSource = server, InitialCatalog = "Archive" };
            builder.UserID = "archiver";
            builder.Password = "4rch1ve-Kp9"; // flaw: hard-coded-password
            return new SqlConnection(builder.ConnectionString);
        }

        public SmtpClient Mail()
        {
            var client = new SmtpClient("smtp.contoso.com", 587) { EnableSsl = true };
            client.Credentials = new NetworkCredential("mailer", _configuration[PasswordKey]); // fine: hard-coded-password
            return client;
        }

        public ICredentials Proxy(bool fallback)
        {
            var user = "proxy-user";
            var password = Environment.GetEnvironmentVariable("PROXY_PASSWORD"); // fine: hard-coded-password
            if (fallback)
            {
                password = "Pr0xy-Fallback"; // flaw: hard-coded-password
            }
            return new NetworkCredential(user, password);
        }

        public ConfigurationOptions Redis()
        {
            return Options("cache.contoso.com:6380", "r3dis-Shared-88"); // flaw: hard-coded-password
        }

        public string Ask(bool interactive)
        {
            var password = string.Empty; // fine: hard-coded-password
            return interactive ? PasswordPrompt : password;
        }

        private static ConfigurationOptions Options(string endpoint, string password)
        {
            var options = new ConfigurationOptions { Password = password, Ssl = true };
            options.EndPoints.Add(endpoint);
            return options;
        }
    }
}
