using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.Random;

namespace Fabrikam.Games
{
    public class LobbyService
    {
        private readonly Random _dice = new Random(42);
        private readonly MersenneTwister _effects = new MersenneTwister();
        private readonly Dictionary<string, string> _csrf = new();

        public string CsrfToken(string session)
        {
            var token = Random.Shared.NextInt64().ToString("x16"); // flaw: weak-random
            _csrf[session] = token;
            return token;
        }

        public string CsrfTokenFor(string session)
        {
            _csrf[session] = RandomNumberGenerator.GetHexString(40); // fine: weak-random
            return _csrf[session];
        }

        public int RollForDisplay()
        {
            return _dice.Next(1, 7); // fine: weak-random
        }

        public string SmsCode()
        {
            var code = 0;
            for (var i = 0; i < 6; i++)
            {
                code = (code * 10) + _dice.Next(10); // flaw: weak-random
            }
            return code.ToString("D6");
        }

        public string EmailCode()
        {
            return string.Concat(Enumerable.Range(0, 8).Select(_ => RandomNumberGenerator.GetInt32(10))); // fine: weak-random
        }

        public byte[] Nonce()
        {
            var nonce = new byte[12];
            _effects.NextBytes(nonce); // flaw: weak-random
            return nonce;
        }

        public IEnumerable<(double X, double Y)> Particles(int count)
        {
            for (var i = 0; i < count; i++)
            {
                yield return (_effects.NextDouble(), _effects.NextDouble()); // fine: weak-random
            }
        }

        public string DownloadSecret(long file)
        {
            var seeded = new Random((int)DateTime.UtcNow.Ticks);
            var secret = new StringBuilder("dl-").Append(file).Append('-');
            while (secret.Length < 40)
            {
                secret.Append((char)('a' + (int)(seeded.NextDouble() * 26))); // flaw: weak-random
            }
            return secret.ToString();
        }

        public void ShuffleCards<T>(T[] cards)
        {
            Random.Shared.Shuffle(cards); // fine: weak-random
        }

        public string OauthState()
        {
            return new Token(_dice).Hex(24);
        }

        private sealed class Token
        {
            private readonly Random _source;

            public Token(Random source)
            {
                _source = source;
            }

            public string Hex(int length)
            {
                const string digits = "0123456789abcdef";
                var text = new char[length];
                for (var i = 0; i < length; i++)
                {
                    text[i] = digits[_source.Next(16)]; // flaw: weak-random
                }
                return new string(text);
            }
        }
    }
}
