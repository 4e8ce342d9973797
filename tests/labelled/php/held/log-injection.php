<?php

declare(strict_types=1);

namespace App\Controller;

use Monolog\Formatter\JsonFormatter;
use Monolog\Formatter\LineFormatter;
use Monolog\Handler\StreamHandler;
use Monolog\Logger;
use SplFileObject;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\Routing\Attribute\Route;

final class BookingController
{
    private Logger $lines;
    private Logger $structured;
    private array $trail = [];

    public function __construct()
    {
        $handler = new StreamHandler('/var/log/clinic/clinic.log');
        $handler->setFormatter(new LineFormatter("%datetime% %level_name% %message%\n", null, true));
        $this->lines = new Logger('clinic', [$handler]);
        $json = new StreamHandler('/var/log/clinic/clinic.json');
        $json->setFormatter(new JsonFormatter());
        $this->structured = new Logger('clinic', [$json]);
    }

    private function step(string $key, ?string $value): self
    {
        $this->trail[] = "$key:$value";
        return $this;
    }

    private function finish(): void
    {
        $this->lines->notice(implode(' ', $this->trail)); // flaw: log-injection
        $this->trail = [];
    }

    #[Route('/bookings', methods: ['GET'])]
    public function list(Request $request): JsonResponse
    {
        $this->lines->info('listing bookings of ' . $request->query->get('doctor')); // flaw: log-injection
        return new JsonResponse([]);
    }

    #[Route('/bookings/mine', methods: ['GET'])]
    public function mine(Request $request): JsonResponse
    {
        $this->lines->info('listing own bookings of ' . rawurlencode((string) $request->query->get('doctor'))); // fine: log-injection
        return new JsonResponse([]);
    }

    #[Route('/bookings', methods: ['POST'])]
    public function create(Request $request): JsonResponse
    {
        $this->step('doctor', $request->request->get('doctor'))->step('patient', $request->request->get('patient'))->finish();
        return new JsonResponse(['ok' => true]);
    }

    #[Route('/bookings/cancel', methods: ['POST'])]
    public function cancel(Request $request): JsonResponse
    {
        $this->structured->info('cancelled', ['patient' => $request->request->get('patient')]); // fine: log-injection
        return new JsonResponse(['ok' => true]);
    }

    #[Route('/bookings/slot', methods: ['POST'])]
    public function slot(Request $request): JsonResponse
    {
        $this->lines->info(sprintf('slot %d requested', $request->request->getInt('slot'))); // fine: log-injection
        return new JsonResponse(['ok' => true]);
    }

    #[Route('/ping', methods: ['GET'])]
    public function ping(Request $request): JsonResponse
    {
        $tag = urldecode($request->headers->get('X-Tag', 'none'));
        $columns = [date(DATE_ATOM), (string) $request->getClientIp(), $tag];
        $file = new SplFileObject('/var/log/clinic/access.log', 'a');
        $file->fwrite(implode("\t", $columns) . "\n"); // flaw: log-injection
        return new JsonResponse('pong');
    }

    #[Route('/state', methods: ['GET'])]
    public function state(Request $request): JsonResponse
    {
        $state = match ($request->query->get('state')) {
            'open' => 'open',
            'taken' => 'taken',
            default => 'other',
        };
        $this->lines->warning('state ' . $state); // fine: log-injection
        return new JsonResponse($state);
    }

    #[Route('/import', methods: ['POST'])]
    public function import(Request $request): JsonResponse
    {
        $failed = 0;
        foreach ($request->toArray()['rows'] ?? [] as $row) {
            if (substr_count($row, ';') !== 2) {
                $failed++;
                $this->lines->error("malformed row $failed: $row"); // flaw: log-injection
            }
        }
        return new JsonResponse(['failed' => $failed]);
    }
}
