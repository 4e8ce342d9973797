using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Security;

namespace Fabrikam.Crypto
{
    public class StreamSealer
    {
        private static readonly Dictionary<string, string> Names = new()
        {
            ["compact"] = "AES/ECB/PKCS7Padding",
            ["standard"] = "AES/GCM/NoPadding",
        };

        public void CopyEncrypted(Stream input, Stream output, byte[] key)
        {
            using var algorithm = new TripleDESCryptoServiceProvider { Key = key }; // flaw: weak-cipher
            algorithm.GenerateIV();
            output.Write(algorithm.IV);
            using var stream = new CryptoStream(output, algorithm.CreateEncryptor(), CryptoStreamMode.Write, true);
            input.CopyTo(stream);
        }

        public byte[] Seal(byte[] plain, byte[] key, byte[] tag)
        {
            var nonce = RandomNumberGenerator.GetBytes(12);
            var body = new byte[plain.Length];
            using var cipher = new ChaCha20Poly1305(key); // fine: weak-cipher
            cipher.Encrypt(nonce, plain, body, tag);
            var result = new byte[nonce.Length + body.Length];
            nonce.CopyTo(result, 0);
            body.CopyTo(result, nonce.Length);
            return result;
        }

        public IBufferedCipher Compact()
        {
            var name = Names["compact"];
            return CipherUtilities.GetCipher(name); // flaw: weak-cipher
        }

        public IBufferedCipher Standard()
        {
            return CipherUtilities.GetCipher(Names["standard"]); // fine: weak-cipher
        }

        public IStreamCipher Telemetry()
        {
            return new RC4Engine(); // flaw: weak-cipher
        }

        public IAeadBlockCipher Records()
        {
            return new GcmBlockCipher(new AesEngine()); // fine: weak-cipher
        }

        public AsymmetricCipherKeyPair DeviceKeys(bool small)
        {
            var bits = 2048;
            if (small)
            {
                bits = 512;
            }
            var generator = new RsaKeyPairGenerator();
            generator.Init(new KeyGenerationParameters(new SecureRandom(), bits)); // flaw: weak-cipher
            return generator.GenerateKeyPair();
        }

        public RSA ServerKeys()
        {
            return new RSACng(4096); // fine: weak-cipher
        }

        public X509Certificate2 Certificate(string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384); // fine: weak-cipher
            var request = new CertificateRequest("CN=device", key, HashAlgorithmName.SHA384);
            return request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddYears(1));
        }

        public RSACryptoServiceProvider Legacy()
        {
            return Make(1024);
        }

        private static RSACryptoServiceProvider Make(int bits)
        {
            return new RSACryptoServiceProvider(bits); // flaw: weak-cipher
        }
    }
}
