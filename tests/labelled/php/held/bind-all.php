<?php

declare(strict_types=1);

namespace App\Servers;

use Amp\Http\Server\SocketHttpServer;
use Psr\Http\Message\ServerRequestInterface;
use React\Datagram\Factory as DatagramFactory;
use React\Http\HttpServer;
use React\Http\Message\Response;
use React\Socket\SocketServer;
use Swoole\Http\Server as SwooleServer;
use Workerman\Worker;

final class ServerFactory
{
    private const DEFAULTS = ['host' => '0.0.0.0', 'port' => 9501];
    private const WILDCARDS = ['0.0.0.0', '::']; // fine: bind-all

    private string $listen = '';

    private function on(string $host, int $port): self
    {
        $this->listen = $host . ':' . $port;
        return $this;
    }

    private function react(): SocketServer
    {
        return new SocketServer($this->listen); // flaw: bind-all
    }

    public function api(): SwooleServer
    {
        return new SwooleServer('0.0.0.0', 9500); // flaw: bind-all
    }

    public function agent(): SwooleServer
    {
        return new SwooleServer('127.0.0.1', 9502); // fine: bind-all
    }

    public function office(array $overrides): SwooleServer
    {
        $settings = array_merge(self::DEFAULTS, array_filter($overrides));
        return new SwooleServer(self::DEFAULTS['host'], (int) $settings['port']); // flaw: bind-all
    }

    public function backstage(array $overrides): SwooleServer
    {
        $settings = array_merge(self::DEFAULTS, $overrides, ['host' => 'localhost']);
        return new SwooleServer($settings['host'], (int) $settings['port']); // fine: bind-all
    }

    public function feed(): HttpServer
    {
        $http = new HttpServer(static fn (ServerRequestInterface $r) => Response::json(['ok' => true]));
        $http->listen($this->on('0.0.0.0', 8080)->react());
        return $http;
    }

    public function feedLocal(): HttpServer
    {
        $http = new HttpServer(static fn (ServerRequestInterface $r) => Response::json(['ok' => true]));
        $http->listen(new SocketServer('127.0.0.1:8081')); // fine: bind-all
        return $http;
    }

    public function chat(): Worker
    {
        $worker = new Worker('websocket://0.0.0.0:2346'); // flaw: bind-all
        $worker->count = 4;
        return $worker;
    }

    public function chatLocal(): Worker
    {
        $worker = new Worker('websocket://127.0.0.1:2347'); // fine: bind-all
        $worker->count = 1;
        return $worker;
    }

    public function amp(SocketHttpServer $server): void
    {
        foreach (['127.0.0.1:1337', '[::]:1338'] as $address) {
            $server->expose($address); // flaw: bind-all
        }
    }

    public function metrics(DatagramFactory $factory): mixed
    {
        return $factory->createServer('localhost:8125'); // fine: bind-all
    }

    public function accepts(string $host): bool
    {
        return !in_array($host, self::WILDCARDS, true);
    }
}
