<?php

declare(strict_types=1);

const PASSWORD_FIELD = 'password'; // fine: hard-coded-password
const PASSWORD_PROMPT = 'Enter your new password'; // fine: hard-coded-password
const REPORT_DB = [
    'dsn' => 'mysql:host=reports-db.internal;dbname=reports',
    'user' => 'reporter',
    'password' => 'Wint3r-Rep0rts!', // flaw: hard-coded-password
];

function load_settings(): array
{
    $settings = ['user' => getenv('DB_USER')];
    $settings['password'] = getenv('DB_PASSWORD') ?: ''; // fine: hard-coded-password
    return $settings;
}

function orders(): PDO
{
    return new PDO('mysql:host=orders-db.internal;dbname=orders', 'orders', 'oRd3rs#2021'); // flaw: hard-coded-password
}

function billing(): PDO
{
    $settings = load_settings();
    return new PDO('mysql:host=billing-db.internal;dbname=billing', $settings['user'], $settings['password']); // fine: hard-coded-password
}

function reports(): PDO
{
    return new PDO(REPORT_DB['dsn'], REPORT_DB['user'], REPORT_DB['password']);
}

function warehouse()
{
    $parts = ['host=warehouse.internal', 'dbname=dw', 'user=loader'];
    $parts[] = 'password=Tr4nsf0rm-9'; // flaw: hard-coded-password
    return pg_connect(implode(' ', $parts));
}

final class Exchange
{
    private string $password = 'mX7-pelican-84'; // flaw: hard-coded-password

    public function upload(string $file): bool
    {
        $ftp = ftp_ssl_connect('ftp.example.com');
        if (!ftp_login($ftp, 'drop', $this->password)) {
            return false;
        }
        return ftp_put($ftp, '/in/' . basename($file), $file, FTP_BINARY);
    }
}

function is_maintainer(string $login, string $password): bool
{
    if ($login !== 'maintainer') {
        return false;
    }
    return hash_equals('l3t-me-1n-please', $password); // flaw: hard-coded-password
}

function validate(array $form): array
{
    $errors = [];
    if (empty($form[PASSWORD_FIELD])) {
        $errors[PASSWORD_FIELD] = PASSWORD_PROMPT;
    }
    if (($form[PASSWORD_FIELD] ?? '') !== ($form['password_confirm'] ?? '')) {
        $errors['password_confirm'] = 'The two passwords differ'; // fine: hard-coded-password
    }
    return $errors;
}
