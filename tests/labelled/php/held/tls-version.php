<?php

declare(strict_types=1);

namespace App\Clients;

use GuzzleHttp\Client;
use GuzzleHttp\RequestOptions;
use Illuminate\Support\Facades\Http;
use React\Socket\Connector;
use React\Socket\SecureServer;
use React\Socket\TcpServer;
use SoapClient;
use Symfony\Component\HttpClient\HttpClient;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class TransportFactory
{
    private const OLD = CURL_SSLVERSION_TLSv1_1;

    /** @var array<int, mixed> */
    private array $curl = [];

    private function curlOption(int $option, mixed $value): self
    {
        $this->curl[$option] = $value;
        return $this;
    }

    public function kiosk(): Client
    {
        $this->curlOption(CURLOPT_TCP_KEEPALIVE, 1)->curlOption(CURLOPT_SSLVERSION, self::OLD); // flaw: tls-version
        return new Client(['curl' => $this->curl]);
    }

    public function shop(): Client
    {
        return new Client([RequestOptions::CRYPTO_METHOD => STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT]); // fine: tls-version
    }

    public function till(): Client
    {
        return new Client([RequestOptions::CRYPTO_METHOD => STREAM_CRYPTO_METHOD_TLSv1_0_CLIENT]); // flaw: tls-version
    }

    public function prices(): array
    {
        $options = ['curl' => [CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1_2]]; // fine: tls-version
        return Http::withOptions($options)->get('https://prices.example.com/list')->json();
    }

    public function customs(): SoapClient
    {
        $ssl = ['verify_peer' => true];
        $ssl['crypto_method'] = STREAM_CRYPTO_METHOD_TLSv1_0_CLIENT | STREAM_CRYPTO_METHOD_TLSv1_1_CLIENT; // flaw: tls-version
        return new SoapClient('https://customs.example.com/service?wsdl', ['stream_context' => stream_context_create(['ssl' => $ssl])]);
    }

    public function freight(): HttpClientInterface
    {
        return HttpClient::create(['crypto_method' => STREAM_CRYPTO_METHOD_TLSv1_3_CLIENT]); // fine: tls-version
    }

    public function harbor(): HttpClientInterface
    {
        $method = STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT;
        $method |= STREAM_CRYPTO_METHOD_TLSv1_1_CLIENT;
        return HttpClient::create(['crypto_method' => $method]); // flaw: tls-version
    }

    public function edge(TcpServer $tcp): SecureServer
    {
        return new SecureServer($tcp, null, [
            'local_cert' => '/etc/ssl/certs/edge.pem',
            'crypto_method' => STREAM_CRYPTO_METHOD_TLSv1_2_SERVER, // fine: tls-version
        ]);
    }

    public function relay(): Connector
    {
        return new Connector(['tls' => ['min_proto_version' => STREAM_CRYPTO_PROTO_TLSv1_0]]); // flaw: tls-version
    }
}
