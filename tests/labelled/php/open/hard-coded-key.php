<?php

declare(strict_types=1);

use Firebase\JWT\JWT;

const TOKEN_KEY = 'b7e1f0c94d2a4e3c8f6a5d7e9c0b1a2f'; // flaw: hard-coded-key
const KEY_FILE = '/run/secrets/field-encryption.key'; // fine: hard-coded-key

function issue_token(string $subject): string
{
    return JWT::encode(['sub' => $subject, 'exp' => time() + 900], TOKEN_KEY, 'HS256');
}

function issue_service_token(string $service): string
{
    $key = getenv('SERVICE_TOKEN_KEY'); // fine: hard-coded-key
    if ($key === false) {
        throw new RuntimeException('SERVICE_TOKEN_KEY is not set');
    }
    return JWT::encode(['sub' => $service, 'exp' => time() + 300], $key, 'HS256');
}

final class FieldCipher
{
    private string $key;

    public function __construct()
    {
        $this->key = hex2bin('5f1d3b7a9c0e2d4f6a8b1c3d5e7f9a0b5f1d3b7a9c0e2d4f6a8b1c3d5e7f9a0b'); // flaw: hard-coded-key
    }

    public function encrypt(string $value): string
    {
        $iv = random_bytes(12);
        $body = openssl_encrypt($value, 'aes-256-gcm', $this->key, OPENSSL_RAW_DATA, $iv, $tag);
        return base64_encode($iv . $tag . $body);
    }
}

final class FileKeyCipher
{
    public function encrypt(string $value): string
    {
        $key = hex2bin(trim(file_get_contents(KEY_FILE)));
        $iv = random_bytes(12); // fine: hard-coded-key
        $body = openssl_encrypt($value, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag);
        return base64_encode($iv . $tag . $body);
    }
}

function seal_backup(string $data, string $key): string
{
    $iv = '1234567890abcdef'; // flaw: hard-coded-key
    return openssl_encrypt($data, 'aes-256-cbc', $key, OPENSSL_RAW_DATA, $iv);
}

function sign_download(string $path, int $expires): string
{
    $message = $path . "\n" . $expires;
    return hash_hmac('sha256', $message, 'dl-k3y-Zx81PqLw0aTnV5uR'); // flaw: hard-coded-key
}

function check_release(string $archive, string $signature): bool
{
    $key = base64_decode('Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='); // fine: hard-coded-key
    return sodium_crypto_sign_verify_detached($signature, $archive, $key);
}

function upload_tag(string $key, string $body): string
{
    return hash_hmac('sha256', 'example.com/upload/v1' . $body, $key); // fine: hard-coded-key
}
