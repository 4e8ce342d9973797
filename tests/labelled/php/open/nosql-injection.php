<?php

declare(strict_types=1);

use MongoDB\BSON\ObjectId;
use MongoDB\Client;
use MongoDB\Collection;

final class TicketRepository
{
    public function __construct(private Collection $tickets)
    {
    }

    public function search(array $criteria): array
    {
        return $this->tickets->find($criteria, ['limit' => 50])->toArray(); // flaw: nosql-injection
    }

    public function byStatus(string $status): array
    {
        return $this->tickets->find(['status' => $status], ['limit' => 50])->toArray(); // fine: nosql-injection
    }

    public function olderThan(string $days): array
    {
        return $this->tickets->find(['$where' => 'this.ageDays > ' . $days])->toArray(); // flaw: nosql-injection
    }

    public function olderThanDays(int $days): array
    {
        return $this->tickets->find(['ageDays' => ['$gt' => $days]])->toArray(); // fine: nosql-injection
    }
}

$database = (new Client(getenv('MONGO_URL')))->selectDatabase('portal');
$repository = new TicketRepository($database->selectCollection('tickets'));
header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'login':
        $account = $database->accounts->findOne(['login' => $_POST['login'], 'pin' => $_POST['pin']]); // flaw: nosql-injection
        echo json_encode(['ok' => $account !== null]);
        break;

    case 'invite':
        $token = $_POST['token'] ?? null;
        if (!is_string($token)) {
            http_response_code(400);
            break;
        }
        $invite = $database->invites->findOne(['token' => $token]); // fine: nosql-injection
        echo json_encode(['ok' => $invite !== null]);
        break;

    case 'search':
        $criteria = ['archived' => false];
        foreach (['status', 'owner', 'priority'] as $field) {
            if (isset($_GET[$field])) {
                $criteria[$field] = $_GET[$field];
            }
        }
        echo json_encode($repository->search($criteria));
        break;

    case 'status':
        echo json_encode($repository->byStatus((string) ($_GET['status'] ?? 'open')));
        break;

    case 'old':
        $days = $_GET['days'] ?? '30';
        echo json_encode(empty($_GET['fast']) ? $repository->olderThan($days) : $repository->olderThanDays((int) $days));
        break;

    case 'ticket':
        try {
            $id = new ObjectId((string) ($_GET['id'] ?? ''));
        } catch (MongoDB\Driver\Exception\InvalidArgumentException $e) {
            http_response_code(404);
            break;
        }
        echo json_encode($database->tickets->findOne(['_id' => $id])); // fine: nosql-injection
        break;

    case 'close':
        $body = json_decode(file_get_contents('php://input'), true);
        $filter = ['open' => true];
        $filter['reference'] = $body['reference'];
        $result = $database->tickets->updateMany($filter, ['$set' => ['open' => false]]); // flaw: nosql-injection
        echo json_encode(['closed' => $result->getModifiedCount()]);
        break;
}
