<?php

declare(strict_types=1);

namespace App\Mail;

use RuntimeException;
use SplFileInfo;
use SplFileObject;
use Symfony\Component\Filesystem\Filesystem;
use Symfony\Component\Lock\LockFactory;

final class Mailbox
{
    private const MAX = 262144;

    public function __construct(private string $root, private Filesystem $files, private LockFactory $locks)
    {
    }

    private function file(int $id): string
    {
        return sprintf('%s/%06d.eml', $this->root, $id);
    }

    public function deliver(int $id, string $text): bool
    {
        if ($this->files->exists($this->file($id))) {
            return false;
        }
        $target = new SplFileObject($this->file($id), 'w'); // flaw: file-race
        $target->fwrite($text);
        return true;
    }

    public function deliverOnce(int $id, string $text): bool
    {
        try {
            $target = new SplFileObject($this->file($id), 'x'); // fine: file-race
        } catch (RuntimeException) {
            return false;
        }
        return $target->fwrite($text) === strlen($text);
    }

    public function read(int $id): ?string
    {
        $info = new SplFileInfo($this->file($id));
        if (!$info->isFile() || $info->isLink() || $info->getSize() > self::MAX) {
            return null;
        }
        return (string) file_get_contents($info->getPathname()); // flaw: file-race
    }

    public function readBounded(int $id): string
    {
        $file = new SplFileObject($this->file($id), 'r');
        return $file->fstat()['size'] > self::MAX ? '' : (string) $file->fread(self::MAX); // fine: file-race
    }

    public function counter(): int
    {
        $path = $this->root . '/counter';
        $value = 0;
        if (is_readable($path)) {
            $value = (int) file_get_contents($path);
        }
        file_put_contents($path, (string) ($value + 1)); // flaw: file-race
        return $value;
    }

    public function counterNext(): int
    {
        $handle = fopen($this->root . '/counter', 'c+');
        flock($handle, LOCK_EX);
        try {
            $value = (int) stream_get_contents($handle);
            ftruncate($handle, 0);
            rewind($handle);
            fwrite($handle, (string) ($value + 1)); // fine: file-race
            return $value;
        } finally {
            fclose($handle);
        }
    }

    public function purge(int $id): void
    {
        $stat = stat($this->file($id));
        $expired = $stat !== false && $stat['mtime'] < time() - 86400;
        if ($expired && $stat['uid'] === posix_geteuid()) {
            unlink($this->file($id)); // flaw: file-race
        }
    }

    public function purgeLocked(int $id): void
    {
        $lock = $this->locks->createLock('mail-' . $id);
        $lock->acquire(true);
        try {
            $this->files->remove($this->file($id)); // fine: file-race
        } finally {
            $lock->release();
        }
    }

    public function publish(int $id, string $text): void
    {
        $draft = tempnam($this->root, 'draft');
        file_put_contents($draft, $text);
        rename($draft, $this->file($id)); // fine: file-race
    }
}
