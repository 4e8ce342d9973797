<?php

declare(strict_types=1);

const THEMES = ['light', 'dark'];

final class Page
{
    private string $body = '';

    public function add(string $html): self
    {
        $this->body .= $html;
        return $this;
    }

    public function send(): void
    {
        echo '<!doctype html><html><body>' . $this->body . '</body></html>'; // flaw: xss
    }
}

function e(?string $text): string
{
    return htmlspecialchars((string) $text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

function comments(PDO $pdo): array
{
    return $pdo->query('SELECT author, text FROM comments ORDER BY id DESC LIMIT 20')->fetchAll(PDO::FETCH_ASSOC);
}

$pdo = new PDO(getenv('DSN'));

switch ($_GET['action'] ?? '') {
    case 'hello':
        echo '<h1>Hello ' . $_GET['name'] . '</h1>'; // flaw: xss
        break;

    case 'welcome':
        echo '<h1>Welcome ' . e($_GET['name'] ?? '') . '</h1>'; // fine: xss
        break;

    case 'search':
        $page = new Page();
        $page->add('<form><input name="q"></form>');
        if (!empty($_GET['q'])) {
            $page->add(sprintf('<p>No results for %s</p>', $_GET['q']));
        }
        $page->send();
        break;

    case 'search.json':
        header('Content-Type: application/json');
        echo json_encode(['term' => $_GET['q'] ?? '', 'results' => []]); // fine: xss
        break;

    case 'comments':
        $list = '';
        foreach (comments($pdo) as $comment) {
            $list .= '<li><b>' . e($comment['author']) . '</b> ' . $comment['text'] . '</li>';
        }
        print '<ul>' . $list . '</ul>'; // flaw: xss
        break;

    case 'comments2':
        $items = array_map(static fn (array $c): string => '<li>' . e($c['text']) . '</li>', comments($pdo));
        print '<ul>' . implode('', $items) . '</ul>'; // fine: xss
        break;

    case 'theme':
        $theme = $_GET['theme'] ?? 'light';
        if (!in_array($theme, THEMES, true)) {
            $theme = 'light';
        }
        echo "<body class=\"$theme\"></body>"; // fine: xss
        break;

    case 'widget':
        $settings = ['tab' => $_GET['tab'] ?? 'home'];
        echo '<script>const tab = "' . addslashes($settings['tab']) . '";</script>'; // flaw: xss
        break;

    case 'widget2':
        $flags = JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT;
        echo '<script>const tab = ' . json_encode((string) ($_GET['tab'] ?? 'home'), $flags) . ';</script>'; // fine: xss
        break;

    default:
        $number = (int) ($_GET['page'] ?? 1);
        echo "<p>Page $number</p>"; // fine: xss
}
