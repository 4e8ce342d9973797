<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Account;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Session;
use Illuminate\Validation\Rule;
use Symfony\Component\HttpFoundation\Request as SymfonyRequest;
use Symfony\Component\HttpFoundation\Response as SymfonyResponse;

class SessionController extends Controller
{
    private array $pending = [];

    private function collect(array $values): self
    {
        foreach ($values as $key => $value) {
            $this->pending[$key] = $value;
        }
        return $this;
    }

    private function commit(Request $request): void
    {
        $request->session()->put($this->pending); // flaw: trust-boundary
    }

    public function profile(Request $request): Response
    {
        $this->collect($request->except('_token'))->commit($request);
        return response()->noContent();
    }

    public function preferences(Request $request): Response
    {
        $values = $request->validate([
            'currency' => ['required', Rule::in(['EUR', 'USD', 'GBP'])],
            'country' => ['required', 'regex:/\A[A-Z]{2}\z/'],
        ]);
        $request->session()->put('preferences', $values); // fine: trust-boundary
        return response()->noContent();
    }

    public function verify(Request $request): Response
    {
        session(['verified' => $request->query('verified')]); // flaw: trust-boundary
        return response()->noContent();
    }

    public function verifyCode(Request $request): Response
    {
        $ok = hash_equals((string) Session::get('code'), (string) $request->input('code')) && Session::has('code');
        Session::put('verified', $ok); // fine: trust-boundary
        return response()->noContent();
    }

    public function switchAccount(Request $request): Response
    {
        $account = Session::get('account_id');
        $wanted = $request->input('account');
        if ($wanted && $wanted !== $account) {
            $account = $wanted;
        }
        Session::put('account_id', $account); // flaw: trust-boundary
        return response()->noContent();
    }

    public function switchOwned(Request $request): Response
    {
        $account = Account::query()->where('owner_id', $request->user()->id)->findOrFail($request->integer('account'));
        Session::put('account_id', $account->id); // fine: trust-boundary
        return response()->noContent();
    }

    public function limits(SymfonyRequest $request): SymfonyResponse
    {
        $session = $request->getSession();
        $limits = $session->get('limits', []);
        foreach (['daily', 'monthly', 'approved_by'] as $name) {
            $limits[$name] = $request->headers->get('X-Limit-' . $name);
        }
        $session->set('limits', $limits); // flaw: trust-boundary
        return new SymfonyResponse('', 204);
    }

    public function compact(SymfonyRequest $request): SymfonyResponse
    {
        $request->getSession()->set('compact', $request->request->getBoolean('compact')); // fine: trust-boundary
        return new SymfonyResponse('', 204);
    }
}
