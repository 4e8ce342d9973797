using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JWT;
using JWT.Algorithms;
using JWT.Builder;
using JWT.Serializers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fabrikam.Tokens
{
    public class TokenReader
    {
        private readonly byte[] _key;
        private readonly RSA _rsa;
        private readonly JsonWebTokenHandler _handler = new();

        public TokenReader(byte[] key, RSA rsa)
        {
            _key = key;
            _rsa = rsa;
        }

        public string Account(string token)
        {
            return Jose.JWT.Payload<Dictionary<string, string>>(token)["sub"]; // flaw: jwt
        }

        public string CheckedAccount(string token)
        {
            return Jose.JWT.Decode<Dictionary<string, string>>(token, _rsa, Jose.JwsAlgorithm.RS256)["sub"]; // fine: jwt
        }

        public IDictionary<string, object> Claims(string token)
        {
            return JwtBuilder.Create()
                .WithAlgorithm(new HMACSHA256Algorithm())
                .WithSecret(_key)
                .WithVerifySignature(false) // flaw: jwt
                .Decode<IDictionary<string, object>>(token);
        }

        public IDictionary<string, object> CheckedClaims(string token)
        {
            return JwtBuilder.Create()
                .WithAlgorithm(new HMACSHA256Algorithm())
                .WithSecret(_key)
                .MustVerifySignature() // fine: jwt
                .Decode<IDictionary<string, object>>(token);
        }

        public string ServiceToken(string service)
        {
            var claims = new Dictionary<string, object> { ["sub"] = service, ["scope"] = "write" };
            return Jose.JWT.Encode(claims, null, Jose.JwsAlgorithm.none); // flaw: jwt
        }

        public string UserToken(string user)
        {
            var claims = new Dictionary<string, object>
            {
                ["sub"] = user,
                ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(),
            };
            return Jose.JWT.Encode(claims, _rsa, Jose.JwsAlgorithm.PS256); // fine: jwt
        }

        public bool Valid(string token, bool legacyClients)
        {
            var parameters = new TokenValidationParameters { ValidIssuer = "idp", ValidAudience = "api" };
            parameters.IssuerSigningKey = new RsaSecurityKey(_rsa);
            if (legacyClients)
            {
                parameters.RequireSignedTokens = false; // flaw: jwt
            }
            return _handler.ValidateTokenAsync(token, parameters).Result.IsValid;
        }

        public string AlgorithmForMetrics(string token)
        {
            return _handler.ReadJsonWebToken(token).Alg; // fine: jwt
        }

        public bool MayDelete(string header)
        {
            return Role(header.Replace("Bearer ", string.Empty)) == "owner";
        }

        private static string Role(string token)
        {
            var body = Base64UrlEncoder.Decode(token.Split('.')[1]); // flaw: jwt
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("role").GetString();
        }
    }
}
