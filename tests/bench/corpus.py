#!/usr/bin/env python3
"""Makes the repositories that ci/bench measures on: the same bytes on every machine.

corpus.py FOLDER [WORD..]   makes those of `audit`, `change`, `wide`, `long` and `large` that are named (default: all)

Each is a repository under FOLDER: C in the shape that people write (includes, comments, structures, functions with
branches and strings). `audit` has its files in a work tree beside it too, for programs that read plain files.
"""
import os
import random
import shutil
import subprocess
import sys

WORDS = ("buffer queue frame socket timer index cache entry block node packet session stream table token record "
         "handle state cursor limit offset window page bucket region channel device driver").split()
VERBS = "read write open close find insert remove flush check parse update reset count copy merge push pop init".split()
TYPES = ("int", "unsigned", "size_t", "long", "uint32_t", "char *", "const char *")
HEAD = "/*\n * {0}: keeps the {1}s of one {2} in order.\n *\n * Callers hold the lock of the {2}.\n */\n"


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def word(self):
        return self.random.choice(WORDS)

    def name(self):
        return f"{self.random.choice(VERBS)}_{self.word()}"

    def value(self):
        pick = self.random.random
        if pick() < 0.4:
            return str(self.random.randrange(256))
        return f"self->{self.word()}" if pick() < 0.5 else f"{self.word()}_{self.word()}"

    def condition(self):
        first = f"{self.value()} {self.random.choice(['<', '>', '==', '!=', '<=', '>='])} {self.value()}"
        if self.random.random() < 0.3:
            return f"{first} {self.random.choice(['&&', '||'])} !{self.name()}(self, {self.value()})"
        return first

    def statement(self, depth):
        pad = "\t" * depth
        kind = self.random.randrange(12 if depth < 4 else 8)
        if kind < 2:
            return [f"{pad}self->{self.word()} = {self.value()} + {self.value()};"]
        if kind < 4:
            return [f"{pad}{self.name()}(self, {self.value()}, {self.value()});"]
        if kind == 4:
            return [f"{pad}/* the {self.word()} may have moved since the last {self.word()} was taken */"]
        if kind == 5:
            return [f'{pad}log_debug("%s: {self.word()} %d of {self.word()} is %u\\n", __func__, {self.value()}, {self.value()});']
        if kind == 6:
            return [f"{pad}{self.word()}_{self.word()} = ({self.random.choice(TYPES)}) {self.name()}(&self->{self.word()}[{self.value()}]);"]
        if kind == 7:
            return [f"{pad}self->{self.word()}.{self.word()} |= 0x{self.random.randrange(65536):04x};"]
        if kind < 10:
            lines = [f"{pad}if ({self.condition()}) {{", *self.block(depth + 1)]
            if self.random.random() < 0.3:
                lines += [f"{pad}}} else {{", *self.block(depth + 1)]
            return [*lines, f"{pad}}}"]
        if kind == 10:
            return [f"{pad}for (i = 0; i < {self.value()}; i++) {{", *self.block(depth + 1), f"{pad}}}"]
        return [f"{pad}while ({self.condition()}) {{", *self.block(depth + 1), f"{pad}}}"]

    def block(self, depth):
        return [line for _ in range(self.random.randrange(1, 4)) for line in self.statement(depth)]

    def function(self):
        name = self.name()
        lines = [f"/* Gives the {self.word()} of `self`, or -1 when its {self.word()} is gone. */",
                 f"static int {name}(struct {self.word()} *self, {self.random.choice(TYPES)} {self.word()}, int flags)", "{",
                 "\tint i;", f"\t{self.random.choice(TYPES)} {self.word()}_{self.word()} = 0;", ""]
        for _ in range(self.random.randrange(2, 7)):
            lines += self.statement(1)
        return [*lines, f"\treturn {self.value()};", "}", ""]

    def structure(self):
        fields = [f"\t{self.random.choice(TYPES)} {self.word()};" for _ in range(self.random.randrange(3, 9))]
        return [f"struct {self.word()}_{self.word()} {{", *fields, "};", ""]

    def file(self, size):
        lines = [HEAD.format(self.name(), self.word(), self.word())]
        lines += [f"#include <{self.word()}.h>" for _ in range(4)] + [f'#include "{self.word()}/{self.word()}.h"', ""]
        lines += self.structure()
        length = sum(map(len, lines))
        while length < size:
            more = self.function() if self.random.random() < 0.9 else self.structure()
            lines += more
            length += sum(map(len, more)) + len(more)
        return "\n".join(lines) + "\n"

    def lines(self, count):
        out = ["int table[] = {"]
        out += [f"\t{self.random.randrange(1 << 30)}, /* {self.word()} */" for _ in range(count - 2)]
        return "\n".join([*out, "};"]) + "\n"


def one_line_edited(text, random_):
    """`text` with one number changed somewhere in its middle."""
    lines = text.split("\n")
    places = [i for i in range(len(lines) // 4, len(lines)) if "return " in lines[i] or "= " in lines[i]]
    i = random_.choice(places or [len(lines) // 2])
    lines[i] = lines[i].replace(";", " + 7;", 1) if ";" in lines[i] else lines[i].replace(",", "1,", 1)
    return "\n".join(lines)


class History:
    """A bare repository, written commit by commit in git's import format."""

    def __init__(self, path):
        shutil.rmtree(path, ignore_errors=True)
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path], check=True)
        self.git = subprocess.Popen(["git", f"--git-dir={path}", "fast-import", "--quiet"], stdin=subprocess.PIPE)
        self.path, self.commits = path, 0

    def commit(self, files):
        self.commits += 1
        put = self.git.stdin.write
        put(b"commit refs/heads/main\ncommitter Bench <bench@example.org> %d +0000\ndata 6\nchange\n" % (1_700_000_000 + self.commits))
        for path, text in files:
            data = text.encode()
            put(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))

    def close(self):
        self.git.stdin.close()
        if self.git.wait() != 0:
            sys.exit("git fast-import failed")


def folder_path(i):
    n = len(WORDS)
    return f"{WORDS[i % n]}/{WORDS[i // n % n]}/{WORDS[i // (n * n) % n]}_{i}.c"


def tree(path, files, size, edited):
    """A first commit of `files` files of about `size` bytes, a second one that edits a line in each of `edited`."""
    history = History(path)
    names = [folder_path(i) for i in range(files)]
    text_of = lambda i: Writer(i).file(size // 2 + (i * 7919) % size)
    history.commit((names[i], text_of(i)) for i in range(files))
    if edited:
        history.commit((names[i], one_line_edited(text_of(i), random.Random(i))) for i in range(0, files, files // edited))
    history.close()


def audit(folder):
    tree(f"{folder}/audit", 300, 35_000, 0)
    shutil.rmtree(f"{folder}/audit-files", ignore_errors=True)
    os.mkdir(f"{folder}/audit-files")
    subprocess.run(["git", f"--git-dir={folder}/audit", f"--work-tree={folder}/audit-files", "checkout", "-q", "main", "--", "."],
                   check=True)


def change(folder):
    tree(f"{folder}/change", 5000, 8_000, 20)


def wide(folder):
    tree(f"{folder}/wide", 5000, 3_000, 5000)


def long(folder):
    history = History(f"{folder}/long")
    text = Writer(1).lines(1_000_000)
    history.commit([("table.c", text)])
    history.commit([("table.c", one_line_edited(text, random.Random(1)))])
    history.close()


def large(folder):
    tree(f"{folder}/large", 20_000, 10_000, 0)


def main():
    makers = {make.__name__: make for make in (audit, change, wide, long, large)}
    folder, *names = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    os.environ.update(GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null")
    for name in names or makers:
        makers[name](folder)


if __name__ == "__main__":
    main()
