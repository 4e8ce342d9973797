<?php

declare(strict_types=1);

const STATE_DIR = '/var/lib/agent';
const OPEN_TO_ALL = 0777;
const OWNER_ONLY = 0600;

final class StateStore
{
    public function __construct(private string $dir, private int $mode)
    {
    }

    public function save(string $name, array $data): void
    {
        $file = $this->dir . '/' . basename($name);
        file_put_contents($file, json_encode($data));
        chmod($file, $this->mode); // flaw: permissions
    }
}

function prepare(): StateStore
{
    if (!is_dir(STATE_DIR)) {
        mkdir(STATE_DIR, 0750, true); // fine: permissions
    }
    return new StateStore(STATE_DIR, OPEN_TO_ALL);
}

function write_token(string $token): void
{
    $file = STATE_DIR . '/token';
    touch($file);
    chmod($file, OWNER_ONLY); // fine: permissions
    file_put_contents($file, $token);
}

function install_plugin(string $source): void
{
    $target = STATE_DIR . '/plugins/' . basename($source);
    copy($source, $target);
    chmod($target, 0777); // flaw: permissions
}

function install_helper(string $source): void
{
    $target = STATE_DIR . '/bin/' . basename($source);
    copy($source, $target);
    chmod($target, 0755); // fine: permissions
}

function open_journal()
{
    $previous = umask(0); // flaw: permissions
    try {
        return fopen(STATE_DIR . '/journal.log', 'a');
    } finally {
        umask($previous);
    }
}

function open_audit()
{
    $previous = umask(0077); // fine: permissions
    try {
        return fopen(STATE_DIR . '/audit.log', 'a');
    } finally {
        umask($previous);
    }
}

function publish(array $names): void
{
    foreach ($names as $name) {
        chmod(STATE_DIR . '/www/' . basename($name), 0644); // fine: permissions
    }
}

function share(array $names): void
{
    $mode = 0660;
    if (getenv('AGENT_GROUPLESS')) {
        $mode |= 0006;
    }
    foreach ($names as $name) {
        chmod(STATE_DIR . '/shared/' . basename($name), $mode); // flaw: permissions
    }
}
