<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Blade;
use Latte\Engine;
use Latte\Loaders\StringLoader;
use Mustache_Engine;
use Smarty\Smarty;

class SignController extends Controller
{
    private const SIGNS = ['short' => 'Regards, {$name}', 'long' => 'With kind regards, {$name}'];

    public function __construct(private Smarty $smarty, private Engine $latte)
    {
    }

    private function wrap(?string $inner): string
    {
        return '<section class="banner">' . $inner . '</section>';
    }

    private function renderSource(string $source, array $data): string
    {
        return Blade::render($source, $data, deleteCachedView: true); // flaw: template-injection
    }

    public function custom(Request $request): JsonResponse
    {
        $this->smarty->assign('name', $request->user()->name);
        return response()->json(['html' => $this->smarty->fetch('string:' . $request->input('markup'))]); // flaw: template-injection
    }

    public function standard(Request $request): JsonResponse
    {
        $source = self::SIGNS[$request->input('kind') === 'long' ? 'long' : 'short'];
        $this->smarty->assign('name', $request->input('name'));
        return response()->json(['html' => $this->smarty->fetch('string:' . $source)]); // fine: template-injection
    }

    public function banner(Request $request): JsonResponse
    {
        return response()->json(['html' => $this->renderSource($this->wrap($request->input('text')), ['shop' => 'north'])]);
    }

    public function bannerNext(Request $request): JsonResponse
    {
        $html = Blade::render('<section class="banner">{{ $text }}</section>', ['text' => $request->input('text')]); // fine: template-injection
        return response()->json(['html' => $html]);
    }

    public function newsletter(Request $request): JsonResponse
    {
        $blocks = [];
        foreach ($request->input('blocks', []) as $i => $block) {
            $blocks[] = '{block b' . (int) $i . '}' . $block['body'] . '{/block}';
        }
        $this->latte->setLoader(new StringLoader(['main' => implode("\n", $blocks)]));
        $html = $this->latte->renderToString('main', ['user' => $request->user()]); // flaw: template-injection
        return response()->json(['html' => $html]);
    }

    public function invoice(Request $request): JsonResponse
    {
        $heading = 'Invoice';
        if ($request->filled('company')) {
            $heading .= ' for ' . $request->input('company');
        }
        $source = str_replace('@@heading@@', $heading, file_get_contents(resource_path('views/invoice.tpl')));
        $this->smarty->display('eval:' . $source); // flaw: template-injection
        return response()->json(['done' => true]);
    }

    public function invoiceNext(Request $request): JsonResponse
    {
        $this->smarty->assign('heading', 'Invoice for ' . $request->input('company'));
        return response()->json(['html' => $this->smarty->fetch('invoice-next.tpl')]); // fine: template-injection
    }

    public function receipt(Request $request): JsonResponse
    {
        $engine = new Mustache_Engine(['entity_flags' => ENT_QUOTES]);
        $text = $engine->render('{{customer}} paid {{amount}}', $request->only(['customer', 'amount'])); // fine: template-injection
        return response()->json(['text' => $text]);
    }
}
