using System;
using System.Collections.Generic;
using System.IdentityModel.Tokens.Jwt;
using System.Linq;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Contoso.Tokens
{
    public class TokenService
    {
        private readonly SecurityKey _key;
        private readonly JwtSecurityTokenHandler _handler = new();

        public TokenService(SecurityKey key)
        {
            _key = key;
        }

        public string Subject(string header)
        {
            return _handler.ReadJwtToken(header["Bearer ".Length..]).Subject; // flaw: jwt
        }

        public ClaimsPrincipal Validate(string token)
        {
            var parameters = new TokenValidationParameters
            {
                ValidIssuer = "https://login.contoso.com",
                ValidAudience = "contoso-api",
                IssuerSigningKey = _key,
                ValidateIssuerSigningKey = true, // fine: jwt
                RequireSignedTokens = true, // fine: jwt
            };
            return _handler.ValidateToken(token, parameters, out _);
        }

        public void AddBearer(IServiceCollection services)
        {
            services.AddAuthentication().AddJwtBearer("internal", options =>
            {
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    RequireSignedTokens = false, // flaw: jwt
                };
            });
            services.AddAuthentication().AddJwtBearer("public", options =>
            {
                options.Authority = "https://login.contoso.com"; // fine: jwt
                options.Audience = "contoso-api";
            });
        }

        public ClaimsPrincipal Partner(string token)
        {
            var parameters = new TokenValidationParameters { ValidIssuer = "partner", ValidAudience = "contoso-api" };
            parameters.IssuerSigningKey = _key;
            parameters.SignatureValidator = (raw, _) => _handler.ReadJwtToken(raw); // flaw: jwt
            return _handler.ValidateToken(token, parameters, out _);
        }

        public string Issue(string user)
        {
            var credentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256); // fine: jwt
            var token = new JwtSecurityToken("https://login.contoso.com", "contoso-api",
                new[] { new Claim("sub", user) }, expires: DateTime.UtcNow.AddMinutes(10), signingCredentials: credentials);
            return _handler.WriteToken(token);
        }

        public bool IsAdmin(string token)
        {
            var claims = Payload(token.Split('.'));
            return claims.TryGetValue("role", out var role) && role.GetString() == "admin";
        }

        public string KeyId(string token)
        {
            Validate(token);
            return _handler.ReadJwtToken(token).Header.Kid; // fine: jwt
        }

        private static Dictionary<string, JsonElement> Payload(IReadOnlyList<string> parts)
        {
            var json = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(parts[1])); // flaw: jwt
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json);
        }
    }
}
