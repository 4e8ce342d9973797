<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Snapshot;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Redis;
use Laravel\SerializableClosure\SerializableClosure;
use Symfony\Component\Serializer\SerializerInterface;
use Symfony\Component\Yaml\Yaml;

class StateController extends Controller
{
    private const DEFAULTS = 'a:2:{s:5:"theme";s:4:"dark";s:4:"size";i:25;}';

    public function __construct(private SerializerInterface $serializer)
    {
    }

    private function thaw(string $text): mixed
    {
        $text = rawurldecode($text);
        return \igbinary_unserialize(base64_decode($text)); // flaw: deserialization
    }

    public function state(Request $request): JsonResponse
    {
        $header = $request->header('X-Client-State', '');
        return response()->json(['view' => $this->thaw($header)->view ?? null]);
    }

    public function stateNext(Request $request): JsonResponse
    {
        $state = json_decode(rawurldecode($request->header('X-Client-State', '{}')), true, 8); // fine: deserialization
        return response()->json(['view' => $state['view'] ?? null]);
    }

    public function restore(Request $request): JsonResponse
    {
        $snapshot = \unserialize($request->file('snapshot')->get()); // flaw: deserialization
        return response()->json(['version' => $snapshot->version]);
    }

    public function restoreNext(Request $request): JsonResponse
    {
        $snapshot = $this->serializer->deserialize($request->file('snapshot')->get(), Snapshot::class, 'json'); // fine: deserialization
        return response()->json(['version' => $snapshot->version]);
    }

    public function defaults(): JsonResponse
    {
        return response()->json(unserialize(self::DEFAULTS)); // fine: deserialization
    }

    public function pipeline(Request $request): JsonResponse
    {
        $flags = Yaml::PARSE_CONSTANT;
        if ($request->boolean('objects', true)) {
            $flags |= Yaml::PARSE_OBJECT;
        }
        $pipeline = Yaml::parse($request->getContent(), $flags); // flaw: deserialization
        return response()->json(['stages' => count((array) $pipeline)]);
    }

    public function pipelineNext(Request $request): JsonResponse
    {
        $pipeline = Yaml::parse($request->getContent(), Yaml::PARSE_EXCEPTION_ON_INVALID_TYPE); // fine: deserialization
        return response()->json(['stages' => count((array) $pipeline)]);
    }

    public function inspect(Request $request): JsonResponse
    {
        $packed = '';
        foreach ($request->input('chunks', []) as $chunk) {
            $packed .= base64_decode($chunk);
        }
        $meta = \msgpack_unpack($packed); // flaw: deserialization
        return response()->json(['meta' => is_array($meta)]);
    }

    public function counters(): JsonResponse
    {
        $rows = [];
        foreach (Redis::hgetall('counters') as $name => $packed) {
            $rows[$name] = unserialize($packed, ['allowed_classes' => false]); // fine: deserialization
        }
        return response()->json($rows);
    }
}
