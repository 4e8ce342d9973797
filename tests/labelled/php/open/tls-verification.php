<?php

declare(strict_types=1);

const CA_FILE = '/etc/ssl/internal-ca.pem';

final class LedgerClient
{
    private array $options = [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_SSL_VERIFYPEER => false, // flaw: tls-verification
        CURLOPT_TIMEOUT => 5,
    ];

    public function entry(int $id): string
    {
        $curl = curl_init("https://ledger.internal/entries/$id");
        curl_setopt_array($curl, $this->options);
        return (string) curl_exec($curl);
    }
}

final class BalanceClient
{
    private array $options = [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_SSL_VERIFYPEER => true, // fine: tls-verification
        CURLOPT_SSL_VERIFYHOST => 2, // fine: tls-verification
        CURLOPT_CAINFO => CA_FILE,
    ];

    public function balance(int $id): string
    {
        $curl = curl_init("https://ledger.internal/balance/$id");
        curl_setopt_array($curl, $this->options);
        return (string) curl_exec($curl);
    }
}

function push_metrics(array $payload): int
{
    $curl = curl_init('https://metrics.example.com/v1/push');
    curl_setopt($curl, CURLOPT_POSTFIELDS, json_encode($payload));
    curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
    curl_setopt($curl, CURLOPT_SSL_VERIFYHOST, 0); // flaw: tls-verification
    curl_exec($curl);
    return curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
}

function fetch_rates(): string
{
    $ssl = ['cafile' => CA_FILE];
    $ssl['verify_peer'] = false; // flaw: tls-verification
    $context = stream_context_create(['ssl' => $ssl]);
    return (string) file_get_contents('https://rates.example.com/daily', false, $context);
}

function fetch_news(): string
{
    $context = stream_context_create(['ssl' => ['verify_peer' => true, 'verify_peer_name' => true]]); // fine: tls-verification
    return (string) file_get_contents('https://news.example.com/daily', false, $context);
}

function open_channel(string $host)
{
    $context = stream_context_create();
    stream_context_set_option($context, 'ssl', 'verify_peer_name', false); // flaw: tls-verification
    return stream_socket_client("tls://$host:8443", $errno, $error, 5.0, STREAM_CLIENT_CONNECT, $context);
}

function open_pinned_channel(string $host, string $fingerprint)
{
    $context = stream_context_create();
    stream_context_set_option($context, 'ssl', 'peer_fingerprint', ['sha256' => $fingerprint]); // fine: tls-verification
    return stream_socket_client("tls://$host:8443", $errno, $error, 5.0, STREAM_CLIENT_CONNECT, $context);
}
