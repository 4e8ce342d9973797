using System;
using System.Collections.Generic;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Contoso.Tokens
{
    public class TokenSealer
    {
        private const string SigningSecret = "8f2KqPz71mXw0RtYvB3nLc5dJh6sGa9e"; // flaw: hard-coded-key
        private static readonly byte[] Iv = { 12, 45, 3, 77, 91, 8, 23, 64, 5, 118, 32, 19, 84, 2, 51, 40 }; // flaw: hard-coded-key
        private const string KeySetting = "Contoso:Tokens:SealingKey:Base64"; // fine: hard-coded-key
        private static readonly byte[] Label = Encoding.UTF8.GetBytes("contoso-token-v2-context-label-01"); // fine: hard-coded-key

        private readonly IConfiguration _configuration;

        public TokenSealer(IConfiguration configuration)
        {
            _configuration = configuration;
        }

        public string Issue(string user)
        {
            var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(SigningSecret));
            var token = new JwtSecurityToken(
                claims: new List<Claim> { new("sub", user) },
                expires: DateTime.UtcNow.AddMinutes(15),
                signingCredentials: new SigningCredentials(key, SecurityAlgorithms.HmacSha256));
            return new JwtSecurityTokenHandler().WriteToken(token);
        }

        public byte[] EncryptPage(byte[] page)
        {
            var nonce = RandomNumberGenerator.GetBytes(12);
            var body = new byte[page.Length];
            var tag = new byte[16];
            using var gcm = new AesGcm(Encoding.ASCII.GetBytes("Zx81!kQ0pLm3#vTy"), 16); // flaw: hard-coded-key
            gcm.Encrypt(nonce, page, body, tag);
            return Join(nonce, Join(tag, body));
        }

        public byte[] EncryptCookie(byte[] value)
        {
            using var aes = Aes.Create();
            aes.Key = Configured();
            using var encryptor = aes.CreateEncryptor(aes.Key, Iv);
            return encryptor.TransformFinalBlock(value, 0, value.Length);
        }

        public byte[] Sign(byte[] data)
        {
            using var hmac = new HMACSHA512(Configured()); // fine: hard-coded-key
            hmac.TransformBlock(Label, 0, Label.Length, null, 0);
            hmac.TransformFinalBlock(data, 0, data.Length);
            return hmac.Hash;
        }

        public byte[] SessionKey()
        {
            return RandomNumberGenerator.GetBytes(32); // fine: hard-coded-key
        }

        public byte[] BackupKey()
        {
            var text = "00112f9ac3d84be5";
            text += "91d27c06ab58ee34"; // flaw: hard-coded-key
            return Derive(Convert.FromHexString(text));
        }

        private byte[] Configured()
        {
            var text = _configuration[KeySetting];
            if (string.IsNullOrEmpty(text))
            {
                text = "8OHSw7SllodpWks8LR4PAA=="; // flaw: hard-coded-key
            }
            return Convert.FromBase64String(text);
        }

        private static byte[] Derive(byte[] secret)
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Label);
        }

        private static byte[] Join(byte[] a, byte[] b)
        {
            var result = new byte[a.Length + b.Length];
            a.CopyTo(result, 0);
            b.CopyTo(result, a.Length);
            return result;
        }
    }
}
