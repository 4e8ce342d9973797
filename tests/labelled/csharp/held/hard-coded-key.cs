using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage;
using JWT.Algorithms;
using JWT.Builder;
using Microsoft.Azure.Cosmos;
using Org.BouncyCastle.Crypto.Parameters;

namespace Fabrikam.Keys
{
    public class KeyRing
    {
        private const string PublicKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"; // fine: hard-coded-key
        private const string KeyFile = "/run/secrets/fabrikam-signing-key-2024.bin"; // fine: hard-coded-key

        private static readonly Dictionary<string, string> Ring = new()
        {
            ["2023"] = "c2VjcmV0LXJpbmcta2V5LTIwMjMtZmFicmlrYW0tY29t", // flaw: hard-coded-key
            ["owner"] = "platform-team",
        };

        public string Access(string user)
        {
            return JwtBuilder.Create().WithAlgorithm(new HMACSHA512Algorithm())
                .WithSecret("fk-Access-9d81f0c2b7aa44e1") // flaw: hard-coded-key
                .AddClaim("sub", user)
                .Encode();
        }

        public string Refresh(string user, string configured)
        {
            return JwtBuilder.Create().WithAlgorithm(new HMACSHA512Algorithm())
                .WithSecret(configured) // fine: hard-coded-key
                .AddClaim("sub", user)
                .Encode();
        }

        public KeyParameter RingKey()
        {
            return new KeyParameter(Convert.FromBase64String(Ring["2023"]));
        }

        public KeyParameter Generated()
        {
            var raw = new byte[32];
            RandomNumberGenerator.Fill(raw); // fine: hard-coded-key
            return new KeyParameter(raw);
        }

        public byte[] Stored(byte[] data)
        {
            return HMACSHA256.HashData(File.ReadAllBytes(KeyFile), data); // fine: hard-coded-key
        }

        public StorageSharedKeyCredential Storage()
        {
            var key = "Zm9vYmFyLXN0b3JhZ2UtYWNjb3VudC1rZXktMjAyNC1mYWJyaWthbQ=="; // flaw: hard-coded-key
            return new StorageSharedKeyCredential("fabrikamfiles", key);
        }

        public ParametersWithIV Parameters(KeyParameter key)
        {
            var iv = Enumerable.Range(1, 16).Select(i => (byte)i).ToArray(); // flaw: hard-coded-key
            return new ParametersWithIV(key, iv);
        }

        public ParametersWithIV FreshParameters(KeyParameter key)
        {
            var iv = RandomNumberGenerator.GetBytes(16); // fine: hard-coded-key
            return new ParametersWithIV(key, iv);
        }

        public byte[] Device(string model)
        {
            string secret;
            if (model.StartsWith("X"))
            {
                secret = "X-series-shared-k3y-0f33aa91bc20"; // flaw: hard-coded-key
            }
            else
            {
                secret = Environment.GetEnvironmentVariable("FABRIKAM_DEVICE_KEY");
            }
            return Encoding.UTF8.GetBytes(secret);
        }

        public byte[] License(byte[] payload)
        {
            return Tag("RmFicmlrYW1MaWNlbnNlS2V5MjAyNCEhIQ==", payload); // flaw: hard-coded-key
        }

        public string PublicId()
        {
            return PublicKey.Substring(0, 12);
        }

        private static byte[] Tag(string key, byte[] payload)
        {
            using var hmac = new HMACSHA256(Convert.FromBase64String(key));
            return hmac.ComputeHash(payload);
        }
    }
}
