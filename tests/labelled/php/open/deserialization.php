<?php

declare(strict_types=1);

final class Preferences
{
    public string $theme = 'light';
    public int $pageSize = 25;
}

final class PreferenceStore
{
    private string $raw = '';

    public function from(array $cookies): self
    {
        $this->raw = base64_decode($cookies['prefs'] ?? '', true) ?: '';
        return $this;
    }

    public function load(): mixed
    {
        if ($this->raw === '') {
            return new Preferences();
        }
        return unserialize($this->raw); // flaw: deserialization
    }

    public function loadPlain(): array
    {
        $values = unserialize($this->raw, ['allowed_classes' => false]); // fine: deserialization
        return is_array($values) ? $values : [];
    }
}

function signed(string $cookie, string $key): ?array
{
    $parts = explode('.', $cookie, 2);
    if (count($parts) !== 2 || !hash_equals(hash_hmac('sha256', $parts[0], $key), $parts[1])) {
        return null;
    }
    $value = unserialize(base64_decode($parts[0]), ['allowed_classes' => [Preferences::class]]); // fine: deserialization
    return $value instanceof Preferences ? get_object_vars($value) : null;
}

function cached(string $name): mixed
{
    $file = '/var/cache/shop/' . sha1($name) . '.ser';
    if (!is_file($file)) {
        return null;
    }
    return unserialize(file_get_contents($file)); // fine: deserialization
}

header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'cart':
        $cart = unserialize($_COOKIE['cart']); // flaw: deserialization
        echo json_encode(['lines' => count((array) $cart)]);
        break;
    case 'cart2':
        $cart = json_decode($_COOKIE['cart'] ?? '[]', true); // fine: deserialization
        echo json_encode(['lines' => count((array) $cart)]);
        break;
    case 'prefs':
        echo json_encode((new PreferenceStore())->from($_COOKIE)->load());
        break;
    case 'prefs2':
        echo json_encode((new PreferenceStore())->from($_COOKIE)->loadPlain());
        break;
    case 'signed':
        echo json_encode(signed($_COOKIE['signed'] ?? '', (string) getenv('COOKIE_KEY')));
        break;
    case 'import':
        $body = file_get_contents('php://input');
        $jobs = [];
        foreach (explode("\n", $body) as $line) {
            $payload = hex2bin(trim($line));
            if ($payload !== false) {
                $jobs[] = unserialize($payload, ['max_depth' => 8]); // flaw: deserialization
            }
        }
        echo json_encode(['jobs' => count($jobs)]);
        break;
    case 'config':
        $format = $_POST['format'] ?? 'json';
        $text = $_POST['config'] ?? '';
        if ($format === 'yaml') {
            ini_set('yaml.decode_php', '1');
            $config = yaml_parse($text); // flaw: deserialization
        } else {
            $config = json_decode($text, true);
        }
        echo json_encode(array_keys((array) $config));
        break;
    case 'cached':
        echo json_encode(cached($_GET['name'] ?? ''));
        break;
}
