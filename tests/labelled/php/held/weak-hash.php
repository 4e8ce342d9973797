<?php

declare(strict_types=1);

namespace App\Security;

use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Hash;
use Symfony\Component\PasswordHasher\Hasher\MessageDigestPasswordHasher;
use Symfony\Component\PasswordHasher\Hasher\NativePasswordHasher;
use Symfony\Component\PasswordHasher\PasswordHasherInterface;

final class CredentialService
{
    private const ALGORITHMS = ['pin' => 'sha1', 'document' => 'sha256'];

    public function hasher(): PasswordHasherInterface
    {
        return new MessageDigestPasswordHasher('md5', true, 1); // flaw: weak-hash
    }

    public function hasherNext(): PasswordHasherInterface
    {
        return new NativePasswordHasher(null, null, 13); // fine: weak-hash
    }

    public function legacy(string $password): string
    {
        return crypt($password, '$1$' . bin2hex(random_bytes(4)) . '$'); // flaw: weak-hash
    }

    public function laravel(string $password): string
    {
        return Hash::make($password, ['rounds' => 12]); // fine: weak-hash
    }

    public function pin(string $card, string $pin): string
    {
        $context = hash_init(self::ALGORITHMS['pin']); // flaw: weak-hash
        hash_update($context, $card);
        hash_update($context, $pin);
        return hash_final($context);
    }

    public function document(string $file): string
    {
        $context = hash_init(self::ALGORITHMS['document']); // fine: weak-hash
        hash_update_file($context, $file);
        return hash_final($context);
    }

    public function stretch(string $password, string $salt): string
    {
        $digest = $salt . $password;
        for ($i = 0; $i < 10; $i++) {
            $digest = md5($digest); // flaw: weak-hash
        }
        return $digest;
    }

    public function stretchNext(string $password, string $salt): string
    {
        return hash_pbkdf2('sha256', $password, $salt, 600000, 64); // fine: weak-hash
    }

    public function gravatar(string $email): string
    {
        return 'https://www.gravatar.com/avatar/' . md5(strtolower(trim($email))) . '?d=mp'; // fine: weak-hash
    }

    public function cached(array $filters, callable $load): mixed
    {
        return Cache::remember('list:' . md5(serialize($filters)), 60, $load); // fine: weak-hash
    }

    public function blobId(string $content): string
    {
        return hash('sha1', 'blob ' . strlen($content) . "\0" . $content); // fine: weak-hash
    }
}
