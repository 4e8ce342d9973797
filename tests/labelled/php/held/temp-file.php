<?php

declare(strict_types=1);

namespace App\Staging;

use SplFileObject;
use SplTempFileObject;
use Symfony\Component\Filesystem\Filesystem;
use ZipArchive;

final class InvoiceStaging
{
    private const STAGING = '/tmp/invoice-staging.json';

    private int $sequence = 0;

    public function __construct(private Filesystem $files)
    {
    }

    private function scratch(string $kind): string
    {
        $this->sequence++;
        return sprintf('%s/%s_%d.tmp', sys_get_temp_dir(), $kind, $this->sequence);
    }

    public function stage(array $invoices): void
    {
        $this->files->dumpFile(self::STAGING, json_encode($invoices)); // flaw: temp-file
    }

    public function stageNext(array $invoices): string
    {
        $file = $this->files->tempnam(sys_get_temp_dir(), 'invoices', '.json'); // fine: temp-file
        file_put_contents($file, json_encode($invoices));
        return $file;
    }

    public function thumbnail(\GdImage $image): string
    {
        $target = $this->scratch('thumb');
        imagepng($image, $target); // flaw: temp-file
        return $target;
    }

    public function thumbnailNext(\GdImage $image): string
    {
        $memory = fopen('php://memory', 'w+b'); // fine: temp-file
        imagepng($image, $memory);
        rewind($memory);
        return (string) stream_get_contents($memory);
    }

    public function bundle(array $paths): string
    {
        $parts = ['bundle', date('Ymd'), (string) count($paths)];
        $target = '/var/tmp/' . implode('-', $parts) . '.zip';
        $zip = new ZipArchive();
        $zip->open($target, ZipArchive::CREATE | ZipArchive::OVERWRITE); // flaw: temp-file
        foreach ($paths as $path) {
            $zip->addFile($path, basename($path));
        }
        $zip->close();
        return $target;
    }

    public function bundleNext(array $paths): string
    {
        $folder = sys_get_temp_dir() . '/bundle-' . bin2hex(random_bytes(12));
        mkdir($folder, 0700); // fine: temp-file
        $zip = new ZipArchive();
        $zip->open($folder . '/bundle.zip', ZipArchive::CREATE);
        foreach ($paths as $path) {
            $zip->addFile($path, basename($path));
        }
        $zip->close();
        return $folder . '/bundle.zip';
    }

    public function rows(iterable $rows): string
    {
        $file = new SplFileObject('/tmp/rows-' . get_current_user() . '.csv', 'w+'); // flaw: temp-file
        foreach ($rows as $row) {
            $file->fputcsv($row);
        }
        return $file->getPathname();
    }

    public function rowsNext(iterable $rows): int
    {
        $file = new SplTempFileObject(1048576); // fine: temp-file
        foreach ($rows as $row) {
            $file->fputcsv($row);
        }
        return $file->ftell();
    }
}
