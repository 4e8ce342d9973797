<?php

declare(strict_types=1);

namespace App\Clients;

use GuzzleHttp\Client;
use GuzzleHttp\RequestOptions;
use Illuminate\Support\Facades\Http;
use MongoDB\Client as MongoClient;
use PDO;
use PHPMailer\PHPMailer\PHPMailer;
use SoapClient;
use Symfony\Component\HttpClient\HttpClient;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class ClientFactory
{
    private const CA = '/etc/pki/company-ca.crt';

    private array $guzzleOptions = ['timeout' => 4];

    public function inventory(): Client
    {
        return new Client(['base_uri' => 'https://inventory.internal', 'verify' => false]); // flaw: tls-verification
    }

    public function pricing(): Client
    {
        return new Client(['base_uri' => 'https://pricing.internal', 'verify' => self::CA]); // fine: tls-verification
    }

    public function statement(int $id): string
    {
        $this->guzzleOptions[RequestOptions::VERIFY] = false; // flaw: tls-verification
        $client = new Client($this->guzzleOptions);
        return (string) $client->get("https://bank.example.com/statements/$id")->getBody();
    }

    public function devices(): array
    {
        return Http::withoutVerifying()->get('https://devices.internal/list')->json(); // flaw: tls-verification
    }

    public function sensors(): array
    {
        return Http::withOptions(['verify' => self::CA])->get('https://sensors.internal/list')->json(); // fine: tls-verification
    }

    public function partner(bool $strict): HttpClientInterface
    {
        $options = ['timeout' => 3, 'cafile' => self::CA];
        if (!$strict) {
            $options += ['verify_host' => false]; // flaw: tls-verification
        }
        return HttpClient::create($options);
    }

    public function reseller(): HttpClientInterface
    {
        return HttpClient::create(['verify_peer' => true, 'verify_host' => true, 'cafile' => self::CA]); // fine: tls-verification
    }

    public function mailer(string $host): PHPMailer
    {
        $mailer = new PHPMailer(true);
        $mailer->isSMTP();
        $mailer->Host = $host;
        $mailer->SMTPSecure = PHPMailer::ENCRYPTION_STARTTLS;
        $mailer->SMTPOptions = ['ssl' => ['allow_self_signed' => true, 'verify_peer' => false]]; // flaw: tls-verification
        return $mailer;
    }

    public function warehouse(string $host): PDO
    {
        return new PDO("mysql:host=$host;dbname=wh", (string) getenv('WH_USER'), (string) getenv('WH_PASSWORD'), [
            PDO::MYSQL_ATTR_SSL_CA => self::CA,
            PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => true, // fine: tls-verification
        ]);
    }

    public function documents(): MongoClient
    {
        return new MongoClient('mongodb://mongo.internal/?tls=true', ['tlsAllowInvalidCertificates' => true]); // flaw: tls-verification
    }

    public function customs(): SoapClient
    {
        $context = stream_context_create(['ssl' => ['cafile' => self::CA, 'verify_peer' => true]]); // fine: tls-verification
        return new SoapClient('https://customs.example.com/service?wsdl', ['stream_context' => $context]);
    }
}
