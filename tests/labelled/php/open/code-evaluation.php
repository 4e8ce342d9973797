<?php

declare(strict_types=1);

final class RuleEngine
{
    /** @var string[] */
    private array $rules = [];

    public function add(string $expression): self
    {
        $this->rules[] = $expression;
        return $this;
    }

    public function matches(array $record): bool
    {
        foreach ($this->rules as $rule) {
            if (!eval('return ' . $rule . ';')) { // flaw: code-evaluation
                return false;
            }
        }
        return true;
    }
}

final class Reports
{
    public function daily(): array
    {
        return ['kind' => 'daily'];
    }

    public function weekly(): array
    {
        return ['kind' => 'weekly'];
    }
}

const COMPARE = ['lt' => '<', 'gt' => '>', 'eq' => '==='];

header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'calc':
        echo json_encode(eval('return ' . $_GET['expr'] . ';')); // flaw: code-evaluation
        break;

    case 'area':
        $w = (float) ($_GET['w'] ?? 0);
        $h = (float) ($_GET['h'] ?? 0);
        echo json_encode(eval("return $w * $h;")); // fine: code-evaluation
        break;

    case 'rules':
        $engine = new RuleEngine();
        foreach ((array) ($_POST['rules'] ?? []) as $rule) {
            $engine->add($rule);
        }
        echo json_encode($engine->matches(['age' => 30]));
        break;

    case 'compare':
        $op = COMPARE[$_GET['op'] ?? ''] ?? '===';
        $x = (int) ($_GET['x'] ?? 0);
        $y = (int) ($_GET['y'] ?? 0);
        echo json_encode(eval('return ' . $x . ' ' . $op . ' ' . $y . ';')); // fine: code-evaluation
        break;

    case 'apply':
        $function = $_GET['function'];
        $values = array_map('strval', (array) ($_GET['values'] ?? []));
        if (function_exists($function)) {
            echo json_encode(call_user_func_array($function, $values)); // flaw: code-evaluation
        }
        break;

    case 'text':
        $function = $_GET['function'] ?? 'trim';
        if (!in_array($function, ['trim', 'strtolower', 'strrev'], true)) {
            http_response_code(400);
            break;
        }
        echo json_encode(call_user_func($function, (string) ($_GET['value'] ?? ''))); // fine: code-evaluation
        break;

    case 'sort':
        $rows = json_decode(file_get_contents('php://input'), true);
        $comparator = 'strcmp';
        if (!empty($_GET['by'])) {
            $comparator = $_GET['by'];
        }
        usort($rows, $comparator); // flaw: code-evaluation
        echo json_encode($rows);
        break;

    case 'report':
        $reports = new Reports();
        $method = ($_GET['period'] ?? '') === 'week' ? 'weekly' : 'daily';
        echo json_encode($reports->$method()); // fine: code-evaluation
        break;
}
