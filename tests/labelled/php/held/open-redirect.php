<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use GuzzleHttp\Psr7\Uri;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Psr\Http\Message\ResponseInterface;
use Psr\Http\Message\ServerRequestInterface;
use Symfony\Component\HttpFoundation\RedirectResponse as SymfonyRedirect;

class FlowController extends Controller
{
    private const PARTNERS = ['bank' => 'https://pay.bank.example/start', 'post' => 'https://track.post.example/find'];

    private string $destination = '/';

    private function remember(?string $value): self
    {
        $this->destination = $value ?: '/';
        return $this;
    }

    private function complete(): RedirectResponse
    {
        return redirect()->away($this->destination); // flaw: open-redirect
    }

    public function leave(Request $request): RedirectResponse
    {
        return redirect($request->query('to')); // flaw: open-redirect
    }

    public function partner(Request $request): RedirectResponse
    {
        return redirect()->away(self::PARTNERS[$request->query('partner')] ?? url('/')); // fine: open-redirect
    }

    public function finish(Request $request): RedirectResponse
    {
        return $this->remember($request->input('continue'))->complete();
    }

    public function done(Request $request): RedirectResponse
    {
        return redirect()->route('orders.show', ['order' => $request->integer('order')]); // fine: open-redirect
    }

    public function callback(Request $request): SymfonyRedirect
    {
        $target = (string) $request->query('callback', '/');
        if (!str_contains($target, 'example.org')) {
            $target = '/';
        }
        return new SymfonyRedirect($target, 302); // flaw: open-redirect
    }

    public function callbackNext(Request $request): SymfonyRedirect
    {
        $uri = new Uri((string) $request->query('callback', '/'));
        $path = '/' . ltrim($uri->getPath(), '/\\');
        return new SymfonyRedirect('https://shop.example.org' . $path, 302); // fine: open-redirect
    }

    public function psr(ServerRequestInterface $request, ResponseInterface $response): ResponseInterface
    {
        $params = $request->getQueryParams();
        $target = '/home';
        foreach (['resume', 'back'] as $name) {
            if (!empty($params[$name])) {
                $target = $params[$name];
                break;
            }
        }
        return $response->withStatus(302)->withHeader('Location', $target); // flaw: open-redirect
    }

    public function psrNext(ServerRequestInterface $request, ResponseInterface $response): ResponseInterface
    {
        $tab = ($request->getQueryParams()['tab'] ?? '') === 'orders' ? 'orders' : 'profile';
        return $response->withStatus(302)->withHeader('Location', '/home/' . $tab); // fine: open-redirect
    }
}
