<?php

declare(strict_types=1);

use Psr\Http\Message\ServerRequestInterface;
use Psr\Log\LoggerInterface;
use Slim\App;
use Slim\Factory\AppFactory;
use Whoops\Handler\PrettyPageHandler;
use Whoops\Run;

const PRODUCTION_DETAILS = true;

final class Bootstrap
{
    public function __construct(private LoggerInterface $logger, private string $environment)
    {
    }

    public function runtime(): void
    {
        error_reporting(E_ALL);
        ini_set('display_errors', '1'); // flaw: debug-server
    }

    public function runtimeQuiet(): void
    {
        error_reporting(E_ALL);
        ini_set('display_errors', '0'); // fine: debug-server
        ini_set('log_errors', '1');
    }

    public function shop(): App
    {
        $app = AppFactory::create();
        $details = PRODUCTION_DETAILS;
        $app->addErrorMiddleware($details, true, true); // flaw: debug-server
        return $app;
    }

    public function office(): App
    {
        $app = AppFactory::create();
        $app->addErrorMiddleware(false, true, true, $this->logger); // fine: debug-server
        return $app;
    }

    public function whoops(): void
    {
        $run = new Run();
        $run->pushHandler(new PrettyPageHandler()); // flaw: debug-server
        $run->register();
    }

    public function whoopsLocal(): void
    {
        if ($this->environment !== 'dev') {
            return;
        }
        $run = new Run();
        $run->pushHandler(new PrettyPageHandler()); // fine: debug-server
        $run->register();
    }

    public function catchAll(App $app): void
    {
        $app->get('/status', function (ServerRequestInterface $request, $response) {
            try {
                $response->getBody()->write(json_encode(['ok' => true]));
            } catch (Throwable $e) {
                $body = ['message' => $e->getMessage()];
                $body['trace'] = $e->getTraceAsString();
                $response->getBody()->write(json_encode($body)); // flaw: debug-server
            }
            return $response->withHeader('Content-Type', 'application/json');
        });
    }

    public function catchQuiet(App $app): void
    {
        $app->get('/health', function (ServerRequestInterface $request, $response) {
            try {
                $response->getBody()->write(json_encode(['ok' => true]));
            } catch (Throwable $e) {
                $this->logger->error($e->getTraceAsString()); // fine: debug-server
                $response->getBody()->write(json_encode(['ok' => false]));
            }
            return $response->withHeader('Content-Type', 'application/json');
        });
    }

    public function info(App $app): void
    {
        $app->get('/info', function (ServerRequestInterface $request, $response) {
            ob_start();
            phpinfo(); // flaw: debug-server
            $response->getBody()->write(ob_get_clean());
            return $response;
        });
    }
}
