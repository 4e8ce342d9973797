<?php

declare(strict_types=1);

const ANY = '0.0.0.0';
const LOOPBACK = '127.0.0.1';

final class StatusServer
{
    /** @var resource|null */
    private $socket = null;

    public function start(int $port): void
    {
        $this->socket = stream_socket_server('tcp://0.0.0.0:' . $port, $errno, $error); // flaw: bind-all
    }

    public function startLocal(int $port): void
    {
        $this->socket = stream_socket_server('tcp://127.0.0.1:' . $port, $errno, $error); // fine: bind-all
    }

    public function startUnix(): void
    {
        $this->socket = stream_socket_server('unix:///run/status/status.sock', $errno, $error); // fine: bind-all
    }

    public function serve(): void
    {
        while ($peer = stream_socket_accept($this->socket, -1)) {
            fwrite($peer, json_encode(['load' => sys_getloadavg()]) . "\n");
            fclose($peer);
        }
    }
}

function open_relay(int $port): Socket
{
    $socket = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    socket_set_option($socket, SOL_SOCKET, SO_REUSEADDR, 1);
    socket_bind($socket, ANY, $port); // flaw: bind-all
    socket_listen($socket);
    return $socket;
}

function open_local_relay(int $port): Socket
{
    $socket = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    socket_bind($socket, LOOPBACK, $port); // fine: bind-all
    socket_listen($socket);
    return $socket;
}

function open_stats(int $port)
{
    $host = getenv('STATS_HOST');
    if ($host === false) {
        $host = '0.0.0.0';
    }
    $address = sprintf('udp://%s:%d', $host, $port);
    return stream_socket_server($address, $errno, $error, STREAM_SERVER_BIND); // flaw: bind-all
}

function open_gauge(int $port)
{
    return stream_socket_server("udp://[::1]:$port", $errno, $error, STREAM_SERVER_BIND); // fine: bind-all
}

function preview(string $root, int $port): void
{
    $command = [PHP_BINARY, '-S', "0.0.0.0:$port", '-t', $root];
    $process = proc_open($command, [STDIN, STDOUT, STDERR], $pipes); // flaw: bind-all
    proc_close($process);
}

function is_wildcard(string $address): bool
{
    return $address === '0.0.0.0' || $address === '::'; // fine: bind-all
}
