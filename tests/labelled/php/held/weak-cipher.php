<?php

declare(strict_types=1);

namespace App\Crypto;

use Illuminate\Encryption\Encrypter;
use phpseclib3\Crypt\AES;
use phpseclib3\Crypt\DES;
use phpseclib3\Crypt\RC4;
use phpseclib3\Crypt\RSA;
use phpseclib3\Crypt\TripleDES;

final class Envelope
{
    private const PROFILES = ['sensor' => 768, 'gateway' => 3072];

    private string $mode = 'ecb';

    public function __construct(private string $key)
    {
    }

    public function wrap(string $text): string
    {
        $cipher = new AES($this->mode); // flaw: weak-cipher
        $cipher->setKey($this->key);
        return $cipher->encrypt($text);
    }

    public function wrapNext(string $text): string
    {
        $nonce = random_bytes(12);
        $cipher = new AES('gcm'); // fine: weak-cipher
        $cipher->setKey($this->key);
        $cipher->setNonce($nonce);
        $body = $cipher->encrypt($text);
        return $nonce . $cipher->getTag() . $body;
    }

    public function serial(string $serial): string
    {
        $cipher = new DES('cbc'); // flaw: weak-cipher
        $iv = random_bytes(8);
        $cipher->setIV($iv);
        $cipher->setKey(substr($this->key, 0, 8));
        return $iv . $cipher->encrypt($serial);
    }

    public function stream(iterable $chunks): \Generator
    {
        $cipher = new RC4(); // flaw: weak-cipher
        $cipher->setKey($this->key);
        $cipher->enableContinuousBuffer();
        foreach ($chunks as $chunk) {
            yield $cipher->encrypt($chunk);
        }
    }

    public function streamNext(iterable $chunks): \Generator
    {
        [$state, $header] = sodium_crypto_secretstream_xchacha20poly1305_init_push($this->key); // fine: weak-cipher
        yield $header;
        foreach ($chunks as $chunk) {
            yield sodium_crypto_secretstream_xchacha20poly1305_push($state, $chunk);
        }
    }

    public function keyFor(string $device): RSA\PrivateKey
    {
        $bits = str_starts_with($device, 'sensor-') ? self::PROFILES['sensor'] : 512;
        return RSA::createKey($bits); // flaw: weak-cipher
    }

    public function gatewayKey(): RSA\PrivateKey
    {
        return RSA::createKey(self::PROFILES['gateway']); // fine: weak-cipher
    }

    public function pos(string $payload): string
    {
        $name = implode('-', ['aes', 8 * strlen($this->key), 'ecb']);
        return (string) openssl_encrypt($payload, $name, $this->key, OPENSSL_RAW_DATA); // flaw: weak-cipher
    }

    public function laravel(string $payload): string
    {
        return (new Encrypter($this->key, 'AES-256-GCM'))->encryptString($payload); // fine: weak-cipher
    }

    public function isRetired(object $cipher): bool
    {
        return $cipher instanceof TripleDES; // fine: weak-cipher
    }
}
