<?php

declare(strict_types=1);

final class PartnerClient
{
    private int $method = STREAM_CRYPTO_METHOD_TLSv1_0_CLIENT;

    /** @param resource $socket */
    public function upgrade($socket): bool
    {
        return stream_socket_enable_crypto($socket, true, $this->method) === true; // flaw: tls-version
    }

    /** @param resource $socket */
    public function upgradeCurrent($socket): bool
    {
        $method = STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT | STREAM_CRYPTO_METHOD_TLSv1_3_CLIENT;
        return stream_socket_enable_crypto($socket, true, $method) === true; // fine: tls-version
    }
}

function fetch_quotes(): string
{
    $curl = curl_init('https://quotes.example.com/daily');
    curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
    curl_setopt($curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_0); // flaw: tls-version
    return (string) curl_exec($curl);
}

function fetch_rates(): string
{
    $curl = curl_init('https://rates.example.com/daily');
    curl_setopt_array($curl, [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1_2, // fine: tls-version
    ]);
    return (string) curl_exec($curl);
}

function fetch_orders(bool $legacy): string
{
    $options = [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 5];
    if ($legacy) {
        $options[CURLOPT_SSLVERSION] = CURL_SSLVERSION_TLSv1_1 | CURL_SSLVERSION_MAX_TLSv1_1; // flaw: tls-version
    } else {
        $options[CURLOPT_SSLVERSION] = CURL_SSLVERSION_TLSv1_3; // fine: tls-version
    }
    $curl = curl_init('https://orders.example.com/list');
    curl_setopt_array($curl, $options);
    return (string) curl_exec($curl);
}

function listen(string $address)
{
    $context = stream_context_create(['ssl' => [
        'local_cert' => '/etc/ssl/certs/api.pem',
        'crypto_method' => STREAM_CRYPTO_METHOD_TLSv1_1_SERVER, // flaw: tls-version
    ]]);
    return stream_socket_server("ssl://$address", $errno, $error, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
}

function listen_current(string $address)
{
    $context = stream_context_create(['ssl' => [
        'local_cert' => '/etc/ssl/certs/api.pem',
        'crypto_method' => STREAM_CRYPTO_METHOD_TLSv1_2_SERVER | STREAM_CRYPTO_METHOD_TLSv1_3_SERVER, // fine: tls-version
    ]]);
    return stream_socket_server("ssl://$address", $errno, $error, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
}
