<?php

declare(strict_types=1);

namespace App\Fleet;

use DOMDocument;
use DOMXPath;
use Psr\Http\Message\ResponseInterface as Response;
use Psr\Http\Message\ServerRequestInterface as Request;
use SimpleXMLElement;
use Symfony\Component\DomCrawler\Crawler;

final class FleetHandlers
{
    private const STATES = ['active' => "@state='active'", 'parked' => "@state='parked'"];

    private DOMXPath $fleet;
    private Crawler $drivers;
    private SimpleXMLElement $trips;

    public function __construct(string $folder)
    {
        $document = new DOMDocument();
        $document->load($folder . '/fleet.xml');
        $this->fleet = new DOMXPath($document);
        $this->drivers = new Crawler(file_get_contents($folder . '/drivers.xml'));
        $this->trips = new SimpleXMLElement(file_get_contents($folder . '/trips.xml'));
    }

    private function literal(string $text): string
    {
        if (!str_contains($text, "'")) {
            return "'" . $text . "'";
        }
        $parts = array_map(static fn (string $p): string => "'" . $p . "'", explode("'", $text));
        return 'concat(' . implode(", \"'\", ", $parts) . ')';
    }

    private function json(Response $response, mixed $data): Response
    {
        $response->getBody()->write(json_encode($data));
        return $response->withHeader('Content-Type', 'application/json');
    }

    private function count(string $element, string $condition): int
    {
        return (int) $this->fleet->evaluate('count(//' . $element . '[' . $condition . '])'); // flaw: xpath-injection
    }

    public function truck(Request $request, Response $response, array $args): Response
    {
        $nodes = $this->fleet->query("//truck[@plate='{$args['plate']}']"); // flaw: xpath-injection
        return $this->json($response, $nodes->length);
    }

    public function van(Request $request, Response $response, array $args): Response
    {
        $nodes = $this->fleet->query('//van[@plate=' . $this->literal($args['plate']) . ']'); // fine: xpath-injection
        return $this->json($response, $nodes->length);
    }

    public function depot(Request $request, Response $response): Response
    {
        $params = $request->getQueryParams();
        return $this->json($response, $this->count('truck', '@depot="' . ($params['depot'] ?? '') . '"'));
    }

    public function state(Request $request, Response $response, array $args): Response
    {
        if (!array_key_exists($args['state'], self::STATES)) {
            return $response->withStatus(404);
        }
        $nodes = $this->fleet->query('//truck[' . self::STATES[$args['state']] . ']'); // fine: xpath-injection
        return $this->json($response, $nodes->length);
    }

    public function phone(Request $request, Response $response): Response
    {
        $body = (array) $request->getParsedBody();
        $steps = ['//driver'];
        foreach (['name', 'pin'] as $attribute) {
            $steps[] = sprintf('[@%s="%s"]', $attribute, $body[$attribute] ?? '');
        }
        $found = $this->drivers->filterXPath(implode('', $steps)); // flaw: xpath-injection
        return $this->json($response, $found->count() ? $found->attr('phone') : null);
    }

    public function driver(Request $request, Response $response, array $args): Response
    {
        $name = $args['name'];
        $found = $this->drivers->filterXPath('//driver')->reduce( // fine: xpath-injection
            static fn (Crawler $node): bool => $node->attr('name') === $name
        );
        return $this->json($response, $found->count());
    }

    public function trips(Request $request, Response $response): Response
    {
        $city = $request->getQueryParams()['city'] ?? 'Lyon';
        $city = str_replace('<', '&lt;', $city);
        $rows = $this->trips->xpath('//trip[from="' . $city . '"]'); // flaw: xpath-injection
        return $this->json($response, count($rows));
    }

    public function trip(Request $request, Response $response, array $args): Response
    {
        $position = max(1, intval($args['position']));
        $rows = $this->trips->xpath("//trip[$position]"); // fine: xpath-injection
        return $this->json($response, $rows ? (string) $rows[0]['from'] : null);
    }
}
