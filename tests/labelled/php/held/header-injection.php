<?php

declare(strict_types=1);

namespace Acme\Contact;

use React\Socket\ConnectionInterface;
use React\Socket\SocketServer;

final class ContactForm
{
    private const TOPICS = ['sales' => 'Sales', 'help' => 'Support'];

    /** @var string[] */
    private array $headers = ['MIME-Version: 1.0'];

    private function header(string $name, string $value): self
    {
        $this->headers[] = $name . ': ' . $value;
        return $this;
    }

    private function deliver(string $body): bool
    {
        return mail('office@example.com', 'Contact', $body, implode("\r\n", $this->headers)); // flaw: header-injection
    }

    public function submit(array $post): bool
    {
        $this->header('From', 'web@example.com');
        if (!empty($post['copy'])) {
            $this->header('Cc', $post['copy']);
        }
        return $this->deliver($post['body'] ?? '');
    }

    public function quick(): bool
    {
        return mail('office@example.com', 'Callback', 'Please call', 'Reply-To: ' . $_POST['email']); // flaw: header-injection
    }

    public function quickNext(): bool
    {
        $email = filter_var($_POST['email'] ?? '', FILTER_VALIDATE_EMAIL);
        if ($email === false) {
            return false;
        }
        return mail('office@example.com', 'Callback', 'Please call', 'Reply-To: ' . $email); // fine: header-injection
    }

    public function topic(): bool
    {
        $topic = self::TOPICS[$_POST['topic'] ?? ''] ?? 'Other';
        return mail('office@example.com', $topic, $_POST['body'] ?? '', "From: web@example.com\r\nX-Topic: $topic"); // fine: header-injection
    }

    public function named(): bool
    {
        $name = str_replace(["\r", "\n"], '', $_POST['name'] ?? '');
        $headers = "From: web@example.com\r\nX-Sender: " . $name;
        return mail('office@example.com', 'Message', $_POST['body'] ?? '', $headers); // fine: header-injection
    }
}

final class Gateway
{
    public function __construct(private SocketServer $server)
    {
        $this->server->on('connection', function (ConnectionInterface $peer): void {
            $peer->on('data', fn (string $chunk) => $this->answer($peer, $chunk));
        });
    }

    private function answer(ConnectionInterface $peer, string $chunk): void
    {
        $line = strtok($chunk, "\r\n");
        parse_str((string) parse_url(explode(' ', (string) $line)[1] ?? '/', PHP_URL_QUERY), $query);
        if (isset($query['to'])) {
            $head = 'HTTP/1.1 301 Moved Permanently' . "\r\n";
            $head .= 'Location: https://www.example.com/' . $query['to'] . "\r\n";
            $peer->end($head . "\r\n"); // flaw: header-injection
            return;
        }
        if (isset($query['span'])) {
            $span = $query['span'];
            if (!preg_match('/^[a-f0-9]{16,32}$/D', $span)) {
                $span = 'none';
            }
            $peer->end("HTTP/1.1 204 No Content\r\nX-Span: $span\r\n\r\n"); // fine: header-injection
            return;
        }
        $tags = [];
        foreach ((array) ($query['tags'] ?? []) as $tag) {
            $tags[] = urldecode($tag);
        }
        $peer->write(sprintf("HTTP/1.1 200 OK\r\nX-Tags: %s\r\n\r\n", implode(', ', $tags))); // flaw: header-injection
        $peer->end();
    }
}
