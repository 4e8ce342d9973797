using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;

namespace Contoso.Vault
{
    public class VaultCrypto
    {
        private const int DefaultBits = 1024;
        private readonly byte[] _key;

        public VaultCrypto(byte[] key)
        {
            _key = key;
        }

        public byte[] SealLegacy(byte[] plain, byte[] desKey)
        {
            using var des = DES.Create(); // flaw: weak-cipher
            des.Key = desKey;
            des.GenerateIV();
            using var encryptor = des.CreateEncryptor();
            return Join(des.IV, encryptor.TransformFinalBlock(plain, 0, plain.Length));
        }

        public byte[] Seal(byte[] plain)
        {
            var nonce = RandomNumberGenerator.GetBytes(12);
            var body = new byte[plain.Length];
            var tag = new byte[16];
            using var gcm = new AesGcm(_key, 16); // fine: weak-cipher
            gcm.Encrypt(nonce, plain, body, tag);
            return Join(nonce, Join(tag, body));
        }

        public void Export(IEnumerable<byte[]> records, Stream output)
        {
            using var aes = Aes.Create();
            aes.Key = _key;
            aes.Mode = CipherMode.ECB; // flaw: weak-cipher
            using var encryptor = aes.CreateEncryptor();
            using var stream = new CryptoStream(output, encryptor, CryptoStreamMode.Write, leaveOpen: true);
            foreach (var record in records)
            {
                stream.Write(record);
            }
        }

        public byte[] EncryptThenMac(byte[] plain, byte[] macKey)
        {
            using var aes = Aes.Create();
            aes.Key = _key;
            aes.GenerateIV();
            aes.Mode = CipherMode.CBC; // fine: weak-cipher
            using var encryptor = aes.CreateEncryptor();
            var sealedBytes = Join(aes.IV, encryptor.TransformFinalBlock(plain, 0, plain.Length));
            return Join(sealedBytes, HMACSHA256.HashData(macKey, sealedBytes));
        }

        public RSA PartnerKeys()
        {
            return RSA.Create(DefaultBits); // flaw: weak-cipher
        }

        public RSA SigningKeys()
        {
            return RSA.Create(3072); // fine: weak-cipher
        }

        public ECDsa DeviceKeys()
        {
            return ECDsa.Create(ECCurve.NamedCurves.nistP256); // fine: weak-cipher
        }

        public byte[] Wrap(RSA peer, byte[] secret)
        {
            return peer.Encrypt(secret, RSAEncryptionPadding.OaepSHA256); // fine: weak-cipher
        }

        public byte[] Archive(byte[] plain, byte[] key, bool compact)
        {
            SymmetricAlgorithm algorithm = Aes.Create();
            if (compact)
            {
                algorithm = RC2.Create(); // flaw: weak-cipher
            }
            using (algorithm)
            {
                algorithm.Key = key;
                algorithm.GenerateIV();
                using var encryptor = algorithm.CreateEncryptor();
                return Join(algorithm.IV, encryptor.TransformFinalBlock(plain, 0, plain.Length));
            }
        }

        public byte[] Ledger(byte[] plain, byte[] key)
        {
            return Run("3DES", key, plain);
        }

        private static byte[] Run(string name, byte[] key, byte[] plain)
        {
            using var algorithm = (SymmetricAlgorithm)CryptoConfig.CreateFromName(name); // flaw: weak-cipher
            algorithm.Key = key;
            algorithm.GenerateIV();
            using var encryptor = algorithm.CreateEncryptor();
            return Join(algorithm.IV, encryptor.TransformFinalBlock(plain, 0, plain.Length));
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
