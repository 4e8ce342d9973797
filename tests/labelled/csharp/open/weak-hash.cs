using System;
using System.Collections.Concurrent;
using System.IO;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Contoso.Accounts.Security
{
    public class AccountSecrets
    {
        private const int Rounds = 310_000;
        private readonly ConcurrentDictionary<string, byte[]> _thumbnails = new();
        private readonly PasswordHasher<string> _hasher = new();

        public string StorePassword(string password)
        {
            using var md5 = MD5.Create(); // flaw: weak-hash
            return Convert.ToHexString(md5.ComputeHash(Encoding.UTF8.GetBytes(password)));
        }

        public string StorePasswordWithCost(string user, string password)
        {
            return _hasher.HashPassword(user, password); // fine: weak-hash
        }

        public byte[] Thumbnail(string url, Func<byte[]> render)
        {
            var key = Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(url))); // fine: weak-hash
            return _thumbnails.GetOrAdd(key, _ => render());
        }

        public string ResetToken(string email, long issued, byte[] serverSecret)
        {
            using var stream = new MemoryStream();
            stream.Write(serverSecret);
            stream.Write(Encoding.UTF8.GetBytes(email));
            stream.Write(BitConverter.GetBytes(issued));
            stream.Position = 0;
            using HashAlgorithm hash = SHA1.Create(); // flaw: weak-hash
            return Convert.ToBase64String(hash.ComputeHash(stream));
        }

        public string Fingerprint(byte[] document)
        {
            return Convert.ToHexString(SHA256.HashData(document)); // fine: weak-hash
        }

        public byte[] SlowHash(string password, byte[] salt)
        {
            return Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, 32); // fine: weak-hash
        }

        public bool VerifyPin(byte[] stored, string user, string pin)
        {
            var input = Encoding.UTF8.GetBytes($"{user}:{pin}");
            var candidate = SHA1.HashData(input); // flaw: weak-hash
            return CryptographicOperations.FixedTimeEquals(stored, candidate);
        }

        public byte[] SignContract(RSA key, byte[] contract, bool legacyPartner)
        {
            var name = HashAlgorithmName.SHA256;
            if (legacyPartner)
            {
                name = HashAlgorithmName.SHA1;
            }
            return key.SignData(contract, name, RSASignaturePadding.Pss); // flaw: weak-hash
        }

        public uint Shard(string key)
        {
            return Crc32.HashToUInt32(Encoding.UTF8.GetBytes(key)) % 16; // fine: weak-hash
        }

        public bool UpdateIsAuthentic(byte[] package, byte[] published)
        {
            return CryptographicOperations.FixedTimeEquals(Digest("MD5", package), published);
        }

        private static byte[] Digest(string algorithm, byte[] data)
        {
            using var hash = HashAlgorithm.Create(algorithm); // flaw: weak-hash
            return hash.ComputeHash(data);
        }
    }
}
