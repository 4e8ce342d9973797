<?php

declare(strict_types=1);

use Firebase\JWT\JWK;
use Firebase\JWT\JWT;
use Firebase\JWT\Key;

final class TokenReader
{
    public function __construct(private string $publicKey, private string $secret)
    {
    }

    private function segment(string $token, int $index): array
    {
        $part = explode('.', $token)[$index] ?? '';
        return json_decode(base64_decode(strtr($part, '-_', '+/')), true) ?? [];
    }

    public function claims(string $token): array
    {
        return $this->segment($token, 1); // flaw: jwt
    }

    public function verified(string $token): object
    {
        return JWT::decode($token, new Key($this->publicKey, 'RS256')); // fine: jwt
    }

    public function keyId(string $token): string
    {
        $header = $this->segment($token, 0); // fine: jwt
        return (string) ($header['kid'] ?? 'main');
    }

    public function byHeader(string $token): ?array
    {
        $header = $this->segment($token, 0);
        [$head, $body, $signature] = explode('.', $token) + ['', '', ''];
        if ($header['alg'] === 'none') {
            return json_decode(JWT::urlsafeB64Decode($body), true); // flaw: jwt
        }
        $expected = hash_hmac('sha256', "$head.$body", $this->secret, true);
        if (!hash_equals($expected, JWT::urlsafeB64Decode($signature))) {
            return null;
        }
        return json_decode(JWT::urlsafeB64Decode($body), true); // fine: jwt
    }

    public function remote(string $token, array $jwks): object
    {
        return JWT::decode($token, JWK::parseKeySet($jwks, 'RS256')); // fine: jwt
    }
}

function bearer(): string
{
    return preg_replace('/\ABearer\s+/', '', $_SERVER['HTTP_AUTHORIZATION'] ?? '');
}

function unsigned_token(string $name): string
{
    $head = JWT::urlsafeB64Encode(json_encode(['typ' => 'JWT', 'alg' => 'none'])); // flaw: jwt
    $body = JWT::urlsafeB64Encode(json_encode(['sub' => $name, 'role' => 'guest']));
    return "$head.$body.";
}

function signed_token(string $name, string $secret): string
{
    return JWT::encode(['sub' => $name, 'exp' => time() + 600], $secret, 'HS256'); // fine: jwt
}

$reader = new TokenReader((string) getenv('JWT_PUBLIC_KEY'), (string) getenv('JWT_SECRET'));
header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'admin':
        $claims = $reader->claims(bearer());
        http_response_code(($claims['role'] ?? '') === 'admin' ? 200 : 403);
        break;
    case 'member':
        echo json_encode(['sub' => $reader->verified(bearer())->sub]);
        break;
    case 'partner':
        echo json_encode(['sub' => $reader->byHeader(bearer())['sub'] ?? null]);
        break;
    case 'account':
        $parts = explode('.', $_COOKIE['id_token'] ?? '..');
        $payload = json_decode(JWT::urlsafeB64Decode($parts[1])); // flaw: jwt
        session_start(['cookie_secure' => true, 'cookie_httponly' => true, 'cookie_samesite' => 'Lax']);
        $_SESSION['account'] = $payload->sub;
        break;
    case 'guest':
        echo json_encode(['token' => unsigned_token('guest')]);
        break;
}
