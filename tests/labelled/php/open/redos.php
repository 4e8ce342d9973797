<?php

declare(strict_types=1);

ini_set('pcre.jit', '0');
ini_set('pcre.backtrack_limit', '2000000000');
ini_set('pcre.recursion_limit', '2000000000');

const EMAIL = '/^([a-zA-Z0-9]+\.?)+@example\.com$/';
const SLUG = '/^[a-z0-9]+(?:-[a-z0-9]+)*$/D';

final class Highlighter
{
    private string $pattern;

    public function __construct(string $term)
    {
        $this->pattern = '~(' . str_replace('~', '\~', $term) . ')~iu';
    }

    public function apply(string $text): ?string
    {
        return preg_replace($this->pattern, '[$1]', $text); // flaw: redos
    }
}

function matching(array $titles, string $pattern): array
{
    return array_values(array_filter($titles, static fn (string $t): bool => preg_match($pattern, $t) === 1));
}

$titles = file('/srv/data/titles.txt', FILE_IGNORE_NEW_LINES);
header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'email':
        echo json_encode(preg_match(EMAIL, $_POST['email'] ?? '')); // flaw: redos
        break;
    case 'slug':
        echo json_encode(preg_match(SLUG, $_POST['slug'] ?? '')); // fine: redos
        break;
    case 'filter':
        $found = preg_grep('#' . str_replace('#', '\#', $_GET['q'] ?? '') . '#', $titles); // flaw: redos
        echo json_encode(array_values($found));
        break;
    case 'find':
        $quoted = preg_quote((string) ($_GET['q'] ?? ''), '/');
        echo json_encode(array_values(preg_grep('/' . $quoted . '/i', $titles))); // fine: redos
        break;
    case 'tags':
        $list = '/^(\w+\s?)*;$/';
        $raw = $_POST['tags'] ?? '';
        $ok = false;
        if ($raw !== '') {
            $ok = preg_match($list, $raw) === 1; // flaw: redos
        }
        echo json_encode($ok);
        break;
    case 'code':
        $code = (string) ($_POST['code'] ?? '');
        if (strlen($code) > 12) {
            http_response_code(400);
            break;
        }
        echo json_encode(preg_match('/^(\d+-?)+$/D', $code)); // fine: redos
        break;
    case 'highlight':
        $marker = new Highlighter($_POST['term'] ?? '');
        echo json_encode($marker->apply((string) ($_POST['text'] ?? '')));
        break;
    case 'phone':
        echo json_encode(preg_match('/^\+?[0-9]{6,15}$/D', $_POST['phone'] ?? '')); // fine: redos
        break;
    case 'years':
        echo json_encode(matching($titles, '/\b(?:19|20)\d\d\b/'));
        break;
}
