<?php

declare(strict_types=1);

const LANGUAGES = ['en', 'de', 'pl'];

session_start(['cookie_secure' => true, 'cookie_httponly' => true, 'cookie_samesite' => 'Lax']);

function remember(string $key, mixed $value): void
{
    $_SESSION[$key] = $value; // flaw: trust-boundary
}

function page_size(string $raw): int
{
    $size = (int) $raw;
    return $size > 0 && $size <= 100 ? $size : 25;
}

function account(PDO $pdo, string $login, string $password): ?array
{
    $stmt = $pdo->prepare('SELECT id, role, hash FROM accounts WHERE login = ?');
    $stmt->execute([$login]);
    $row = $stmt->fetch(PDO::FETCH_ASSOC);
    return $row && password_verify($password, $row['hash']) ? $row : null;
}

$pdo = new PDO(getenv('DSN'), getenv('DB_USER'), getenv('DB_PASSWORD'));

switch ($_GET['action'] ?? '') {
    case 'login':
        $row = account($pdo, (string) ($_POST['login'] ?? ''), (string) ($_POST['password'] ?? ''));
        if ($row === null) {
            http_response_code(401);
            exit;
        }
        session_regenerate_id(true);
        $_SESSION['account'] = $row['id'];
        $_SESSION['role'] = $row['role']; // fine: trust-boundary
        break;

    case 'sso':
        $_SESSION['role'] = $_POST['role']; // flaw: trust-boundary
        break;

    case 'language':
        $lang = $_POST['lang'] ?? 'en';
        if (!in_array($lang, LANGUAGES, true)) {
            http_response_code(400);
            exit;
        }
        $_SESSION['lang'] = $lang; // fine: trust-boundary
        break;

    case 'tenant':
        $tenant = $_POST['tenant'] ?? $_GET['tenant'] ?? null;
        if ($tenant) {
            remember('tenant', $tenant);
        }
        break;

    case 'size':
        $_SESSION['size'] = page_size((string) ($_POST['size'] ?? '')); // fine: trust-boundary
        break;

    case 'context':
        $context = ['since' => time()];
        $context['account'] = $_SERVER['HTTP_X_ACCOUNT'] ?? null;
        $context['admin'] = ($_SERVER['HTTP_X_ADMIN'] ?? '') === 'true';
        $_SESSION = array_merge($_SESSION, $context); // flaw: trust-boundary
        break;

    case 'cart':
        foreach ((array) ($_POST['lines'] ?? []) as $line) {
            $_SESSION['cart'][] = ['sku' => $line['sku'], 'price' => $line['price']]; // flaw: trust-boundary
        }
        break;

    case 'workspace':
        $stmt = $pdo->prepare('SELECT id FROM workspaces WHERE id = ? AND owner = ?');
        $stmt->execute([$_POST['workspace'] ?? 0, $_SESSION['account'] ?? 0]);
        $id = $stmt->fetchColumn();
        if ($id !== false) {
            $_SESSION['workspace'] = $id; // fine: trust-boundary
        }
        break;
}
http_response_code(204);
