<?php

declare(strict_types=1);

final class InvoiceReader
{
    private int $flags = LIBXML_NOBLANKS;

    public function expand(): self
    {
        $this->flags |= LIBXML_NOENT | LIBXML_DTDLOAD;
        return $this;
    }

    public function total(string $xml): string
    {
        $document = new DOMDocument();
        $document->loadXML($xml, $this->flags); // flaw: xxe
        return $document->getElementsByTagName('total')->item(0)->textContent;
    }
}

function order_id(string $xml): string
{
    $document = new DOMDocument();
    $document->loadXML($xml, LIBXML_NONET); // fine: xxe
    return $document->getElementsByTagName('id')->item(0)->textContent;
}

function feed_titles(string $xml): array
{
    $reader = new XMLReader();
    $reader->XML($xml);
    $reader->setParserProperty(XMLReader::SUBST_ENTITIES, true); // flaw: xxe
    $titles = [];
    while ($reader->read()) {
        if ($reader->nodeType === XMLReader::ELEMENT && $reader->name === 'title') {
            $titles[] = $reader->readString();
        }
    }
    return $titles;
}

function feed_links(string $xml): array
{
    $reader = new XMLReader();
    $reader->XML($xml, null, LIBXML_NONET); // fine: xxe
    $links = [];
    while ($reader->read()) {
        if ($reader->nodeType === XMLReader::ELEMENT && $reader->name === 'link') {
            $links[] = $reader->readString();
        }
    }
    $reader->close();
    return $links;
}

$body = file_get_contents('php://input');
header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'note':
        $note = simplexml_load_string($body, SimpleXMLElement::class, LIBXML_NOENT); // flaw: xxe
        echo json_encode(['note' => (string) $note->text]);
        break;
    case 'contact':
        $contact = simplexml_load_string($body); // fine: xxe
        echo json_encode(['name' => (string) $contact->name]);
        break;
    case 'invoice':
        echo json_encode(['total' => (new InvoiceReader())->expand()->total($body)]);
        break;
    case 'order':
        echo json_encode(['id' => order_id($body)]);
        break;
    case 'titles':
        echo json_encode(feed_titles($body));
        break;
    case 'links':
        echo json_encode(feed_links($body));
        break;
    case 'product':
        $document = new DOMDocument();
        $document->substituteEntities = true;
        $document->preserveWhiteSpace = false;
        if (trim($body) !== '') {
            $document->loadXML($body); // flaw: xxe
        }
        echo json_encode(['name' => $document->textContent]);
        break;
    case 'schema':
        $document = new DOMDocument();
        $document->load('/srv/app/schema/invoice.xml', LIBXML_NOENT); // fine: xxe
        echo json_encode(['root' => $document->documentElement->nodeName]);
        break;
}
