<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

class ToolController extends Controller
{
    private const FORMATS = ['png', 'webp', 'jpg'];
    private const MEDIA = '/srv/media';

    private function runLine(string $line): string
    {
        $out = [];
        exec($line . ' 2>&1', $out); // flaw: command-injection
        return implode("\n", $out);
    }

    public function ping(Request $request): JsonResponse
    {
        return response()->json(['out' => shell_exec('ping -c 2 ' . $request->input('host'))]); // flaw: command-injection
    }

    public function trace(Request $request): JsonResponse
    {
        $host = escapeshellarg((string) $request->input('host'));
        $out = shell_exec('traceroute -m 10 -- ' . $host); // fine: command-injection
        return response()->json(['out' => $out]);
    }

    public function thumbnail(Request $request): JsonResponse
    {
        $parts = ['convert', self::MEDIA . '/original.tiff'];
        if ($request->filled('width')) {
            $parts[] = '-resize';
            $parts[] = $request->input('width') . 'x';
        }
        foreach ((array) $request->input('filters', []) as $filter) {
            $parts[] = '-' . $filter;
        }
        $parts[] = self::MEDIA . '/thumb.png';
        $line = implode(' ', $parts);
        passthru($line, $code); // flaw: command-injection
        return response()->json(['code' => $code]);
    }

    public function rotate(Request $request): JsonResponse
    {
        $angle = (int) $request->input('angle');
        $line = sprintf('convert %s/original.tiff -rotate %d %s/rotated.png', self::MEDIA, $angle, self::MEDIA);
        exec($line, $out, $code); // fine: command-injection
        return response()->json(['code' => $code]);
    }

    public function export(Request $request): JsonResponse
    {
        $format = $request->input('format');
        if (!in_array($format, self::FORMATS, true)) {
            return response()->json(['error' => 'format'], 422);
        }
        system('convert original.tiff out.' . $format, $code); // fine: command-injection
        return response()->json(['code' => $code]);
    }

    public function diskUsage(Request $request): JsonResponse
    {
        $folder = $request->query('folder', 'public');
        return response()->json(['out' => $this->runLine("du -sh /srv/{$folder}")]);
    }

    public function log(Request $request): JsonResponse
    {
        $command = ['git', 'log', '--oneline', '-n', '20', '--author=' . $request->query('author', '')];
        $process = proc_open($command, [1 => ['pipe', 'w']], $pipes, '/srv/repo'); // fine: command-injection
        $out = stream_get_contents($pipes[1]);
        proc_close($process);
        return response()->json(['out' => $out]);
    }

    public function grep(Request $request): JsonResponse
    {
        $needle = $request->query('needle');
        $handle = popen("grep -rn \"$needle\" /srv/docs", 'r'); // flaw: command-injection
        $lines = [];
        while (($line = fgets($handle)) !== false) {
            $lines[] = rtrim($line);
        }
        pclose($handle);
        return response()->json(['lines' => $lines]);
    }
}
