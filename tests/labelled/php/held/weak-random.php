<?php

declare(strict_types=1);

namespace App\Services;

use Faker\Factory;
use Illuminate\Support\Arr;
use Illuminate\Support\Collection;
use Illuminate\Support\Str;
use Random\Engine\Mt19937;
use Random\Engine\Secure;
use Random\Randomizer;

final class CredentialService
{
    private Randomizer $fast;
    private Randomizer $strong;

    public function __construct()
    {
        $this->fast = new Randomizer(new Mt19937(time()));
        $this->strong = new Randomizer(new Secure());
    }

    public function oneTimeCode(): string
    {
        return str_pad((string) $this->strong->getInt(0, 99999999), 8, '0', STR_PAD_LEFT); // fine: weak-random
    }

    public function recoveryCodes(): array
    {
        return array_map(fn (): string => bin2hex($this->fast->getBytes(5)), range(1, 8)); // flaw: weak-random
    }

    public function initialPassword(): string
    {
        $letters = range('a', 'z');
        $password = '';
        foreach (range(1, 12) as $_) {
            $password .= $letters[array_rand($letters)]; // flaw: weak-random
        }
        return $password;
    }

    public function initialPasswordNext(): string
    {
        return Str::random(24); // fine: weak-random
    }

    public function csrfToken(string $sessionId): string
    {
        $seed = $sessionId . lcg_value(); // flaw: weak-random
        return hash('sha256', $seed);
    }

    public function salt(): string
    {
        return openssl_random_pseudo_bytes(16); // fine: weak-random
    }

    public function iv(): string
    {
        mt_srand((int) (microtime(true) * 1000)); // flaw: weak-random
        $iv = '';
        while (strlen($iv) < 16) {
            $iv .= pack('C', mt_rand() & 0xff); // flaw: weak-random
        }
        return $iv;
    }

    public function voucher(int $cents): array
    {
        $raw = str_shuffle('ABCDEFGHJKLMNPQRSTUVWXYZ23456789'); // flaw: weak-random
        return ['code' => substr($raw, 0, 10), 'cents' => $cents];
    }

    public function terrain(int $seed, int $width): array
    {
        $randomizer = new Randomizer(new Mt19937($seed));
        return array_map(static fn (): int => $randomizer->getInt(0, 40), range(1, $width)); // fine: weak-random
    }

    public function featured(Collection $products): mixed
    {
        return $products->shuffle()->first(); // fine: weak-random
    }

    public function slogan(): string
    {
        return Arr::random(['Fresh daily', 'Made nearby', 'Since 1987']); // fine: weak-random
    }

    public function placeholder(): string
    {
        return Factory::create()->colorName();
    }
}
