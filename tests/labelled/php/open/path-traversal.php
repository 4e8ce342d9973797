<?php

declare(strict_types=1);

const UPLOADS = '/srv/uploads';
const LOCALES = ['en', 'fr', 'de'];

final class AttachmentStore
{
    public function __construct(private string $root)
    {
    }

    private function locate(string $name): string
    {
        return $this->root . DIRECTORY_SEPARATOR . $name;
    }

    public function remove(string $name): bool
    {
        return unlink($this->locate($name)); // flaw: path-traversal
    }

    public function read(string $name): ?string
    {
        $path = realpath($this->locate($name));
        if ($path === false || !str_starts_with($path, $this->root . DIRECTORY_SEPARATOR)) {
            return null;
        }
        return file_get_contents($path); // fine: path-traversal
    }
}

function page(string $name): void
{
    $file = __DIR__ . '/pages/' . $name . '.php';
    if (is_file($file)) {
        include $file; // flaw: path-traversal
    }
}

function section(string $name): void
{
    $pages = ['home' => 'home.php', 'about' => 'about.php'];
    $file = $pages[$name] ?? 'home.php';
    include __DIR__ . '/pages/' . $file; // fine: path-traversal
}

$store = new AttachmentStore(UPLOADS);

switch ($_GET['action'] ?? '') {
    case 'download':
        header('Content-Type: application/octet-stream');
        readfile(UPLOADS . '/' . $_GET['file']); // flaw: path-traversal
        break;

    case 'avatar':
        header('Content-Type: image/png');
        readfile(UPLOADS . '/avatars/' . basename($_GET['file'] ?? 'default.png')); // fine: path-traversal
        break;

    case 'remove':
        $store->remove($_POST['name'] ?? '');
        break;

    case 'attachment':
        header('Content-Type: application/octet-stream');
        echo $store->read($_GET['name'] ?? '');
        break;

    case 'messages':
        $lang = $_GET['lang'] ?? 'en';
        if (!in_array($lang, LOCALES, true)) {
            $lang = 'en';
        }
        header('Content-Type: application/json');
        echo file_get_contents("/srv/locales/$lang.json"); // fine: path-traversal
        break;

    case 'report':
        $segments = ['/srv/reports', $_GET['year'] ?? date('Y')];
        if (isset($_GET['kind'])) {
            $segments[] = $_GET['kind'];
        }
        $path = implode('/', $segments) . '.pdf';
        $handle = fopen($path, 'rb'); // flaw: path-traversal
        header('Content-Type: application/pdf');
        fpassthru($handle);
        break;

    case 'invoice':
        header('Content-Type: application/pdf');
        readfile(sprintf('/srv/reports/invoices/%d.pdf', (int) ($_GET['number'] ?? 0))); // fine: path-traversal
        break;

    case 'section':
        section($_GET['name'] ?? 'home');
        break;

    default:
        page($_GET['page'] ?? 'home');
}
