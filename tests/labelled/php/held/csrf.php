<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use App\Http\Controllers\PaymentController;
use App\Http\Controllers\ProfileController;
use Cake\Http\Middleware\CsrfProtectionMiddleware;
use Illuminate\Foundation\Configuration\Middleware;
use Illuminate\Foundation\Http\Middleware\ValidateCsrfToken;
use Illuminate\Foundation\Http\Middleware\VerifyCsrfToken as Base;
use Illuminate\Support\Facades\Route;
use Psr\Http\Message\ServerRequestInterface;
use yii\web\Controller as YiiController;

final class VerifyCsrfToken extends Base
{
    protected $except = ['stripe/webhook']; // fine: csrf
}

final class AdminVerifyCsrfToken extends Base
{
    protected $except = ['admin/*', 'users/*']; // flaw: csrf
}

final class WalletController extends YiiController
{
    public $enableCsrfValidation = false; // flaw: csrf

    public function actionTransfer(): array
    {
        return ['ok' => true];
    }
}

final class NoteController extends YiiController
{
    public $enableCsrfValidation = true; // fine: csrf

    public function actionSave(): array
    {
        return ['ok' => true];
    }
}

final class TokenApiController extends YiiController
{
    public function behaviors(): array
    {
        return ['auth' => ['class' => \yii\filters\auth\HttpBearerAuth::class]];
    }

    public function beforeAction($action): bool
    {
        \Yii::$app->user->enableSession = false;
        $this->enableCsrfValidation = false; // fine: csrf
        return parent::beforeAction($action);
    }
}

final class Application
{
    private const OPEN = ['*'];

    public function configure(Middleware $middleware): void
    {
        $middleware->validateCsrfTokens(except: self::OPEN); // flaw: csrf
    }

    public function configureNext(Middleware $middleware): void
    {
        $middleware->validateCsrfTokens(except: ['hooks/github']); // fine: csrf
    }

    public function routes(): void
    {
        Route::middleware(['web', 'auth'])->group(function (): void {
            Route::post('/pay', [PaymentController::class, 'store'])->withoutMiddleware([ValidateCsrfToken::class]); // flaw: csrf
            Route::post('/profile', [ProfileController::class, 'store'])->withoutMiddleware(['throttle:web']); // fine: csrf
        });
    }

    public function cake(): CsrfProtectionMiddleware
    {
        $csrf = new CsrfProtectionMiddleware(['httponly' => true, 'secure' => true]);
        $csrf->skipCheckCallback(function (ServerRequestInterface $request): bool { // flaw: csrf
            return in_array($request->getMethod(), ['POST', 'PUT', 'DELETE'], true);
        });
        return $csrf;
    }
}
