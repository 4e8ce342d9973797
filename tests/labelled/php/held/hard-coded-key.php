<?php

declare(strict_types=1);

namespace App\Keys;

use Illuminate\Encryption\Encrypter;
use Lcobucci\JWT\Configuration;
use Lcobucci\JWT\Signer\Hmac\Sha256;
use Lcobucci\JWT\Signer\Key\InMemory;
use phpseclib3\Crypt\AES;

final class KeyRing
{
    private const KEY_ID = 'alias/field-encryption-2023'; // fine: hard-coded-key

    private const KEYS = [
        'mobile' => 'J3v9Qz7LmX2wTb8RkP5dYc1HsN6fGa4U', // flaw: hard-coded-key
        'web' => null,
    ];

    public function __construct(private SecretStore $secrets)
    {
    }

    public function mobileMac(string $body): string
    {
        return hash_hmac('sha512', $body, self::KEYS['mobile']);
    }

    public function webMac(string $body): string
    {
        $key = self::KEYS['web'] ?? $this->secrets->fetch(self::KEY_ID);
        return hash_hmac('sha512', $body, $key);
    }

    public function jwt(): Configuration
    {
        return Configuration::forSymmetricSigner(new Sha256(), InMemory::plainText('9fK2-prod-signing-7Lq1Zx5Vb8Nm3Rt6')); // flaw: hard-coded-key
    }

    public function jwtNext(): Configuration
    {
        return Configuration::forSymmetricSigner(new Sha256(), InMemory::file('/run/secrets/jwt.key')); // fine: hard-coded-key
    }

    public function pin(string $pin, string $key): string
    {
        $cipher = new AES('cbc');
        $cipher->setKey($key);
        $cipher->setIV("\xa1\xb2\xc3\xd4\xe5\xf6\x07\x18\x29\x3a\x4b\x5c\x6d\x7e\x8f\x90"); // flaw: hard-coded-key
        return $cipher->encrypt($pin);
    }

    public function pinNext(string $pin, string $key): string
    {
        $iv = random_bytes(16); // fine: hard-coded-key
        $cipher = new AES('ctr');
        $cipher->setKey($key);
        $cipher->setIV($iv);
        return $iv . $cipher->encrypt($pin);
    }

    public function encrypter(): Encrypter
    {
        $encoded = 'base64:kq3VwYt0m8Zr1uXoJ5Lh7sNfPdGa2eRb4cTiW6yQxE0='; // flaw: hard-coded-key
        $key = base64_decode(substr($encoded, 7));
        return new Encrypter($key, 'aes-256-gcm');
    }

    public function encrypterNext(): Encrypter
    {
        $encoded = (string) config('app.key'); // fine: hard-coded-key
        return new Encrypter(base64_decode(substr($encoded, 7)), 'aes-256-gcm');
    }

    public function unsubscribe(int $id): string
    {
        $bytes = [0x4b, 0x1d, 0x9e, 0x77, 0x02, 0xac, 0x53, 0xe8, 0x60, 0x3f, 0x91, 0xd4, 0x2a, 0xb6, 0x08, 0xf5]; // flaw: hard-coded-key
        $key = pack('C*', ...$bytes);
        return sprintf('https://www.example.com/u/%d/%s', $id, hash_hmac('sha256', (string) $id, $key));
    }
}
