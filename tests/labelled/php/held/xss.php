<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Post;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\HtmlString;
use Illuminate\Support\Str;
use Symfony\Component\HtmlSanitizer\HtmlSanitizerInterface;

class BoardController extends Controller
{
    private const TABS = ['overview', 'history'];

    /** @var string[] */
    private array $notices = [];

    public function __construct(private HtmlSanitizerInterface $sanitizer)
    {
    }

    private function notice(string $kind, string $text): void
    {
        $this->notices[] = "<div class=\"{$kind}\">{$text}</div>";
    }

    private function page(): Response
    {
        return new Response('<main>' . implode("\n", $this->notices) . '</main>'); // flaw: xss
    }

    public function greet(Request $request): Response
    {
        return response("<h1>Hi {$request->query('name')}</h1>"); // flaw: xss
    }

    public function greetNext(Request $request): Response
    {
        return response('<h1>Hi ' . e($request->query('name')) . '</h1>'); // fine: xss
    }

    public function notices(Request $request): Response
    {
        $this->notice('info', 'Welcome');
        if ($request->has('error')) {
            $this->notice('error', (string) $request->query('error'));
        }
        return $this->page();
    }

    public function post(Post $post): Response
    {
        $html = '<article><h2>' . e($post->title) . '</h2>';
        $html .= Str::markdown($post->body);
        $html .= '</article>';
        return response($html); // flaw: xss
    }

    public function postNext(Post $post): Response
    {
        $html = $this->sanitizer->sanitize(Str::markdown($post->body));
        return response('<article>' . $html . '</article>'); // fine: xss
    }

    public function tab(Request $request): Response
    {
        $tab = in_array($request->query('tab'), self::TABS, true) ? $request->query('tab') : 'overview';
        return response('<ul data-tab="' . $tab . '"></ul>'); // fine: xss
    }

    public function badge(Request $request): mixed
    {
        $label = trim((string) $request->query('label'));
        $badge = new HtmlString('<b>' . strtoupper($label) . '</b>'); // flaw: xss
        return view('badge', ['badge' => $badge]);
    }

    public function echoText(Request $request): Response
    {
        return response('You sent: ' . $request->query('text'), 200, [ // fine: xss
            'Content-Type' => 'text/plain; charset=utf-8',
            'X-Content-Type-Options' => 'nosniff',
        ]);
    }

    public function link(Request $request): Response
    {
        $href = htmlspecialchars((string) $request->query('href'), ENT_QUOTES);
        return response('<a href="' . $href . '">continue</a>'); // flaw: xss
    }

    public function linkNext(Request $request): Response
    {
        $id = rawurlencode((string) $request->query('id'));
        return response('<a href="/posts/' . $id . '">continue</a>'); // fine: xss
    }
}
