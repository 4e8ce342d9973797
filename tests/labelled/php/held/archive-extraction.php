<?php

declare(strict_types=1);

namespace App\Import;

use Archive_Tar;
use Illuminate\Support\Facades\File;
use PhpZip\ZipFile;
use splitbrain\PHPArchive\Tar;
use Symfony\Component\Filesystem\Filesystem;
use Symfony\Component\Filesystem\Path;
use wapmorgan\UnifiedArchive\UnifiedArchive;

final class DatasetImporter
{
    private const ROOT = '/data/sets';
    private const WANTED = ['weights.bin', 'labels.txt'];

    public function __construct(private Filesystem $files)
    {
    }

    private function write(string $relative, string $content): void
    {
        $this->files->dumpFile(self::ROOT . DIRECTORY_SEPARATOR . $relative, $content); // flaw: archive-extraction
    }

    private function contained(string $name): ?string
    {
        $path = Path::canonicalize(self::ROOT . '/' . str_replace('\\', '/', $name));
        return Path::isBasePath(self::ROOT, $path) && $path !== self::ROOT ? $path : null;
    }

    public function dataset(string $archive): void
    {
        $zip = new ZipFile();
        $zip->openFile($archive);
        foreach ($zip->getListFiles() as $name) {
            if (!str_ends_with($name, '/')) {
                $this->write($name, $zip->getEntryContents($name));
            }
        }
        $zip->close();
    }

    public function samples(string $archive): void
    {
        $zip = new ZipFile();
        $zip->openFile($archive);
        foreach ($zip->getListFiles() as $name) {
            $target = $this->contained($name);
            if ($target !== null && !str_ends_with($name, '/')) {
                $this->files->dumpFile($target, $zip->getEntryContents($name)); // fine: archive-extraction
            }
        }
        $zip->close();
    }

    public function models(string $file): void
    {
        $archive = UnifiedArchive::open($file);
        foreach ($archive->getFiles() as $name) {
            file_put_contents(self::ROOT . "/models/$name", $archive->getFileContent($name)); // flaw: archive-extraction
        }
    }

    public function weights(string $file): void
    {
        $archive = UnifiedArchive::open($file);
        foreach (self::WANTED as $name) {
            if ($archive->hasFile($name)) {
                file_put_contents(self::ROOT . "/models/$name", $archive->getFileContent($name)); // fine: archive-extraction
            }
        }
    }

    public function logs(string $file): int
    {
        $tar = new Archive_Tar($file, 'gz');
        $written = 0;
        foreach ($tar->listContent() as $entry) {
            $name = $entry['filename'];
            if (str_starts_with($name, './')) {
                $name = substr($name, 2);
            }
            $target = implode('/', [self::ROOT, 'logs', $name]);
            File::put($target, (string) $tar->extractInString($entry['filename'])); // flaw: archive-extraction
            $written++;
        }
        return $written;
    }

    public function notes(string $file): void
    {
        $tar = new Archive_Tar($file, 'gz');
        foreach ($tar->listContent() as $entry) {
            $leaf = pathinfo($entry['filename'], PATHINFO_BASENAME);
            if (preg_match('/^[a-z0-9_-]+\.txt$/Di', $leaf) === 1) {
                File::put(self::ROOT . '/notes/' . $leaf, (string) $tar->extractInString($entry['filename'])); // fine: archive-extraction
            }
        }
    }

    public function feed(string $file): array
    {
        $phar = new \PharData($file);
        $seen = [];
        foreach (new \RecursiveIteratorIterator($phar) as $entry) {
            $digest = hash('sha256', $entry->getContent());
            File::put(self::ROOT . '/feed/' . $digest, $entry->getContent()); // fine: archive-extraction
            $seen[] = $digest;
        }
        return $seen;
    }

    public function manifest(string $file): void
    {
        $tar = new Tar();
        $tar->open($file);
        foreach ($tar->yieldContents() as $info) {
            $owner = $info->getOwner() ?: 'nobody';
            $marker = sprintf('%s/manifest/%s.%s', self::ROOT, $info->getPath(), $owner);
            touch($marker); // flaw: archive-extraction
        }
        $tar->close();
    }
}
