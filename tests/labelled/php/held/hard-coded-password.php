<?php

declare(strict_types=1);

namespace App\Connections;

use Doctrine\DBAL\Connection;
use Doctrine\DBAL\DriverManager;
use MongoDB\Client as MongoClient;
use PHPMailer\PHPMailer\PHPMailer;
use PhpAmqpLib\Connection\AMQPSSLConnection;
use phpseclib3\Net\SFTP;
use Redis;

final class ConnectionFactory
{
    private const MASK = '********'; // fine: hard-coded-password
    private const ROOT_PW = 'Gr4nite-Falls-2020'; // flaw: hard-coded-password

    private array $broker = ['host' => 'mq.internal', 'user' => 'worker'];

    private function secret(string $name): string
    {
        return trim((string) file_get_contents('/run/secrets/' . basename($name)));
    }

    public function inventory(): Connection
    {
        return DriverManager::getConnection([
            'driver' => 'pdo_pgsql',
            'host' => 'inventory.internal',
            'user' => 'inventory',
            'password' => $this->secret('inventory_password'), // fine: hard-coded-password
        ]);
    }

    public function ledger(): Connection
    {
        $params = ['driver' => 'pdo_mysql', 'host' => 'ledger.internal', 'user' => 'ledger'];
        $params['password'] = 'led-9931-ger'; // flaw: hard-coded-password
        return DriverManager::getConnection($params);
    }

    public function documents(): MongoClient
    {
        return new MongoClient('mongodb://docs:d0cs-R3ad3r@mongo.internal/documents'); // flaw: hard-coded-password
    }

    public function archive(): MongoClient
    {
        $options = ['username' => 'archive', 'password' => $_ENV['ARCHIVE_PASSWORD'] ?? null]; // fine: hard-coded-password
        return new MongoClient('mongodb://mongo.internal/archive', $options);
    }

    public function cache(): Redis
    {
        $redis = new Redis();
        $redis->connect('tls://cache.internal', 6380);
        $redis->auth('r3d1s-M4rket-88'); // flaw: hard-coded-password
        return $redis;
    }

    public function mailer(): PHPMailer
    {
        $mailer = new PHPMailer(true);
        $mailer->isSMTP();
        $mailer->Host = 'smtp.example.com';
        $mailer->SMTPSecure = PHPMailer::ENCRYPTION_SMTPS;
        $mailer->Username = 'noreply@example.com';
        $mailer->Password = 'n0reply-Harbor-12'; // flaw: hard-coded-password
        return $mailer;
    }

    public function newsletter(string $password): PHPMailer
    {
        $mailer = new PHPMailer(true);
        $mailer->isSMTP();
        $mailer->SMTPSecure = PHPMailer::ENCRYPTION_SMTPS;
        $mailer->Password = $password; // fine: hard-coded-password
        return $mailer;
    }

    public function broker(): AMQPSSLConnection
    {
        $settings = $this->broker + ['password' => $this->secret('broker')];
        return new AMQPSSLConnection($settings['host'], 5671, $settings['user'], $settings['password']);
    }

    public function dropbox(): SFTP
    {
        $sftp = new SFTP('sftp.example.com');
        $sftp->login('root', self::ROOT_PW);
        return $sftp;
    }

    public function describe(array $params): array
    {
        return array_replace($params, ['password' => self::MASK]); // fine: hard-coded-password
    }
}
