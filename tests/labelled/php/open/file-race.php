<?php

declare(strict_types=1);

const SPOOL = '/var/spool/orders';
const LOCK = '/var/spool/orders/.lock';

final class OrderSpool
{
    public function __construct(private string $dir)
    {
    }

    private function path(int $id): string
    {
        return $this->dir . '/' . $id . '.json';
    }

    private function queued(int $id): bool
    {
        return file_exists($this->path($id));
    }

    public function put(int $id, string $data): bool
    {
        if ($this->queued($id)) {
            return false;
        }
        return file_put_contents($this->path($id), $data) !== false; // flaw: file-race
    }

    public function putOnce(int $id, string $data): bool
    {
        $handle = @fopen($this->path($id), 'x'); // fine: file-race
        if ($handle === false) {
            return false;
        }
        fwrite($handle, $data);
        return fclose($handle);
    }

    public function take(int $id): ?string
    {
        $handle = fopen($this->path($id), 'rb');
        try {
            $info = fstat($handle);
            if ($info['size'] > 1048576) {
                return null;
            }
            return stream_get_contents($handle); // fine: file-race
        } finally {
            fclose($handle);
        }
    }
}

function acquire(): bool
{
    if (!file_exists(LOCK)) {
        touch(LOCK); // flaw: file-race
        return true;
    }
    return false;
}

function acquire_exclusive()
{
    $handle = fopen(LOCK, 'c');
    return flock($handle, LOCK_EX | LOCK_NB) ? $handle : null; // fine: file-race
}

function send_file(string $file): void
{
    if (is_link($file)) {
        throw new RuntimeException('links are not sent');
    }
    header('Content-Type: application/octet-stream');
    header('Content-Length: ' . filesize($file));
    readfile($file); // flaw: file-race
}

function append_owned(string $file, string $line): bool
{
    $owner = fileowner($file);
    $allowed = is_writable($file) && $owner === posix_getuid();
    if (!$allowed) {
        return false;
    }
    $handle = fopen($file, 'a'); // flaw: file-race
    fwrite($handle, $line . "\n");
    return fclose($handle);
}

function read_optional(string $file): string
{
    $text = @file_get_contents($file); // fine: file-race
    return $text === false ? '' : $text;
}
