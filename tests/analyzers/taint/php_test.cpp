#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

const Sample kSamples[] = {
    {"a source", "sink(source());", Expected::tainted},
    {"a literal", "sink('x');", Expected::constant},
    {"a parameter", "sink($p);", Expected::variable},
    {"a number", "sink($n);", Expected::constant},
    {"an assignment", "$a = source(); $b = $a; sink($b);", Expected::tainted},
    {"overwritten", "$a = source(); $a = 'x'; sink($a);", Expected::constant},
    {"a dot", "sink('x' . source());", Expected::tainted},
    {"a dot of constants", "$a = 'x'; sink($a . 'y');", Expected::constant},
    {"a dot later", "$a = 'x'; $a .= source(); sink($a);", Expected::tainted},
    {"in a text", "$a = source(); sink(\"x $a\");", Expected::tainted},
    {"in braces", "$a = source(); sink(\"x {$a['k']}\");", Expected::tainted},
    {"a text of constants", "$a = 'y'; sink(\"x $a\");", Expected::constant},
    {"heredoc", "$a = source(); sink(<<<SQL\nselect $a\nSQL\n);", Expected::tainted},
    {"heredoc without holes", "sink(<<<SQL\nselect\nSQL\n);", Expected::constant},
    {"sprintf", "sink(sprintf('%s', source()));", Expected::tainted},
    {"sprintf of constants", "sink(sprintf('%s', 'x'));", Expected::constant},
    {"implode", "sink(implode(',', [source()]));", Expected::tainted},
    {"a number of it", "sink((int) source());", Expected::constant},
    {"intval", "sink('x' . intval(source()));", Expected::constant},
    {"an array", "$a = ['k' => source(), 'j' => 'x']; sink($a['j']);", Expected::constant},
    {"an array's other element", "$a = ['k' => source(), 'j' => 'x']; sink($a['k']);",
     Expected::tainted},
    {"array()", "$a = array(source(), 'x'); sink($a[1]);", Expected::constant},
    {"an appended element", "$a = []; $a[] = source(); sink($a);", Expected::tainted},
    {"list", "[$a, $b] = [source(), 'x']; sink($a);", Expected::tainted},
    {"list the other", "[$a, $b] = [source(), 'x']; sink($b);", Expected::constant},
    {"a ternary", "sink($p ? source() : 'x');", Expected::tainted},
    {"a short ternary", "sink(source() ?: 'x');", Expected::tainted},
    {"coalesce", "sink(source() ?? 'x');", Expected::tainted},
    {"if", "if ($p) { $a = source(); } else { $a = 'x'; } sink($a);", Expected::tainted},
    {"elseif", "if ($p) { $a = 'y'; } elseif ($n) { $a = source(); } else { $a = 'x'; } sink($a);",
     Expected::tainted},
    {"if with colons", "if ($p): $a = source(); else: $a = 'x'; endif; sink($a);",
     Expected::tainted},
    {"in_array", "$a = source(); if (!in_array($a, ['x', 'y'])) { die(); } sink($a);",
     Expected::constant},
    {"in_array of a constant", "$a = source(); if (in_array($a, ALLOWED, true)) sink($a);",
     Expected::constant},
    {"exit", "$a = source(); if ($a !== 'x') { exit; } sink($a);", Expected::constant},
    {"is_numeric", "$a = source(); if (is_numeric($a)) { sink($a); }", Expected::constant},
    {"preg_match", "$a = source(); if (!preg_match('/^[a-z]+$/', $a)) { return; } sink($a);",
     Expected::constant},
    {"foreach", "foreach (source() as $a) { sink($a); }", Expected::tainted},
    {"foreach with a key", "foreach (source() as $k => $a) { sink($k); }", Expected::tainted},
    {"foreach over constants", "foreach (['x', 'y'] as $a) { sink($a); }", Expected::constant},
    {"for", "$a = 'x'; for ($i = 0; $i < 3; $i++) { sink($a); $a = source(); }", Expected::tainted},
    {"while", "while ($a = source()) { sink($a); }", Expected::tainted},
    {"switch", "switch ($p) { case 1: $a = source(); break; default: $a = 'x'; } sink($a);",
     Expected::tainted},
    {"switch on itself", "$a = source(); switch ($a) { case 'x': sink($a); }", Expected::constant},
    {"match", "$a = match ($p) { 'a' => source(), default => 'x' }; sink($a);", Expected::tainted},
    {"match of constants", "$a = match (source()) { 'a' => 'y', default => 'x' }; sink($a);",
     Expected::constant},
    {"try", "try { $a = source(); } catch (E $e) { $a = 'x'; } sink($a);", Expected::tainted},
    {"a member", "sink($this->a);", Expected::tainted},
    {"a constant member", "sink($this->b);", Expected::constant},
    {"a class constant", "sink(self::LIMIT . A::LIMIT);", Expected::constant},
    {"a static member", "sink(self::$s);", Expected::constant},
    {"a member set here", "$this->b = source(); sink($this->b);", Expected::tainted},
    {"a method of the class", "sink($this->same(source()));", Expected::tainted},
    {"a static method", "sink(self::other(source()));", Expected::constant},
    {"a closure", "$a = source(); $g = function () use ($a) { sink($a); };", Expected::tainted},
    {"an arrow function", "$a = source(); $g = fn() => sink($a);", Expected::tainted},
    {"an object made of it", "sink(new File(source()));", Expected::tainted},
    {"an object with a setter", "$o = new O(); $o->setName(source()); sink($o);",
     Expected::tainted},
    {"silenced", "sink(@source());", Expected::tainted},
    {"a reference", "$a = source(); $b = &$a; sink($b);", Expected::tainted},
};

TEST(PhpTaint, JudgesEveryConstruct) {
  judge_all("php", "a.php", kSamples,
            "<?php\nclass A {\n  const LIMIT = 'x';\n  private $a;\n  private $b = 'x';\n  private "
            "static $s = 'y';\n  function __construct() { $this->a = source(); }\n  function "
            "same($x) { return 'a' . $x; }\n  static function other($x) { return 'a'; }\n  "
            "function f($p, int $n) {\n",
            "\n  }\n}\n");
}

}  // namespace
}  // namespace peer::taint
