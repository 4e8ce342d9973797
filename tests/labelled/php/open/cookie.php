<?php

declare(strict_types=1);

const LOOSE = ['path' => '/', 'expires' => 0];
const STRICT = ['path' => '/', 'secure' => true, 'httponly' => true, 'samesite' => 'Strict'];

function new_id(): string
{
    return bin2hex(random_bytes(24));
}

function remember(string $id, array $options): void
{
    setcookie('session_id', $id, $options); // flaw: cookie
}

final class SessionStarter
{
    public function admin(): void
    {
        session_name('ADMINSID');
        session_set_cookie_params(['lifetime' => 0, 'secure' => true, 'httponly' => false, 'samesite' => 'Lax']); // flaw: cookie
        session_start();
    }

    public function shop(): void
    {
        session_name('SHOPSID');
        session_set_cookie_params(['lifetime' => 0, 'secure' => true, 'httponly' => true, 'samesite' => 'Lax']); // fine: cookie
        session_start();
    }

    public function partner(): void
    {
        $options = ['cookie_httponly' => true, 'cookie_samesite' => 'Lax'];
        $options['cookie_secure'] = false;
        session_start($options); // flaw: cookie
    }

    public function office(): void
    {
        session_start(['cookie_httponly' => true, 'cookie_secure' => true, 'cookie_samesite' => 'Strict']); // fine: cookie
    }
}

$starter = new SessionStarter();

switch ($_GET['action'] ?? '') {
    case 'login':
        remember(new_id(), LOOSE);
        break;
    case 'login2':
        setcookie('session_id', new_id(), STRICT); // fine: cookie
        break;
    case 'token':
        setcookie('auth_token', new_id(), time() + 3600, '/', '', false, false); // flaw: cookie
        break;
    case 'token2':
        setcookie('auth_token', new_id(), time() + 3600, '/', '', true, true); // fine: cookie
        break;
    case 'theme':
        $theme = ($_GET['theme'] ?? '') === 'dark' ? 'dark' : 'light';
        setcookie('theme', $theme, ['path' => '/', 'secure' => true, 'samesite' => 'Lax']); // fine: cookie
        break;
    case 'admin':
        $starter->admin();
        break;
    case 'shop':
        $starter->shop();
        break;
    case 'partner':
        $starter->partner();
        break;
    case 'office':
        $starter->office();
        break;
}
http_response_code(204);
