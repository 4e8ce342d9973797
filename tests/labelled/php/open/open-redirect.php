<?php

declare(strict_types=1);

const HOSTS = ['www.example.com', 'docs.example.com'];
const LANDING = ['home' => '/', 'billing' => '/billing', 'team' => '/team'];

final class Redirector
{
    private string $target = '/';

    public function to(?string $target): self
    {
        if ($target !== null && $target !== '') {
            $this->target = $target;
        }
        return $this;
    }

    public function send(): void
    {
        http_response_code(303);
        header('Location: ' . $this->target); // flaw: open-redirect
    }
}

function local_path(string $candidate): string
{
    if (preg_match('#\A/(?![/\\\\])[A-Za-z0-9_\-./?=&%]*\z#', $candidate) !== 1) {
        return '/';
    }
    return $candidate;
}

switch ($_GET['action'] ?? '') {
    case 'out':
        header('Location: ' . $_GET['url']); // flaw: open-redirect
        break;

    case 'known':
        $parts = parse_url((string) ($_GET['url'] ?? ''));
        $host = $parts['host'] ?? '';
        if (($parts['scheme'] ?? '') !== 'https' || !in_array($host, HOSTS, true)) {
            http_response_code(400);
            break;
        }
        header('Location: https://' . $host . ($parts['path'] ?? '/')); // fine: open-redirect
        break;

    case 'login':
        (new Redirector())->to($_POST['return'] ?? $_GET['return'] ?? null)->send();
        break;

    case 'login2':
        header('Location: ' . local_path((string) ($_POST['return'] ?? '/'))); // fine: open-redirect
        break;

    case 'landing':
        $target = LANDING[$_GET['page'] ?? ''] ?? '/';
        header("Location: $target", true, 302); // fine: open-redirect
        break;

    case 'next':
        $next = $_GET['next'] ?? '/';
        if ($next[0] !== '/') {
            $next = '/';
        }
        header('Location: ' . $next); // flaw: open-redirect
        break;

    case 'item':
        header('Location: /items/' . rawurlencode((string) ($_GET['id'] ?? '')) . '?tab=view'); // fine: open-redirect
        break;

    case 'mirror':
        $url = 'https://' . ($_GET['mirror'] ?? 'downloads.example.com');
        $url .= '/latest/setup.zip';
        $headers = ['Cache-Control: no-store', 'Location: ' . $url];
        foreach ($headers as $line) {
            header($line); // flaw: open-redirect
        }
        break;
}
exit;
