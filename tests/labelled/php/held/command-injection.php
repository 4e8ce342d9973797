<?php

declare(strict_types=1);

namespace Acme\Backup;

use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\Process\Process;
use Symfony\Component\Routing\Attribute\Route;

final class CommandLine
{
    /** @var string[] */
    private array $words;

    public function __construct(string $program)
    {
        $this->words = [$program];
    }

    public function option(string $name, string $value): self
    {
        $this->words[] = $name . '=' . $value;
        return $this;
    }

    public function execute(): int
    {
        $process = Process::fromShellCommandline(implode(' ', $this->words)); // flaw: command-injection
        return $process->run();
    }
}

final class BackupController
{
    private const SERVICES = ['web' => 'nginx', 'db' => 'postgresql'];

    #[Route('/archive', methods: ['GET'])]
    public function archive(Request $request): JsonResponse
    {
        return new JsonResponse(['list' => `tar -tf /srv/archives/{$request->query->get('file')}`]); // flaw: command-injection
    }

    #[Route('/dump', methods: ['POST'])]
    public function dump(Request $request): JsonResponse
    {
        $line = new CommandLine('pg_dump');
        $line->option('--dbname', $request->request->get('database', 'app'));
        $line->option('--file', '/var/backups/app.sql');
        return new JsonResponse(['code' => $line->execute()]);
    }

    #[Route('/restart', methods: ['POST'])]
    public function restart(Request $request): JsonResponse
    {
        $key = (string) $request->request->get('service');
        if (!isset(self::SERVICES[$key])) {
            return new JsonResponse(['error' => 'unknown'], 404);
        }
        $process = Process::fromShellCommandline('systemctl restart ' . self::SERVICES[$key] . ' && sleep 1'); // fine: command-injection
        return new JsonResponse(['code' => $process->run()]);
    }

    #[Route('/checksum', methods: ['GET'])]
    public function checksum(Request $request): JsonResponse
    {
        $process = new Process(['sha256sum', '--', '/srv/files/' . basename((string) $request->query->get('file'))]); // fine: command-injection
        $process->mustRun();
        return new JsonResponse(['sum' => substr($process->getOutput(), 0, 64)]);
    }

    #[Route('/count', methods: ['GET'])]
    public function count(Request $request): JsonResponse
    {
        $process = Process::fromShellCommandline('wc -w < "$INPUT"'); // fine: command-injection
        $process->run(null, ['INPUT' => '/srv/files/' . basename((string) $request->query->get('file'))]);
        return new JsonResponse(['words' => (int) $process->getOutput()]);
    }

    #[Route('/sync', methods: ['POST'])]
    public function sync(Request $request): JsonResponse
    {
        $line = 'rsync -a ';
        if ($request->request->getBoolean('delete')) {
            $line .= '--delete ';
        }
        $line .= '/srv/files/ ' . $request->request->get('target') . ':/srv/files/';
        $process = proc_open($line, [1 => ['pipe', 'w']], $pipes); // flaw: command-injection
        $out = stream_get_contents($pipes[1]);
        return new JsonResponse(['out' => $out, 'code' => proc_close($process)]);
    }

    #[Route('/mail', methods: ['POST'])]
    public function mail(Request $request): JsonResponse
    {
        $results = [];
        foreach ($request->request->all('addresses') as $address) {
            $quoted = "'" . $address . "'";
            $results[] = exec(sprintf('echo done | mail -s backup %s', $quoted)); // flaw: command-injection
        }
        return new JsonResponse($results);
    }

    #[Route('/kill/{pid}', requirements: ['pid' => '\d+'])]
    public function kill(int $pid): JsonResponse
    {
        exec("kill -TERM {$pid}", $out, $code); // fine: command-injection
        return new JsonResponse(['code' => $code]);
    }
}
