<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Str;

class PatternController extends Controller
{
    private const NAME = "/^([a-z]+[ '-]?)*[a-z]$/i";
    private const VERSION = '/^v?(\d+)\.(\d+)\.(\d+)$/D';

    /** @var array<string, string> */
    private array $rules = [];

    public function __construct()
    {
        ini_set('pcre.jit', '0');
        ini_set('pcre.backtrack_limit', (string) PHP_INT_MAX);
    }

    private function rule(string $field, string $pattern): void
    {
        $this->rules[$field] = '/^(?:' . strtr($pattern, ['/' => '\/']) . ')$/u';
    }

    private function failures(array $record): array
    {
        $failed = [];
        foreach ($this->rules as $field => $expression) {
            if (!preg_match($expression, (string) ($record[$field] ?? ''))) { // flaw: redos
                $failed[] = $field;
            }
        }
        return $failed;
    }

    public function name(Request $request): JsonResponse
    {
        return response()->json(['ok' => preg_match(self::NAME, (string) $request->input('name')) === 1]); // flaw: redos
    }

    public function version(Request $request): JsonResponse
    {
        preg_match(self::VERSION, (string) $request->input('version'), $parts); // fine: redos
        return response()->json(['major' => $parts[1] ?? null]);
    }

    public function validateRecord(Request $request): JsonResponse
    {
        foreach ($request->input('rules', []) as $rule) {
            $this->rule((string) $rule['field'], (string) $rule['pattern']);
        }
        return response()->json(['failed' => $this->failures($request->input('record', []))]);
    }

    public function css(Request $request): JsonResponse
    {
        $found = [];
        foreach (explode("\n", (string) $request->input('css')) as $number => $line) {
            if (preg_match('/^(?:[.#]?[\w-]+\s*,?\s*)+\{$/', $line)) { // flaw: redos
                $found[] = $number;
            }
        }
        return response()->json($found);
    }

    public function hex(Request $request): JsonResponse
    {
        return response()->json(['ok' => preg_match('/^(?:[0-9a-f]{2})++$/D', (string) $request->input('hex')) === 1]); // fine: redos
    }

    public function count(Request $request): JsonResponse
    {
        $word = (string) $request->query('word');
        if (!ctype_alpha($word) || strlen($word) > 30) {
            return response()->json(['error' => 'word'], 422);
        }
        $hits = preg_match_all('/\b' . $word . '\b/i', 'alpha beta gamma alpha'); // fine: redos
        return response()->json(['hits' => $hits]);
    }

    public function split(Request $request): JsonResponse
    {
        $separator = $request->input('separator', ',');
        $pieces = preg_split('{' . $separator . '}', (string) $request->input('text')); // flaw: redos
        return response()->json($pieces);
    }

    public function globbed(Request $request): JsonResponse
    {
        $names = (array) $request->input('names', []);
        $ok = array_filter($names, static fn ($n): bool => fnmatch('report-[0-9][0-9].csv', (string) $n)); // fine: redos
        return response()->json(['names' => array_values($ok), 'title' => Str::title('reports')]);
    }
}
