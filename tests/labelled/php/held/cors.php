<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Fruitcake\Cors\CorsService;
use Illuminate\Http\Request;
use Psr\Http\Message\ResponseInterface;
use Psr\Http\Message\ServerRequestInterface;
use Psr\Http\Server\MiddlewareInterface;
use Psr\Http\Server\RequestHandlerInterface;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Event\ResponseEvent;

final class CorsMiddleware
{
    private const TRUSTED = '#\Ahttps://([a-z0-9-]+\.)?example\.org\z#';
    private const LOOSE = '#example\.org#';

    public function handle(Request $request, Closure $next): Response
    {
        $response = $next($request);
        $response->headers->set('Access-Control-Allow-Origin', $request->headers->get('Origin')); // flaw: cors
        $response->headers->set('Access-Control-Allow-Credentials', 'true');
        return $response;
    }

    public function handleMatched(Request $request, Closure $next): Response
    {
        $response = $next($request);
        $origin = (string) $request->headers->get('Origin');
        if (preg_match(self::TRUSTED, $origin) === 1) {
            $response->headers->set('Access-Control-Allow-Origin', $origin); // fine: cors
            $response->headers->set('Access-Control-Allow-Credentials', 'true');
            $response->setVary('Origin', false);
        }
        return $response;
    }

    public function handleLoose(Request $request, Closure $next): Response
    {
        $response = $next($request);
        $origin = (string) $request->headers->get('Origin');
        $extra = [];
        if (preg_match(self::LOOSE, $origin)) {
            $extra['Access-Control-Allow-Credentials'] = 'true';
            $extra['Access-Control-Allow-Origin'] = $origin;
        }
        $response->headers->add($extra); // flaw: cors
        return $response;
    }

    public function onResponse(ResponseEvent $event): void
    {
        $headers = $event->getResponse()->headers;
        $headers->set('Access-Control-Allow-Origin', 'https://wiki.example.org'); // fine: cors
        $headers->set('Access-Control-Allow-Credentials', 'true');
    }

    public function openData(ResponseEvent $event): void
    {
        $headers = $event->getResponse()->headers;
        $headers->set('Access-Control-Allow-Origin', '*'); // fine: cors
        $headers->set('Access-Control-Allow-Methods', 'GET');
    }

    public function service(): CorsService
    {
        return new CorsService([
            'allowedOriginsPatterns' => ['#.*#'], // flaw: cors
            'supportsCredentials' => true,
        ]);
    }

    public function serviceListed(): CorsService
    {
        return new CorsService([
            'allowedOrigins' => ['https://shop.example.org'], // fine: cors
            'supportsCredentials' => true,
        ]);
    }
}

final class PsrCors implements MiddlewareInterface
{
    public function process(ServerRequestInterface $request, RequestHandlerInterface $handler): ResponseInterface
    {
        $response = $handler->handle($request);
        return $this->decorate($response, $request->getHeaderLine('Origin') ?: 'null');
    }

    private function decorate(ResponseInterface $response, string $origin): ResponseInterface
    {
        return $response
            ->withHeader('Access-Control-Allow-Credentials', 'true')
            ->withHeader('Access-Control-Allow-Origin', $origin); // flaw: cors
    }
}
