<?php

declare(strict_types=1);

const PLUGINS = '/srv/app/plugins';
const THEMES = '/srv/app/themes';

final class Unpacker
{
    public function __construct(private string $root)
    {
    }

    private function store(string $name, string $content): void
    {
        $target = $this->root . '/' . $name;
        if (!is_dir(dirname($target))) {
            mkdir(dirname($target), 0755, true);
        }
        file_put_contents($target, $content); // flaw: archive-extraction
    }

    public function unpack(ZipArchive $zip): void
    {
        for ($i = 0; $i < $zip->numFiles; $i++) {
            $name = $zip->getNameIndex($i);
            if (!str_ends_with($name, '/')) {
                $this->store($name, $zip->getFromIndex($i));
            }
        }
    }
}

function normalized(string $name): ?string
{
    $parts = [];
    foreach (explode('/', str_replace('\\', '/', $name)) as $part) {
        if ($part === '..' || str_contains($part, "\0") || str_contains($part, ':')) {
            return null;
        }
        if ($part !== '' && $part !== '.') {
            $parts[] = $part;
        }
    }
    return $parts ? implode('/', $parts) : null;
}

function install_theme(string $archive): void
{
    $zip = new ZipArchive();
    $zip->open($archive);
    for ($i = 0; $i < $zip->numFiles; $i++) {
        $name = $zip->getNameIndex($i);
        copy("zip://$archive#$name", THEMES . '/' . $name); // flaw: archive-extraction
    }
    $zip->close();
}

function install_plugin(string $archive): void
{
    $zip = new ZipArchive();
    $zip->open($archive);
    for ($i = 0; $i < $zip->numFiles; $i++) {
        $name = normalized($zip->getNameIndex($i));
        if ($name === null || str_ends_with($zip->getNameIndex($i), '/')) {
            continue;
        }
        @mkdir(dirname(PLUGINS . '/' . $name), 0755, true);
        file_put_contents(PLUGINS . '/' . $name, $zip->getFromIndex($i)); // fine: archive-extraction
    }
    $zip->close();
}

function import_photos(string $archive, string $folder): int
{
    $zip = new ZipArchive();
    $count = 0;
    if ($zip->open($archive) !== true) {
        return $count;
    }
    for ($i = 0; $i < $zip->numFiles; $i++) {
        $stat = $zip->statIndex($i);
        $segments = [$folder, 'photos'];
        array_push($segments, ...explode('/', $stat['name']));
        $out = fopen(implode(DIRECTORY_SEPARATOR, $segments), 'wb'); // flaw: archive-extraction
        stream_copy_to_stream($zip->getStream($stat['name']), $out);
        fclose($out);
        $count++;
    }
    return $count;
}

function import_flat(string $archive, string $folder): void
{
    $zip = new ZipArchive();
    $zip->open($archive);
    for ($i = 0; $i < $zip->numFiles; $i++) {
        $leaf = basename(str_replace('\\', '/', $zip->getNameIndex($i)));
        if (preg_match('/\A[\w-]+\.jpe?g\z/', $leaf)) {
            file_put_contents("$folder/$leaf", $zip->getFromIndex($i)); // fine: archive-extraction
        }
    }
}

function import_numbered(string $archive, string $folder): void
{
    $zip = new ZipArchive();
    $zip->open($archive);
    for ($i = 0; $i < $zip->numFiles; $i++) {
        file_put_contents(sprintf('%s/part-%04d.bin', $folder, $i), $zip->getFromIndex($i)); // fine: archive-extraction
    }
}

function import_dump(string $archive, string $folder): void
{
    exec('tar -xPf ' . escapeshellarg($archive) . ' -C ' . escapeshellarg($folder)); // flaw: archive-extraction
}

function list_names(string $archive): array
{
    $zip = new ZipArchive();
    $zip->open($archive, ZipArchive::RDONLY);
    $names = [];
    for ($i = 0; $i < $zip->numFiles; $i++) {
        $names[] = $zip->getNameIndex($i); // fine: archive-extraction
    }
    return $names;
}

function install_bundle(string $archive): void
{
    $zip = new ZipArchive();
    if ($zip->open($archive) === true) {
        (new Unpacker(PLUGINS))->unpack($zip);
        $zip->close();
    }
}
