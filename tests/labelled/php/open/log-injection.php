<?php

declare(strict_types=1);

const AUDIT = '/var/log/shop/audit.log';
const ACTIONS = ['view', 'edit', 'remove'];

final class AuditTrail
{
    private array $fields = [];

    public function field(string $name, string $value): self
    {
        $this->fields[] = $name . '=' . $value;
        return $this;
    }

    public function flush(): void
    {
        $line = date(DATE_ATOM) . ' ' . implode(' ', $this->fields) . PHP_EOL;
        file_put_contents(AUDIT, $line, FILE_APPEND | LOCK_EX); // flaw: log-injection
        $this->fields = [];
    }
}

function one_line(string $value): string
{
    return preg_replace('/[\x00-\x1f\x7f]/', '_', $value);
}

function note(string $message): void
{
    error_log($message . PHP_EOL, 3, '/var/log/shop/app.log'); // flaw: log-injection
}

switch ($_GET['action'] ?? '') {
    case 'login':
        error_log('login attempt for ' . $_POST['user'] . "\n", 3, '/var/log/shop/login.log'); // flaw: log-injection
        break;

    case 'logout':
        error_log('logout for ' . one_line((string) ($_POST['user'] ?? '')) . "\n", 3, '/var/log/shop/login.log'); // fine: log-injection
        break;

    case 'document':
        (new AuditTrail())->field('editor', $_POST['editor'] ?? '')->field('kind', 'edit')->flush();
        break;

    case 'search':
        $message = 'search';
        if (!empty($_GET['term'])) {
            $message .= " term={$_GET['term']}";
        }
        $message .= ' ip=' . $_SERVER['REMOTE_ADDR'];
        note($message);
        break;

    case 'search2':
        $record = ['event' => 'search', 'term' => $_GET['term'] ?? null];
        file_put_contents('/var/log/shop/search.json', json_encode($record) . "\n", FILE_APPEND); // fine: log-injection
        break;

    case 'orders':
        $page = (int) ($_GET['page'] ?? 1);
        error_log("orders page=$page\n", 3, '/var/log/shop/orders.log'); // fine: log-injection
        break;

    case 'act':
        $action = $_POST['act'] ?? '';
        if (in_array($action, ACTIONS, true)) {
            error_log("action $action\n", 3, '/var/log/shop/actions.log'); // fine: log-injection
        }
        break;

    case 'client-errors':
        $handle = fopen('/var/log/shop/client.log', 'ab');
        foreach ((array) ($_POST['errors'] ?? []) as $i => $error) {
            $text = trim($error);
            fwrite($handle, sprintf("%d: %s\n", $i, $text)); // flaw: log-injection
        }
        fclose($handle);
        break;
}
http_response_code(204);
