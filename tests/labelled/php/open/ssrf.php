<?php

declare(strict_types=1);

const PARTNERS = ['api.partner-one.com', 'api.partner-two.com'];
const REGIONS = ['eu' => 'https://eu.stock.example.com', 'us' => 'https://us.stock.example.com'];

final class WebhookSender
{
    /** @var array<int, array{string, array}> */
    private array $queue = [];

    public function enqueue(string $target, array $payload): self
    {
        $this->queue[] = [$target, $payload];
        return $this;
    }

    public function flush(): void
    {
        foreach ($this->queue as [$target, $payload]) {
            $curl = curl_init($target); // flaw: ssrf
            curl_setopt($curl, CURLOPT_POSTFIELDS, json_encode($payload));
            curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
            curl_exec($curl);
            curl_close($curl);
        }
    }
}

function fetch(string $address): string
{
    $context = stream_context_create(['http' => ['timeout' => 4]]);
    return (string) file_get_contents($address, false, $context); // flaw: ssrf
}

header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'proxy':
        echo json_encode(['body' => file_get_contents($_GET['url'])]); // flaw: ssrf
        break;

    case 'partner':
        $parts = parse_url((string) ($_GET['url'] ?? ''));
        if (($parts['scheme'] ?? '') !== 'https' || !in_array($parts['host'] ?? '', PARTNERS, true)) {
            http_response_code(403);
            break;
        }
        $path = $parts['path'] ?? '/';
        $curl = curl_init('https://' . $parts['host'] . $path); // fine: ssrf
        curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_FOLLOWLOCATION => false]);
        echo json_encode(['body' => curl_exec($curl)]);
        break;

    case 'hook':
        (new WebhookSender())->enqueue($_POST['callback'] ?? '', ['event' => 'test'])->flush();
        break;

    case 'avatar':
        $source = $_POST['source'] ?? '';
        if (strpos($source, 'http') !== 0) {
            http_response_code(400);
            break;
        }
        echo json_encode(['bytes' => strlen(fetch($source))]);
        break;

    case 'stock':
        $base = REGIONS[$_GET['region'] ?? 'eu'] ?? REGIONS['eu'];
        $answer = file_get_contents($base . '/items/' . rawurlencode($_GET['sku'] ?? '')); // fine: ssrf
        echo json_encode(['answer' => $answer]);
        break;

    case 'tenant':
        $url = 'https://';
        $url .= $_GET['tenant'];
        $url .= '.tenants.example.com/health';
        $curl = curl_init();
        curl_setopt($curl, CURLOPT_URL, $url); // flaw: ssrf
        curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
        curl_exec($curl);
        echo json_encode(['status' => curl_getinfo($curl, CURLINFO_RESPONSE_CODE)]);
        break;

    case 'rates':
        $query = http_build_query(['base' => (string) ($_GET['base'] ?? 'EUR')]);
        $curl = curl_init();
        curl_setopt($curl, CURLOPT_URL, 'https://rates.example.com/latest?' . $query); // fine: ssrf
        curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
        echo json_encode(['body' => curl_exec($curl)]);
        break;

    case 'weather':
        $station = (int) ($_GET['station'] ?? 0);
        $answer = file_get_contents("https://weather.example.com/v1/stations/$station"); // fine: ssrf
        echo json_encode(['answer' => $answer]);
        break;
}
