<?php

declare(strict_types=1);

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789';

session_start(['cookie_secure' => true, 'cookie_httponly' => true, 'cookie_samesite' => 'Lax']);

function random_text(int $length): string
{
    $text = '';
    for ($i = 0; $i < $length; $i++) {
        $text .= ALPHABET[mt_rand(0, strlen(ALPHABET) - 1)]; // flaw: weak-random
    }
    return $text;
}

function pick(array $list): string
{
    return $list[array_rand($list)]; // fine: weak-random
}

final class TokenFactory
{
    public function session(): string
    {
        return hash('sha256', uniqid('', true)); // flaw: weak-random
    }

    public function api(): string
    {
        return bin2hex(random_bytes(32)); // fine: weak-random
    }

    public function invite(): string
    {
        $bytes = [];
        while (count($bytes) < 16) {
            $bytes[] = chr(rand(0, 255)); // flaw: weak-random
        }
        return bin2hex(implode('', $bytes));
    }
}

$factory = new TokenFactory();
header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'reset':
        $_SESSION['reset_token'] = random_text(24);
        http_response_code(202);
        break;
    case 'code':
        $_SESSION['login_code'] = mt_rand(100000, 999999); // flaw: weak-random
        http_response_code(202);
        break;
    case 'code2':
        $_SESSION['login_code'] = random_int(100000, 999999); // fine: weak-random
        http_response_code(202);
        break;
    case 'ticket':
        $_SESSION['ticket'] = $factory->session();
        http_response_code(202);
        break;
    case 'invite':
        $_SESSION['invite_token'] = $factory->invite();
        http_response_code(202);
        break;
    case 'key':
        echo json_encode(['key' => $factory->api()]);
        break;
    case 'tip':
        echo json_encode(['tip' => pick(['Use tags', 'Try dark mode', 'Pin a board'])]);
        break;
    case 'cards':
        $deck = range(1, 24);
        shuffle($deck); // fine: weak-random
        echo json_encode($deck);
        break;
    default:
        usleep(1000 * mt_rand(5, 20)); // fine: weak-random
        echo json_encode(['ok' => true]);
}
