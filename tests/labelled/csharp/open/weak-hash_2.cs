using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using Konscious.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Fabrikam.Identity
{
    public class IdentityHasher
    {
        private static readonly Dictionary<string, Func<HashAlgorithm>> Algorithms = new()
        {
            ["classic"] = () => new SHA1Managed(), // flaw: weak-hash
            ["current"] = () => SHA512.Create(), // fine: weak-hash
        };

        public byte[] Credential(string secret, string salt)
        {
            return new MD5CryptoServiceProvider().ComputeHash(Encoding.UTF8.GetBytes(salt + secret)); // flaw: weak-hash
        }

        public byte[] CredentialArgon(string secret, byte[] salt)
        {
            using var argon = new Argon2id(Encoding.UTF8.GetBytes(secret)) // fine: weak-hash
            {
                Salt = salt,
                MemorySize = 65536,
                Iterations = 3,
                DegreeOfParallelism = 1,
            };
            return argon.GetBytes(32);
        }

        public string CredentialBcrypt(string secret)
        {
            return BCrypt.Net.BCrypt.HashPassword(secret, 12); // fine: weak-hash
        }

        public byte[] ApproveContract(byte[] contract, RSA key)
        {
            using var hash = Algorithms["classic"]();
            return key.SignHash(hash.ComputeHash(contract), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1); // flaw: weak-hash
        }

        public byte[] ApproveOffer(byte[] offer, ECDsa key)
        {
            return key.SignData(offer, HashAlgorithmName.SHA384); // fine: weak-hash
        }

        public byte[] NtCredential(string secret)
        {
            var data = Encoding.Unicode.GetBytes(secret);
            IDigest digest = new MD4Digest(); // flaw: weak-hash
            digest.BlockUpdate(data, 0, data.Length);
            var output = new byte[digest.GetDigestSize()];
            digest.DoFinal(output, 0);
            return output;
        }

        public void SignXml(SignedXml xml, bool oldPartner)
        {
            var reference = new Reference("") { DigestMethod = SignedXml.XmlDsigSHA256Url }; // fine: weak-hash
            xml.AddReference(reference);
        }

        public string BlobEtag(Stream blob)
        {
            using var md5 = MD5.Create(); // fine: weak-hash
            return '"' + Convert.ToHexString(md5.ComputeHash(blob)) + '"';
        }

        public int Bucket(string user)
        {
            var first = SHA1.HashData(Encoding.UTF8.GetBytes(user))[0]; // fine: weak-hash
            return first % 32;
        }

        public byte[] VaultKey(string phrase, byte[] salt)
        {
            return Stretch(phrase, salt, 100);
        }

        private static byte[] Stretch(string phrase, byte[] salt, int rounds)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5); // flaw: weak-hash
            var state = salt;
            for (var i = 0; i < rounds; i++)
            {
                hash.AppendData(state);
                hash.AppendData(Encoding.UTF8.GetBytes(phrase));
                state = hash.GetHashAndReset();
            }
            return state;
        }
    }
}
