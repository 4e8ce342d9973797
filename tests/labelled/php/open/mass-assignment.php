<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Order;
use Illuminate\Database\Eloquent\Model;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Auth;

class User extends Model
{
    protected $guarded = []; // flaw: mass-assignment

    protected $hidden = ['password'];
}

class Project extends Model
{
    protected $fillable = ['title', 'summary']; // fine: mass-assignment
}

class ProjectController extends Controller
{
    private const EDITABLE = ['display_name', 'bio', 'timezone'];

    private function apply(int $id, array $changes): void
    {
        $order = Order::query()->where('user_id', Auth::id())->findOrFail($id);
        $order->forceFill($changes)->save(); // flaw: mass-assignment
    }

    public function register(Request $request): JsonResponse
    {
        $user = (new User())->forceFill($request->all()); // flaw: mass-assignment
        $user->save();
        return response()->json(['id' => $user->id], 201);
    }

    public function signup(Request $request): JsonResponse
    {
        $user = new User();
        $user->email = $request->string('email')->toString();
        $user->display_name = $request->string('display_name')->toString(); // fine: mass-assignment
        $user->save();
        return response()->json(['id' => $user->id], 201);
    }

    public function profile(Request $request): JsonResponse
    {
        $request->user()->forceFill($request->only(self::EDITABLE))->save(); // fine: mass-assignment
        return response()->json(['ok' => true]);
    }

    public function order(Request $request, int $id): JsonResponse
    {
        $changes = $request->except(['_token', '_method']);
        $changes['updated_by'] = Auth::id();
        $this->apply($id, $changes);
        return response()->json(['ok' => true]);
    }

    public function store(Request $request): JsonResponse
    {
        $values = $request->validate(['title' => 'required|string|max:120', 'summary' => 'nullable|string']);
        $project = Project::create($values); // fine: mass-assignment
        return response()->json(['id' => $project->id], 201);
    }

    public function update(Request $request, int $id): JsonResponse
    {
        $project = Project::query()->where('owner_id', Auth::id())->findOrFail($id);
        foreach ($request->input() as $name => $value) {
            $project->setAttribute($name, $value); // flaw: mass-assignment
        }
        $project->save();
        return response()->json(['ok' => true]);
    }

    public function rename(Request $request, int $id): JsonResponse
    {
        $project = Project::query()->where('owner_id', Auth::id())->findOrFail($id);
        $project->fill($request->all())->save(); // fine: mass-assignment
        return response()->json(['ok' => true]);
    }
}
