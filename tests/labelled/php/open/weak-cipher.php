<?php

declare(strict_types=1);

final class CardVault
{
    private const MODE = 'aes-128-ecb';

    public function __construct(private string $key)
    {
    }

    public function sealLegacy(string $pan): string
    {
        return openssl_encrypt($pan, self::MODE, substr($this->key, 0, 16)); // flaw: weak-cipher
    }

    public function seal(string $pan): string
    {
        $iv = random_bytes(12);
        $body = openssl_encrypt($pan, 'aes-256-gcm', $this->key, OPENSSL_RAW_DATA, $iv, $tag); // fine: weak-cipher
        return base64_encode($iv . $tag . $body);
    }

    public function sealSodium(string $pan): string
    {
        $nonce = random_bytes(SODIUM_CRYPTO_SECRETBOX_NONCEBYTES);
        return base64_encode($nonce . sodium_crypto_secretbox($pan, $nonce, $this->key)); // fine: weak-cipher
    }
}

function encrypt_pin(string $pin, string $key): string
{
    $iv = random_bytes(8);
    return $iv . openssl_encrypt($pin, 'DES-CBC', $key, OPENSSL_RAW_DATA, $iv); // flaw: weak-cipher
}

function encrypt_for(string $profile, string $data, string $key): string
{
    $method = 'rc4';
    if ($profile === 'terminal') {
        $method = 'bf-ecb';
    }
    return openssl_encrypt($data, $method, $key, OPENSSL_RAW_DATA); // flaw: weak-cipher
}

function encrypt_archive(string $data, string $key, string $macKey): string
{
    $iv = random_bytes(16);
    $body = $iv . openssl_encrypt($data, 'aes-256-cbc', $key, OPENSSL_RAW_DATA, $iv); // fine: weak-cipher
    return hash_hmac('sha256', $body, $macKey, true) . $body;
}

function device_key(): OpenSSLAsymmetricKey
{
    $options = ['private_key_type' => OPENSSL_KEYTYPE_RSA];
    $options['private_key_bits'] = 1024;
    return openssl_pkey_new($options); // flaw: weak-cipher
}

function server_key(): OpenSSLAsymmetricKey
{
    return openssl_pkey_new(['private_key_type' => OPENSSL_KEYTYPE_RSA, 'private_key_bits' => 4096]); // fine: weak-cipher
}

function signing_key(): OpenSSLAsymmetricKey
{
    return openssl_pkey_new(['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1']); // fine: weak-cipher
}
