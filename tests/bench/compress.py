#!/usr/bin/env python3
"""Holds `peer compress --level signatures` against Universal Ctags, ast-grep outline and repomix; see ci/measure-compress.

compress.py PEER FOLDER [LANGUAGE..]

A name counts as kept where the digest shows the line that ctags gives, and the name on it. Times are of the whole process
on the same files: CPU is user and system time, the least of three runs; the wall time is what a person waits, with as many
threads as the program takes by itself.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

PEER, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
AST_GREP, REPOMIX = os.environ.get("AST_GREP", ""), os.environ.get("REPOMIX", "")
MOST_FILES, MOST_BYTES, LARGEST = 300, 4_000_000, 300_000

# language, as ctags calls it, endings, repositories
SUBJECTS = [
    ("c", "C", ".c .h", ["redis/redis", "libgit2/libgit2"]),
    ("cpp", "C++", ".cc .cpp .h .hpp", ["fmtlib/fmt", "catchorg/Catch2"]),
    ("csharp", "C#", ".cs", ["JamesNK/Newtonsoft.Json"]),
    ("go", "Go", ".go", ["gin-gonic/gin", "gohugoio/hugo"]),
    ("java", "Java", ".java", ["google/gson", "apache/commons-lang"]),
    ("javascript", "JavaScript", ".js", ["expressjs/express", "eslint/eslint"]),
    ("php", "PHP", ".php", ["laravel/framework"]),
    ("python", "Python", ".py", ["celery/celery", "pallets/flask"]),
    ("ruby", "Ruby", ".rb", ["sinatra/sinatra", "rails/rails"]),
    ("rust", "Rust", ".rs", ["BurntSushi/ripgrep", "tokio-rs/tokio"]),
    ("typescript", "TypeScript", ".ts", ["vuejs/core"]),
]
CALLABLES = {"function", "func", "method", "singletonMethod", "generator", "getter", "setter", "constructor"}
TYPES = {"class", "struct", "interface", "trait", "enum", "union", "typedef", "type", "talias", "alias"}
# minified and generated code, and files written to be wrong
NOT_EVERYDAY = re.compile(r"\.min\.|/vendor/|/third_party/|/deps/|/node_modules/|/testdata/|/fixtures/|/extern/|/bundled/")


def run(command, folder):
    """What `command` prints, the processor time it took, and the time that passed."""
    with tempfile.TemporaryFile() as out:
        began = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if child.returncode not in (0, 3):
        sys.exit(f"{command[:4]} ended with {child.returncode}")
    return text, usage.ru_utime + usage.ru_stime, wall


def fastest(count, command, folder):
    """The least processor time and the least time of `count` runs."""
    all_runs = [run(command, folder) for _ in range(count)]
    return min(each[1] for each in all_runs), min(each[2] for each in all_runs)


def clone(repository):
    folder = os.path.join(FOLDER, repository.replace("/", "+"))
    if not os.path.isdir(folder):
        subprocess.run(["git", "clone", "-q", "--depth", "1", f"https://github.com/{repository}", folder], check=True)
    return folder


def sample(repositories, endings, into):
    """Copies files from all over the repositories; the same ones on every run."""
    found = []
    for repository in repositories:
        root = clone(repository)
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith(tuple(endings.split())) and not os.path.islink(path) and not NOT_EVERYDAY.search(path) and 0 < os.path.getsize(path) <= LARGEST:
                    found.append((repository.replace("/", "+") + path[len(root):], path))
    found.sort()
    count, taken = min(len(found), MOST_FILES), 0
    for i in range(count):
        name, path = found[i * len(found) // count]
        taken += os.path.getsize(path)
        if taken > MOST_BYTES:
            break
        target = os.path.join(into, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(path, target)


def plain(name):
    name = name.replace(" ", "").lstrip("#")
    return name if name.startswith("operator") else name.rsplit("::", 1)[-1]


def is_claimed(language, tag):
    kind, name = tag.get("kind"), tag.get("name", "")
    if kind == "member" and language == "python" or kind == "module" and language == "ruby":
        return True
    if kind not in CALLABLES | TYPES or name.startswith(("__anon", "Anonymous")):
        return False
    if kind == "alias" and language not in ("typescript", "ruby"):
        return False
    if language == "ruby" and kind == "alias":
        return False
    if language == "javascript" and kind == "class":  # it calls any function with members a class
        return re.search(r"\b(class|function) " + re.escape(name), tag.get("pattern", "")) is not None
    return True


def tags_of(language, ctags_name, folder):
    out, _, _ = run(["ctags", "--options=NONE", "--output-format=json", "--fields=+nKS", f"--language-force={ctags_name}", "-R", "-f", "-", "."], folder)
    for line in out.splitlines():
        tag = json.loads(line)
        if is_claimed(language, tag):
            yield os.path.normpath(tag["path"]), tag["line"], plain(tag["name"])


def measure(language, ctags_name, endings, repositories):
    with tempfile.TemporaryDirectory() as folder:
        sample(repositories, endings, folder)
        command = [PEER, "compress", ".", "--level", "signatures", "--format", "json", "--generated", "--vendored"]
        out, _, _ = run(command, folder)
        cpu, _ = fastest(3, command + ["-j1"], folder)
        _, wall = fastest(3, command, folder)
        result = json.loads(out)
        shown = {}
        for file in result["files"]:
            for line, text in zip(file["line_map"], file["text"].split("\n")):
                shown.setdefault((file["path"], line), []).append(text.replace(" ", ""))
        tags = sorted(set(tags_of(language, ctags_name, folder)))
        missed = [tag for tag in tags if not any(tag[2] in text for text in shown.get(tag[:2], []))]
        for path, line, name in missed if os.environ.get("MISSED") else []:
            print(f"missed {language} {path}:{line} {name}", file=sys.stderr)
        total = result["total"]
        row = {"files": total["files"], "names": len(tags), "missed": len(missed), "before": total["tokens_before"], "after": total["tokens_after"], "cpu": cpu, "wall": wall}
        if AST_GREP:
            row["outline"], _ = fastest(3, [AST_GREP, "outline", ".", "--items", "all"], folder)
        if REPOMIX:
            row["repomix"], row["repomix_wall"] = fastest(1, [REPOMIX, "--compress", "--no-git-sort-by-changes", "--quiet", "-o", "packed.xml"], folder)
        return row


def ratio(row, key, to):
    return f"{row[key] / row[to]:.1f} x" if key in row else "-"


def main():
    rows = {}
    for subject in SUBJECTS:
        if len(sys.argv) < 4 or subject[0] in sys.argv[3:]:
            rows[subject[0]] = measure(*subject)
            print(subject[0], rows[subject[0]], file=sys.stderr)
    rows["all"] = {key: sum(row[key] for row in rows.values()) for key in next(iter(rows.values()))}
    print("| Language | Files | Names | Kept | Tokens before | After | Share | CPU | ast-grep outline's CPU | repomix's CPU | repomix's time |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for language, row in rows.items():
        kept, share = 1 - row["missed"] / row["names"], row["after"] / row["before"]
        print(f"| {language} | {row['files']} | {row['names']:,} | {100 * kept:.2f} % | {row['before']:,} | {row['after']:,} | {100 * share:.1f} % | {row['cpu']:.2f} s | "
              f"{ratio(row, 'outline', 'cpu')} | {ratio(row, 'repomix', 'cpu')} | {ratio(row, 'repomix_wall', 'wall')} |")


if __name__ == "__main__":
    main()
