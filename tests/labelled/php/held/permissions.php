<?php

declare(strict_types=1);

namespace App\Install;

use Illuminate\Support\Facades\File;
use League\Flysystem\Filesystem as Flysystem;
use League\Flysystem\Local\LocalFilesystemAdapter;
use League\Flysystem\UnixVisibility\PortableVisibilityConverter;
use Monolog\Handler\RotatingFileHandler;
use Monolog\Handler\StreamHandler;
use Monolog\Level;
use Symfony\Component\Filesystem\Filesystem;

final class Installer
{
    private const ROOT = '/opt/collector';
    private const LAYOUT = ['queue' => 0700, 'archive' => 0750];

    public function __construct(private Filesystem $files)
    {
    }

    private function relax(string $path, int $mode): void
    {
        $this->files->chmod($path, $mode, 0000, true); // flaw: permissions
    }

    public function folders(): void
    {
        foreach (self::LAYOUT as $name => $mode) {
            $this->files->mkdir(self::ROOT . '/' . $name, $mode); // fine: permissions
        }
    }

    public function cache(): void
    {
        $this->files->mkdir(self::ROOT . '/cache', 0777); // flaw: permissions
        $this->relax(self::ROOT . '/cache', octdec('777'));
    }

    public function key(string $pem): void
    {
        $path = self::ROOT . '/collector.pem';
        $this->files->touch($path);
        $this->files->chmod($path, 0400); // fine: permissions
        $this->files->appendToFile($path, $pem);
    }

    public function uploads(): void
    {
        $path = storage_path('app/uploads');
        File::ensureDirectoryExists($path, 0755);
        File::chmod($path, 0757); // flaw: permissions
    }

    public function exports(): void
    {
        File::makeDirectory(storage_path('app/exports'), 0755, true, true); // fine: permissions
    }

    public function log(): StreamHandler
    {
        return new StreamHandler(self::ROOT . '/collector.log', Level::Info, true, 0666); // flaw: permissions
    }

    public function rotating(): RotatingFileHandler
    {
        return new RotatingFileHandler(self::ROOT . '/audit.log', 14, Level::Info, true, 0640); // fine: permissions
    }

    public function disk(): Flysystem
    {
        $map = ['file' => ['public' => 0644, 'private' => 0600], 'dir' => ['public' => 0755, 'private' => 0700]];
        $map['file']['public'] = 0666;
        $visibility = PortableVisibilityConverter::fromArray($map); // flaw: permissions
        return new Flysystem(new LocalFilesystemAdapter(self::ROOT . '/disk', $visibility));
    }

    public function diskNext(): Flysystem
    {
        $visibility = PortableVisibilityConverter::fromArray(['file' => ['public' => 0644, 'private' => 0600]]); // fine: permissions
        return new Flysystem(new LocalFilesystemAdapter(self::ROOT . '/disk', $visibility));
    }
}
