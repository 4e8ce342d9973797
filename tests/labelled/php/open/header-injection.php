<?php

declare(strict_types=1);

const LANGS = ['en', 'fr', 'de'];

final class RawServer
{
    /** @param resource $socket */
    public function __construct(private $socket)
    {
    }

    public function run(): void
    {
        while ($peer = stream_socket_accept($this->socket, -1)) {
            [$path, $query] = $this->target((string) fgets($peer));
            $this->dispatch($peer, $path, $query);
            fclose($peer);
        }
    }

    private function target(string $requestLine): array
    {
        $target = explode(' ', $requestLine)[1] ?? '/';
        parse_str((string) parse_url($target, PHP_URL_QUERY), $query);
        return [(string) parse_url($target, PHP_URL_PATH), array_filter($query, 'is_string')];
    }

    /** @param resource $peer */
    private function reply($peer, int $status, array $headers): void
    {
        $head = "HTTP/1.1 $status Status\r\n";
        foreach ($headers as $name => $value) {
            $head .= $name . ': ' . $value . "\r\n";
        }
        fwrite($peer, $head . "Content-Length: 0\r\n\r\n"); // flaw: header-injection
    }

    private function oneLine(string $value): string
    {
        return preg_replace('/[\x00-\x1f\x7f]+/', ' ', $value);
    }

    /** @param resource $peer */
    private function dispatch($peer, string $path, array $query): void
    {
        switch ($path) {
            case '/go':
                fwrite($peer, "HTTP/1.1 302 Found\r\nLocation: /rooms/" . ($query['room'] ?? '') . "\r\n\r\n"); // flaw: header-injection
                break;
            case '/go2':
                fwrite($peer, "HTTP/1.1 302 Found\r\nLocation: /rooms/" . rawurlencode($query['room'] ?? '') . "\r\n\r\n"); // fine: header-injection
                break;
            case '/label':
                $this->reply($peer, 204, ['X-Label' => $query['label'] ?? 'none']);
                break;
            case '/title':
                $title = $this->oneLine($query['title'] ?? '');
                fwrite($peer, "HTTP/1.1 204 No Content\r\nX-Title: {$title}\r\n\r\n"); // fine: header-injection
                break;
            case '/file':
                $name = $query['name'] ?? 'export.csv';
                $lines = ['HTTP/1.1 200 OK', 'Content-Type: text/csv'];
                $lines[] = sprintf('Content-Disposition: attachment; filename="%s"', $name);
                fputs($peer, implode("\r\n", $lines) . "\r\n\r\nid,total\n"); // flaw: header-injection
                break;
            case '/lang':
                $lang = in_array($query['lang'] ?? '', LANGS, true) ? $query['lang'] : 'en';
                fputs($peer, "HTTP/1.1 204 No Content\r\nContent-Language: $lang\r\n\r\n"); // fine: header-injection
                break;
            case '/cookie':
                $cookie = 'Set-Cookie: theme=' . ($query['theme'] ?? 'light');
                $cookie .= '; Path=/; Secure; HttpOnly';
                stream_socket_sendto($peer, "HTTP/1.1 204 No Content\r\n" . $cookie . "\r\n\r\n"); // flaw: header-injection
                break;
            default:
                $age = (int) ($query['age'] ?? 0);
                fwrite($peer, "HTTP/1.1 404 Not Found\r\nAge: $age\r\n\r\n"); // fine: header-injection
        }
    }
}

$socket = stream_socket_server('tcp://127.0.0.1:8099', $errno, $error);
(new RawServer($socket))->run();
