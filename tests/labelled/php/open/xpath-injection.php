<?php

declare(strict_types=1);

final class Catalog
{
    private const ELEMENTS = ['author' => 'author', 'publisher' => 'publisher'];

    private DOMXPath $xpath;

    public function __construct(string $file)
    {
        $document = new DOMDocument();
        $document->load($file);
        $this->xpath = new DOMXPath($document);
    }

    private function titles(string $expression): array
    {
        $titles = [];
        foreach ($this->xpath->query($expression) as $node) { // flaw: xpath-injection
            $titles[] = $node->getAttribute('title');
        }
        return $titles;
    }

    public function books(array $input): array
    {
        $predicates = [];
        foreach (['lang', 'shelf'] as $name) {
            if (!empty($input[$name])) {
                $predicates[] = "@$name = \"" . $input[$name] . '"';
            }
        }
        $where = $predicates ? '[' . implode(' and ', $predicates) . ']' : '';
        return $this->titles('/catalog/book' . $where);
    }

    public function inYear(string $year): int
    {
        return $this->xpath->query('/catalog/book[@year=' . (int) $year . ']')->length; // fine: xpath-injection
    }

    public function byIsbn(string $isbn): ?string
    {
        if (!preg_match('/\A[0-9X-]{10,17}\z/', $isbn)) {
            return null;
        }
        $nodes = $this->xpath->query("/catalog/book[@isbn='$isbn']"); // fine: xpath-injection
        return $nodes->length ? $nodes->item(0)->getAttribute('title') : null;
    }

    public function facet(string $name): int
    {
        $element = self::ELEMENTS[$name] ?? 'author';
        return (int) $this->xpath->evaluate("count(/catalog/book/$element)"); // fine: xpath-injection
    }

    public function countFor(string $publisher): int
    {
        $expression = sprintf("count(/catalog/book[publisher='%s'])", $publisher);
        return (int) $this->xpath->evaluate($expression); // flaw: xpath-injection
    }
}

$catalog = new Catalog('/srv/data/catalog.xml');
$staff = simplexml_load_file('/srv/data/staff.xml');
header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'signin':
        $hits = $staff->xpath("//employee[@login='" . $_POST['login'] . "' and @badge='" . $_POST['badge'] . "']"); // flaw: xpath-injection
        echo json_encode(['ok' => count($hits) === 1]);
        break;
    case 'team':
        $team = $_GET['team'] ?? '';
        $path = '//employee';
        if ($team !== '') {
            $path .= "[team='{$team}']";
        }
        $path .= '/@name';
        echo json_encode(array_map('strval', $staff->xpath($path))); // flaw: xpath-injection
        break;
    case 'names':
        $wanted = (string) ($_GET['team'] ?? '');
        $names = [];
        foreach ($staff->xpath('//employee') as $employee) { // fine: xpath-injection
            if ((string) $employee->team === $wanted) {
                $names[] = (string) $employee['name'];
            }
        }
        echo json_encode($names);
        break;
    case 'books':
        echo json_encode($catalog->books($_GET));
        break;
    case 'year':
        echo json_encode($catalog->inYear($_GET['year'] ?? '0'));
        break;
    case 'isbn':
        echo json_encode($catalog->byIsbn($_GET['isbn'] ?? ''));
        break;
    case 'facet':
        echo json_encode($catalog->facet($_GET['facet'] ?? ''));
        break;
    case 'publisher':
        echo json_encode($catalog->countFor($_GET['publisher'] ?? ''));
        break;
}
