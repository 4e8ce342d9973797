<?php

declare(strict_types=1);

namespace App\Boot;

use App\Kernel;
use CodeIgniter\Exceptions\PageNotFoundException;
use Illuminate\Foundation\Exceptions\Handler;
use Illuminate\Http\JsonResponse;
use Illuminate\Support\Facades\Config;
use Illuminate\Support\Facades\Log;
use Illuminate\Support\Facades\Route;
use Symfony\Component\ErrorHandler\Debug;
use Symfony\Component\HttpFoundation\Request;
use Throwable;
use Tracy\Debugger;

final class Start
{
    private const SETTINGS = ['env' => 'prod', 'debug' => true];

    public function symfony(): void
    {
        $kernel = new Kernel(self::SETTINGS['env'], self::SETTINGS['debug']); // flaw: debug-server
        $kernel->handle(Request::createFromGlobals())->send();
    }

    public function symfonyNext(array $context): void
    {
        $kernel = new Kernel('prod', false); // fine: debug-server
        if (($context['APP_ENV'] ?? 'prod') === 'dev') {
            Debug::enable(); // fine: debug-server
            $kernel = new Kernel('dev', true);
        }
        $kernel->handle(Request::createFromGlobals())->send();
    }

    public function tracy(): void
    {
        Debugger::enable(Debugger::Development, '/var/log/app'); // flaw: debug-server
    }

    public function tracyNext(): void
    {
        Debugger::enable(Debugger::Production, '/var/log/app'); // fine: debug-server
    }

    public function laravel(): void
    {
        Config::set('app.name', 'Shop');
        Config::set('app.debug', true); // flaw: debug-server
    }

    public function laravelNext(): void
    {
        Config::set('app.debug', app()->environment('local')); // fine: debug-server
    }

    public function routes(): void
    {
        Route::get('/_diag', fn () => response()->json(['env' => $_ENV, 'server' => $_SERVER])); // flaw: debug-server
        Route::get('/_build', fn () => response()->json(['version' => config('app.version')])); // fine: debug-server
    }
}

final class ApiHandler extends Handler
{
    public function render($request, Throwable $e): JsonResponse
    {
        if ($e instanceof PageNotFoundException) {
            return new JsonResponse(['error' => 'not found'], 404);
        }
        return new JsonResponse($this->describe($e), 500);
    }

    private function describe(Throwable $e): array
    {
        $detail = ['error' => get_class($e)];
        foreach ($e->getTrace() as $frame) {
            $detail['frames'][] = ($frame['file'] ?? '') . ':' . ($frame['line'] ?? 0); // flaw: debug-server
        }
        return $detail;
    }

    public function report(Throwable $e): void
    {
        Log::error($e->getMessage(), ['exception' => $e]);
    }
}
