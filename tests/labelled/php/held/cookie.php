<?php

declare(strict_types=1);

namespace App\Controller;

use Dflydev\FigCookies\FigResponseCookies;
use Dflydev\FigCookies\SetCookie;
use Illuminate\Support\Facades\Cookie as CookieFacade;
use Psr\Http\Message\ResponseInterface;
use Symfony\Component\HttpFoundation\Cookie;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpFoundation\Session\Storage\NativeSessionStorage;

final class LoginController
{
    private const SESSION = ['name' => 'PORTALSID', 'cookie_httponly' => false, 'cookie_secure' => true];

    private function ticket(): string
    {
        return bin2hex(random_bytes(32));
    }

    private function attach(Response $response, bool $secure): Response
    {
        $cookie = Cookie::create('login_ticket', $this->ticket(), 0, '/', null, $secure, true, false, 'lax'); // flaw: cookie
        $response->headers->setCookie($cookie);
        return $response;
    }

    public function portal(): NativeSessionStorage
    {
        return new NativeSessionStorage(self::SESSION); // flaw: cookie
    }

    public function office(): NativeSessionStorage
    {
        return new NativeSessionStorage(['cookie_httponly' => true, 'cookie_secure' => true, 'cookie_samesite' => 'lax']); // fine: cookie
    }

    public function signIn(): Response
    {
        return $this->attach(new Response('', 204), false);
    }

    public function signInNext(): Response
    {
        $response = new Response('', 204);
        $cookie = Cookie::create('login_ticket')
            ->withValue($this->ticket())
            ->withSecure(true)
            ->withHttpOnly(true) // fine: cookie
            ->withSameSite('strict');
        $response->headers->setCookie($cookie);
        return $response;
    }

    public function remember(): void
    {
        CookieFacade::queue('remember_token', $this->ticket(), 43200, '/', null, true, false); // flaw: cookie
    }

    public function rememberNext(): void
    {
        CookieFacade::queue('remember_token', $this->ticket(), 43200, '/', null, true, true, false, 'lax'); // fine: cookie
    }

    public function slim(ResponseInterface $response): ResponseInterface
    {
        $cookie = SetCookie::create('access_token')->withValue($this->ticket())->withPath('/');
        $cookie = $cookie->withHttpOnly(true);
        return FigResponseCookies::set($response, $cookie); // flaw: cookie
    }

    public function slimNext(ResponseInterface $response): ResponseInterface
    {
        $cookie = SetCookie::create('access_token')->withValue($this->ticket())->withPath('/');
        $cookie = $cookie->withHttpOnly(true)->withSecure(true);
        return FigResponseCookies::set($response, $cookie); // fine: cookie
    }

    public function locale(Response $response, string $locale): Response
    {
        $value = $locale === 'it' ? 'it' : 'en';
        $response->headers->setCookie(new Cookie('locale', $value, 0, '/', null, true, false, false, 'lax')); // fine: cookie
        return $response;
    }
}
