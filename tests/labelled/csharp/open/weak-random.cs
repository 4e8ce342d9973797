using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Contoso.Accounts.Codes
{
    public class CodeFactory
    {
        private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        private readonly Random _fast = new();

        public string SessionId(string user)
        {
            return user.Length + "-" + new Random().NextInt64().ToString("x"); // flaw: weak-random
        }

        public string RememberToken()
        {
            return Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)); // fine: weak-random
        }

        public string ResetCode()
        {
            var code = new StringBuilder();
            for (var i = 0; i < 10; i++)
            {
                var index = _fast.Next(Alphabet.Length); // flaw: weak-random
                code.Append(Alphabet[index]);
            }
            return code.ToString();
        }

        public string VoucherCode()
        {
            var code = new char[16];
            for (var i = 0; i < code.Length; i++)
            {
                code[i] = Alphabet[RandomNumberGenerator.GetInt32(Alphabet.Length)]; // fine: weak-random
            }
            return new string(code);
        }

        public string TemporaryPassword()
        {
            var random = new Random(Environment.TickCount);
            var chars = Enumerable.Range(0, 12).Select(_ => (char)random.Next(33, 126)); // flaw: weak-random
            return new string(chars.ToArray());
        }

        public byte[] Salt()
        {
            var salt = new byte[16];
            Fill(salt);
            return salt;
        }

        public string Invitation()
        {
            using var generator = RandomNumberGenerator.Create();
            var bytes = new byte[20];
            generator.GetBytes(bytes); // fine: weak-random
            return Convert.ToHexString(bytes);
        }

        public TimeSpan RetryDelay(int attempt)
        {
            var jitter = _fast.Next(0, 100); // fine: weak-random
            return TimeSpan.FromMilliseconds((100 << Math.Min(attempt, 8)) + jitter);
        }

        public IList<T> Tips<T>(IEnumerable<T> tips)
        {
            return tips.OrderBy(_ => Random.Shared.Next()).Take(3).ToList(); // fine: weak-random
        }

        public string BannerColor()
        {
            var colors = new[] { "teal", "plum", "amber" };
            return colors[_fast.Next(colors.Length)]; // fine: weak-random
        }

        private static void Fill(byte[] target)
        {
            Random.Shared.NextBytes(target); // flaw: weak-random
        }
    }
}
