<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use DOMDocument;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use SimpleXMLElement;
use Symfony\Component\Config\Util\XmlUtils;
use XMLReader;

class XmlController extends Controller
{
    private const OPTIONS = LIBXML_NOENT | LIBXML_NOCDATA | LIBXML_DTDATTR;

    private function options(bool $remote): int
    {
        $options = LIBXML_COMPACT;
        if (!$remote) {
            $options |= LIBXML_NONET;
        }
        return $options | LIBXML_NOENT;
    }

    public function statement(Request $request): JsonResponse
    {
        $root = new SimpleXMLElement($request->getContent(), LIBXML_NOENT | LIBXML_DTDLOAD); // flaw: xxe
        return response()->json(['owner' => (string) $root->owner]);
    }

    public function balance(Request $request): JsonResponse
    {
        $root = new SimpleXMLElement($request->getContent(), LIBXML_NONET | LIBXML_NOCDATA); // fine: xxe
        return response()->json(['amount' => (string) $root->amount]);
    }

    public function payment(Request $request): JsonResponse
    {
        $document = new DOMDocument('1.0', 'UTF-8');
        $document->loadXML($request->input('xml'), $this->options(false)); // flaw: xxe
        return response()->json(['reference' => $document->getElementsByTagName('ref')->item(0)?->nodeValue]);
    }

    public function manifest(Request $request): JsonResponse
    {
        $path = $request->file('manifest')->getRealPath();
        $root = simplexml_load_file($path, SimpleXMLElement::class, self::OPTIONS); // flaw: xxe
        return response()->json(['name' => (string) $root->name]);
    }

    public function manifestNext(Request $request): JsonResponse
    {
        $path = $request->file('manifest')->getRealPath();
        $document = XmlUtils::loadFile($path); // fine: xxe
        return response()->json(['name' => $document->documentElement->getAttribute('name')]);
    }

    public function rows(Request $request): JsonResponse
    {
        $texts = [];
        $reader = XMLReader::XML($request->getContent(), 'UTF-8', LIBXML_NOENT); // flaw: xxe
        try {
            while ($reader->read()) {
                if ($reader->name === 'row') {
                    $texts[] = $reader->readString();
                }
            }
        } finally {
            $reader->close();
        }
        return response()->json($texts);
    }

    public function tags(Request $request): JsonResponse
    {
        $tags = [];
        $parser = xml_parser_create('UTF-8');
        xml_set_element_handler($parser, function ($p, string $name) use (&$tags): void {
            $tags[] = $name;
        }, null);
        xml_parse($parser, $request->getContent(), true); // fine: xxe
        return response()->json($tags);
    }

    public function sheet(Request $request): JsonResponse
    {
        $xml = $request->getContent();
        if (stripos($xml, '<!DOCTYPE') !== false || !mb_check_encoding($xml, 'UTF-8')) {
            return response()->json(['error' => 'doctype'], 422);
        }
        $document = new DOMDocument();
        $document->resolveExternals = false;
        $document->loadXML($xml); // fine: xxe
        return response()->json(['root' => $document->documentElement->nodeName]);
    }
}
