<?php

declare(strict_types=1);

namespace App\Security;

use Jose\Component\Core\AlgorithmManager;
use Jose\Component\Core\JWK;
use Jose\Component\Signature\Algorithm\None;
use Jose\Component\Signature\Algorithm\RS256;
use Jose\Component\Signature\JWSVerifier;
use Jose\Component\Signature\Serializer\CompactSerializer;
use Lcobucci\JWT\Configuration;
use Lcobucci\JWT\Encoding\JoseEncoder;
use Lcobucci\JWT\Signer\Hmac\Sha256;
use Lcobucci\JWT\Signer\Key\InMemory;
use Lcobucci\JWT\Token\Parser;
use Lcobucci\JWT\Token\Plain;
use Lcobucci\JWT\Validation\Constraint\IssuedBy;
use Lcobucci\JWT\Validation\Constraint\SignedWith;
use Symfony\Component\HttpFoundation\Request;

final class IdentityReader
{
    private Configuration $config;

    public function __construct(private JWK $jwk)
    {
        $this->config = Configuration::forSymmetricSigner(new Sha256(), InMemory::file('/run/secrets/jwt.key')); // fine: jwt
    }

    private function raw(Request $request): string
    {
        return substr((string) $request->headers->get('Authorization'), 7);
    }

    private function parse(string $jwt): Plain
    {
        return (new Parser(new JoseEncoder()))->parse($jwt);
    }

    public function subject(Request $request): ?string
    {
        $token = $this->config->parser()->parse($this->raw($request)); // flaw: jwt
        return $token->claims()->get('sub');
    }

    public function subjectNext(Request $request): ?string
    {
        $token = $this->config->parser()->parse($this->raw($request));
        $this->config->validator()->assert($token, new SignedWith($this->config->signer(), $this->config->verificationKey())); // fine: jwt
        return $token->claims()->get('sub');
    }

    public function isAdmin(Request $request): bool
    {
        $token = $this->parse((string) $request->cookies->get('token'));
        $valid = $this->config->validator()->validate($token, new IssuedBy('https://login.example.org')); // flaw: jwt
        return $valid && $token->claims()->get('role') === 'admin';
    }

    public function isAdminNext(Request $request): bool
    {
        $token = $this->parse((string) $request->cookies->get('token'));
        $constraints = [
            new IssuedBy('https://login.example.org'),
            new SignedWith(new Sha256(), $this->config->verificationKey()),
        ];
        if (!$this->config->validator()->validate($token, ...$constraints)) { // fine: jwt
            return false;
        }
        return $token->claims()->get('role') === 'admin';
    }

    public function partner(Request $request): array
    {
        $algorithms = [new RS256()];
        if ($request->query->getBoolean('plain', true)) {
            $algorithms[] = new None(); // flaw: jwt
        }
        $verifier = new JWSVerifier(new AlgorithmManager($algorithms));
        $jws = (new CompactSerializer())->unserialize($this->raw($request));
        return $verifier->verifyWithKey($jws, $this->jwk, 0) ? json_decode((string) $jws->getPayload(), true) : [];
    }

    public function supplier(Request $request): array
    {
        $verifier = new JWSVerifier(new AlgorithmManager([new RS256()])); // fine: jwt
        $jws = (new CompactSerializer())->unserialize($this->raw($request));
        return $verifier->verifyWithKey($jws, $this->jwk, 0) ? json_decode((string) $jws->getPayload(), true) : [];
    }

    public function share(Request $request): ?string
    {
        $jws = (new CompactSerializer())->unserialize((string) $request->query->get('token'));
        $verifier = new JWSVerifier(new AlgorithmManager([new RS256()]));
        $verifier->verifyWithKey($jws, $this->jwk, 0);
        $payload = json_decode((string) $jws->getPayload(), true); // flaw: jwt
        return $payload['file'] ?? null;
    }
}
