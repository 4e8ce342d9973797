<?php

declare(strict_types=1);

const ORIGINS = ['https://app.example.com', 'https://admin.example.com'];

final class CorsHeaders
{
    public function allow(string $origin): void
    {
        header('Access-Control-Allow-Origin: ' . $origin); // flaw: cors
        header('Access-Control-Allow-Credentials: true');
    }

    public function allowListed(): void
    {
        $origin = $_SERVER['HTTP_ORIGIN'] ?? '';
        if (in_array($origin, ORIGINS, true)) {
            header('Access-Control-Allow-Origin: ' . $origin); // fine: cors
            header('Access-Control-Allow-Credentials: true');
            header('Vary: Origin');
        }
    }
}

function by_suffix(string $origin): void
{
    if (str_ends_with($origin, 'example.com')) {
        header("Access-Control-Allow-Origin: $origin"); // flaw: cors
        header('Access-Control-Allow-Credentials: true');
    }
}

function by_host(string $origin): void
{
    $parts = parse_url($origin);
    $host = $parts['host'] ?? '';
    if (($parts['scheme'] ?? '') === 'https' && $host === 'partner.example.net' && !isset($parts['port'])) {
        header('Access-Control-Allow-Origin: https://partner.example.net'); // fine: cors
        header('Access-Control-Allow-Credentials: true');
    }
}

$cors = new CorsHeaders();
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';

switch ($_GET['area'] ?? '') {
    case 'accounts':
        header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']); // flaw: cors
        header('Access-Control-Allow-Credentials: true');
        break;
    case 'profile':
        $cors->allowListed();
        break;
    case 'billing':
        if ($origin !== '') {
            $cors->allow($origin);
        }
        break;
    case 'orders':
        by_suffix($origin);
        break;
    case 'partner':
        by_host($origin);
        break;
    case 'fonts':
        header('Access-Control-Allow-Origin: *'); // fine: cors
        header('Access-Control-Allow-Methods: GET');
        break;
    case 'messages':
        $headers = ['Access-Control-Allow-Credentials' => 'true', 'Vary' => 'Origin'];
        $headers['Access-Control-Allow-Origin'] = getallheaders()['Origin'] ?? 'null'; // flaw: cors
        foreach ($headers as $name => $value) {
            header($name . ': ' . $value);
        }
        break;
    case 'help':
        $base = 'https://help.example.com';
        header('Access-Control-Allow-Origin: ' . $base); // fine: cors
        header('Access-Control-Allow-Credentials: true');
        break;
}

header('Content-Type: application/json');
echo json_encode(['ok' => true]);
