<?php

declare(strict_types=1);

namespace App\Service;

use GuzzleHttp\Client;
use GuzzleHttp\Psr7\Uri;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Http;
use Symfony\Contracts\HttpClient\HttpClientInterface;

class LinkController
{
    private const FEEDS = ['news' => 'https://feeds.example.net/news.xml', 'sport' => 'https://feeds.example.net/sport.xml'];
    private const CDN = 'cdn.example.net';

    private string $source = '';

    public function __construct(private Client $guzzle, private HttpClientInterface $symfony)
    {
    }

    private function from(string $source): self
    {
        $this->source = trim($source);
        return $this;
    }

    private function load(): string
    {
        return (string) $this->guzzle->get($this->source, ['timeout' => 5])->getBody(); // flaw: ssrf
    }

    public function unfurl(Request $request): JsonResponse
    {
        $html = Http::timeout(3)->get($request->input('link'))->body(); // flaw: ssrf
        return response()->json(['length' => strlen($html)]);
    }

    public function feed(string $name): JsonResponse
    {
        $address = self::FEEDS[$name] ?? null;
        abort_if($address === null, 404);
        return response()->json(['xml' => Http::timeout(3)->get($address)->body()]); // fine: ssrf
    }

    public function import(Request $request): JsonResponse
    {
        $text = $this->from((string) $request->input('url'))->load();
        return response()->json(['lines' => substr_count($text, "\n")]);
    }

    public function subscribe(Request $request): JsonResponse
    {
        $endpoint = (string) $request->input('endpoint');
        $query = http_build_query(['hub.mode' => 'subscribe', 'hub.topic' => $request->input('topic')]);
        $glue = str_contains($endpoint, '?') ? '&' : '?';
        $response = $this->symfony->request('GET', $endpoint . $glue . $query, ['max_redirects' => 2]); // flaw: ssrf
        return response()->json(['status' => $response->getStatusCode()]);
    }

    public function asset(string $id): JsonResponse
    {
        abort_unless((bool) preg_match('/\A[a-f0-9]{32}\z/', $id), 404);
        $response = $this->symfony->request('GET', 'https://' . self::CDN . '/assets/' . $id . '.json'); // fine: ssrf
        return response()->json($response->toArray());
    }

    public function alive(Request $request): JsonResponse
    {
        $uri = new Uri((string) $request->input('site'));
        if ($uri->getScheme() !== 'https' || $uri->getHost() !== self::CDN || $uri->getUserInfo() !== '' || $uri->getPort() !== null) {
            return response()->json(['error' => 'site'], 422);
        }
        $response = $this->guzzle->head($uri, ['allow_redirects' => false]); // fine: ssrf
        return response()->json(['status' => $response->getStatusCode()]);
    }

    public function probe(Request $request): JsonResponse
    {
        $host = $request->input('host', 'status.example.net');
        $port = $request->integer('port', 80);
        $socket = @fsockopen($host, $port, $errno, $error, 2.0); // flaw: ssrf
        return response()->json(['open' => $socket !== false]);
    }

    public function catalog(Request $request): JsonResponse
    {
        $page = max(1, $request->integer('page', 1));
        $response = $this->guzzle->request('GET', 'https://catalog.internal/v2/items', ['query' => ['page' => $page]]); // fine: ssrf
        return response()->json(json_decode((string) $response->getBody(), true));
    }
}
