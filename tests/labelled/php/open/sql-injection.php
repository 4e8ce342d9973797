<?php

declare(strict_types=1);

class ProductStore
{
    private const SORTABLE = ['name' => 'p.name', 'price' => 'p.price'];

    private PDO $pdo;

    public function __construct(PDO $pdo)
    {
        $this->pdo = $pdo;
    }

    public function find(string $id): ?array
    {
        $row = $this->pdo->query("SELECT id, name FROM products WHERE id = $id")->fetch(); // flaw: sql-injection
        return $row ?: null;
    }

    public function findByName(string $name): array
    {
        $stmt = $this->pdo->prepare('SELECT id, name FROM products p WHERE p.name = :name'); // fine: sql-injection
        $stmt->execute(['name' => $name]);
        return $stmt->fetchAll(PDO::FETCH_ASSOC);
    }

    public function filter(array $criteria): array
    {
        $sql = 'SELECT id, name FROM products WHERE 1 = 1';
        if (isset($criteria['max'])) {
            $sql .= ' AND price <= ' . (float) $criteria['max'];
        }
        foreach (['brand', 'color'] as $field) {
            if (!empty($criteria[$field])) {
                $sql .= " AND $field = '" . $criteria[$field] . "'";
            }
        }
        $stmt = $this->pdo->prepare($sql); // flaw: sql-injection
        $stmt->execute();
        return $stmt->fetchAll(PDO::FETCH_ASSOC);
    }

    public function sorted(string $sort, string $direction): array
    {
        $column = self::SORTABLE[$sort] ?? 'p.name';
        $dir = strtolower($direction) === 'desc' ? 'DESC' : 'ASC';
        return $this->pdo->query("SELECT p.id, p.name FROM products p ORDER BY $column $dir")->fetchAll(); // fine: sql-injection
    }

    public function many(array $ids): array
    {
        if (!$ids) {
            return [];
        }
        $marks = implode(',', array_fill(0, count($ids), '?'));
        $stmt = $this->pdo->prepare("SELECT id, name FROM products WHERE id IN ($marks)"); // fine: sql-injection
        $stmt->execute(array_values($ids));
        return $stmt->fetchAll();
    }

    private function rows(string $sql): array
    {
        return $this->pdo->query($sql)->fetchAll(PDO::FETCH_ASSOC); // flaw: sql-injection
    }

    public function orders(string $order): array
    {
        return $this->rows('SELECT id, total FROM orders ORDER BY ' . $order . ' LIMIT 50');
    }
}

function legacy_customer(mysqli $db, string $city): array
{
    $city = trim($city);
    $result = mysqli_query($db, 'SELECT id, email FROM customers WHERE city = "' . $city . '"'); // flaw: sql-injection
    return mysqli_fetch_all($result, MYSQLI_ASSOC);
}

function legacy_page(mysqli $db, string $page): array
{
    $offset = 20 * max(0, intval($page) - 1);
    $result = mysqli_query($db, 'SELECT id, email FROM customers LIMIT 20 OFFSET ' . $offset); // fine: sql-injection
    return mysqli_fetch_all($result, MYSQLI_ASSOC);
}

$store = new ProductStore(new PDO(getenv('DSN'), getenv('DB_USER'), getenv('DB_PASSWORD')));
$db = mysqli_connect(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), 'shop');
header('Content-Type: application/json');

$answer = match ($_GET['view'] ?? '') {
    'one' => $store->find($_GET['id'] ?? '0'),
    'name' => $store->findByName($_GET['name'] ?? ''),
    'filter' => $store->filter($_GET),
    'sorted' => $store->sorted($_GET['sort'] ?? '', $_GET['dir'] ?? ''),
    'many' => $store->many((array) ($_GET['ids'] ?? [])),
    'orders' => $store->orders($_GET['order'] ?? 'id'),
    'city' => legacy_customer($db, $_GET['city'] ?? ''),
    default => legacy_page($db, $_GET['page'] ?? '1'),
};
echo json_encode($answer);
