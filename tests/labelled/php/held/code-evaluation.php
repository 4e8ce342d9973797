<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Exports\CsvExport;
use App\Exports\XlsxExport;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Symfony\Component\ExpressionLanguage\ExpressionLanguage;

class FormulaController extends Controller
{
    private const FORMULAS = ['net' => '$gross / 1.2', 'tax' => '$gross - $gross / 1.2'];
    private const EXPORTS = ['csv' => CsvExport::class, 'xlsx' => XlsxExport::class];

    private string $source = '';

    private function define(string $name, string $formula): self
    {
        $this->source .= "\${$name} = {$formula};\n";
        return $this;
    }

    private function compute(float $gross): array
    {
        eval($this->source); // flaw: code-evaluation
        return array_diff_key(get_defined_vars(), ['gross' => 0]);
    }

    public function custom(Request $request): JsonResponse
    {
        $this->define('result', (string) $request->input('formula'));
        return response()->json($this->compute(120.0));
    }

    public function named(Request $request): JsonResponse
    {
        $formula = self::FORMULAS[$request->input('name')] ?? self::FORMULAS['net'];
        $gross = (float) $request->input('gross');
        return response()->json(['value' => eval("return $formula;")]); // fine: code-evaluation
    }

    public function hook(Request $request): JsonResponse
    {
        $callback = $request->input('callback');
        return response()->json(['result' => $callback($request->input('argument'))]); // flaw: code-evaluation
    }

    public function condition(Request $request): JsonResponse
    {
        $language = new ExpressionLanguage();
        $names = ['user' => $request->user(), 'app' => app()];
        $expression = 'user.active';
        if ($request->filled('condition')) {
            $expression .= ' and (' . $request->input('condition') . ')';
        }
        return response()->json(['ok' => (bool) $language->evaluate($expression, $names)]); // flaw: code-evaluation
    }

    public function discount(Request $request): JsonResponse
    {
        $language = new ExpressionLanguage();
        $value = $language->evaluate('total > 100 ? total * 0.1 : 0', ['total' => (float) $request->input('total')]); // fine: code-evaluation
        return response()->json(['discount' => $value]);
    }

    public function export(Request $request): mixed
    {
        $class = self::EXPORTS[$request->input('type')] ?? CsvExport::class;
        return (new $class())->download('members'); // fine: code-evaluation
    }

    public function transform(Request $request): JsonResponse
    {
        $values = $request->input('values', []);
        foreach ($request->input('steps', []) as $step) {
            $values = array_map($step, $values); // flaw: code-evaluation
        }
        return response()->json($values);
    }

    public function rows(Request $request): JsonResponse
    {
        $field = (string) $request->input('field');
        $values = array_map(static fn (array $row) => $row[$field] ?? null, $request->input('rows', [])); // fine: code-evaluation
        return response()->json($values);
    }
}
