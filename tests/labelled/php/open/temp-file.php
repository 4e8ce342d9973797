<?php

declare(strict_types=1);

const SPOOL = '/tmp/label-spool.txt';
const WORKDIR = '/var/lib/labeler/work';

final class ReportBuilder
{
    private string $target;
    private array $rows = [];

    public function __construct(string $name)
    {
        $this->target = sys_get_temp_dir() . "/report-$name-" . getmypid() . '.csv';
    }

    public function add(array $row): void
    {
        $this->rows[] = implode(';', $row);
    }

    public function write(): string
    {
        file_put_contents($this->target, implode("\n", $this->rows)); // flaw: temp-file
        return $this->target;
    }
}

function spool_label(string $text): void
{
    file_put_contents(SPOOL, $text); // flaw: temp-file
}

function print_letter(string $text): int
{
    $file = tempnam(sys_get_temp_dir(), 'letter-'); // fine: temp-file
    try {
        file_put_contents($file, $text);
        exec('lp -d office ' . escapeshellarg($file), $out, $code);
        return $code;
    } finally {
        unlink($file);
    }
}

function checksum(iterable $chunks): string
{
    $handle = tmpfile(); // fine: temp-file
    foreach ($chunks as $chunk) {
        fwrite($handle, $chunk);
    }
    rewind($handle);
    $context = hash_init('sha256');
    hash_update_stream($context, $handle);
    fclose($handle);
    return hash_final($context);
}

function start_job(int $id): void
{
    $folder = getenv('TMPDIR');
    if (!$folder) {
        $folder = '/tmp';
    }
    $log = $folder . '/job-' . $id;
    $log .= '-' . time() . '.log';
    $handle = fopen($log, 'w'); // flaw: temp-file
    fwrite($handle, "started $id\n");
    fclose($handle);
}

function start_tracked(int $id): void
{
    $handle = fopen(WORKDIR . "/job-$id.log", 'a'); // fine: temp-file
    fwrite($handle, "started $id\n");
    fclose($handle);
}

function export_rows(array $rows): string
{
    $file = '/tmp/' . uniqid('export') . '.csv';
    $handle = fopen($file, 'w'); // flaw: temp-file
    foreach ($rows as $row) {
        fputcsv($handle, $row);
    }
    fclose($handle);
    return $file;
}

function free_temp_space(): float
{
    return disk_free_space('/tmp'); // fine: temp-file
}
