<?php

declare(strict_types=1);

const SIGNATURE_DIGEST = 'md5';

final class Accounts
{
    public function __construct(private PDO $pdo)
    {
    }

    private function store(string $email, string $hash): void
    {
        $this->pdo->prepare('UPDATE accounts SET hash = ? WHERE email = ?')->execute([$hash, $email]);
    }

    public function setPassword(string $email, string $password): void
    {
        $this->store($email, md5($password)); // flaw: weak-hash
    }

    public function setPasswordCurrent(string $email, string $password): void
    {
        $this->store($email, password_hash($password, PASSWORD_ARGON2ID)); // fine: weak-hash
    }

    public function setSalted(string $email, string $password): void
    {
        $salt = bin2hex(random_bytes(8));
        $material = $salt;
        $material .= $password;
        $hash = sha1($material); // flaw: weak-hash
        $this->store($email, $salt . ':' . $hash);
    }

    public function check(string $email, string $password): bool
    {
        $stmt = $this->pdo->prepare('SELECT hash FROM accounts WHERE email = ?');
        $stmt->execute([$email]);
        return password_verify($password, (string) $stmt->fetchColumn()); // fine: weak-hash
    }
}

function sign_callback(array $params, string $secret): string
{
    ksort($params);
    $pairs = [];
    foreach ($params as $name => $value) {
        $pairs[] = $name . '=' . $value;
    }
    return hash(SIGNATURE_DIGEST, implode('&', $pairs) . $secret); // flaw: weak-hash
}

function sign_request(string $body, string $secret): string
{
    return hash_hmac('sha256', $body, $secret); // fine: weak-hash
}

function etag(string $file): string
{
    return '"' . md5_file($file) . '"'; // fine: weak-hash
}

function cache_file(string $query): string
{
    $name = sha1($query); // fine: weak-hash
    return '/var/cache/app/' . substr($name, 0, 2) . '/' . $name . '.php';
}

function verify_license(string $license, string $signature, string $publicKey): bool
{
    return openssl_verify($license, $signature, $publicKey, OPENSSL_ALGO_SHA1) === 1; // flaw: weak-hash
}

function verify_release(string $archive, string $signature, string $publicKey): bool
{
    return openssl_verify($archive, $signature, $publicKey, OPENSSL_ALGO_SHA256) === 1; // fine: weak-hash
}

function shard(string $key, int $count): int
{
    return crc32($key) % $count; // fine: weak-hash
}
