#!/usr/bin/env python3
"""Runs ast-grep and Peer with the same rules on the same files and compares what they find.

compare.py PEER [short] [LANGUAGE..]    PEER_DIFFERENTIAL_CODE=FOLDER: code to take first

Compared are (rule, file, byte range, replaced range, replacement). Differences that are known stand in known.txt with their
reason; any other ends the program with 1. Each language's rules run on that language's files.

The two carry different versions of grammars and of tree-sitter, which go on differently after text that is not of the language.
So the ERROR nodes are compared too: where they differ the file has two trees, and its differences are counted as known.
"""
import collections
import fnmatch
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Where packages that ci/setup --tests installs keep code; the first bytes of each language come from the first folders.
PLACES = {
    "bash": ([".sh"], ["/usr/share", "/usr/lib/git-core", "/etc"]),
    "c": ([".c"], ["/usr/share", "/usr/src", "node_modules"]),
    "cpp": ([".cc", ".cpp", ".hpp"], ["node_modules", "/usr/include/c++", "/usr/include/boost", "/usr/include"]),
    "csharp": ([".cs"], ["tests/tools/node_modules"]),
    "css": ([".css"], ["tests/tools/node_modules", "node_modules", "/usr/share"]),
    "go": ([".go"], ["/usr/share/go", "/usr/share/go-1.19/src", "/usr/lib/go"]),
    "html": ([".html"], ["tests/tools/node_modules", "node_modules", "/usr/share/doc"]),
    "java": ([".java"], ["tests/tools/node_modules", "node_modules"]),
    "javascript": ([".js"], ["tests/tools/node_modules", "node_modules"]),
    "json": ([".json"], ["node_modules", "tests/tools/node_modules"]),
    "kotlin": ([".kt"], ["tests/tools/node_modules", "node_modules"]),
    "lua": ([".lua"], ["/usr/share"]),
    "php": ([".php"], ["/usr/share/php"]),
    "python": ([".py"], ["/usr/lib/python3", "/usr/lib"]),
    "ruby": ([".rb"], ["/usr/lib/ruby", "/usr/share/ruby"]),
    "rust": ([".rs"], ["/usr/src", "/usr/lib/rustlib/src"]),
    "scala": ([".scala"], ["node_modules"]),
    "swift": ([".swift"], ["node_modules", "tests/tools/node_modules"]),
    "tsx": ([".tsx"], ["node_modules", "tests/tools/node_modules"]),
    "typescript": ([".ts"], ["tests/tools/node_modules", "node_modules"]),
    "yaml": ([".yml", ".yaml"], ["node_modules", "tests/tools/node_modules"]),
}
# A folder of other code, which comes first: packages hold little of some languages.
GIVEN = [os.path.abspath(os.environ["PEER_DIFFERENTIAL_CODE"])] if "PEER_DIFFERENTIAL_CODE" in os.environ else []
FULL, SHORT = 3_000_000, 60_000  # bytes of each language
LARGEST = 400_000  # of one file


def reference():
    for folder in (ROOT / "tests/tools/node_modules", pathlib.Path(os.environ.get("PEER_AST_GREP", "/nonexistent"))):
        for program in sorted(folder.glob("@ast-grep/cli-*/ast-grep")):
            return str(program)
    sys.exit("ast-grep is not installed: run ci/setup --tests")


def sources(language, limit):
    """Files of a language, the same on every run with the same packages."""
    endings, places = PLACES[language]
    total, seen = 0, set()
    for place in GIVEN + places:
        for folder, folders, names in os.walk(ROOT / place):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not name.endswith(tuple(endings)) or os.path.islink(path):
                    continue
                data = open(path, "rb").read(LARGEST + 1)
                if not data or len(data) > LARGEST or b"\0" in data or data in seen:
                    continue
                try:
                    data.decode("utf-8")
                except UnicodeDecodeError:
                    continue  # the reference refuses such files
                seen.add(data)
                total += len(data)
                yield name, data
                if total >= limit:
                    return


def write_corpus(language, folder, limit):
    """Copies under short names; gives the number of bytes."""
    total = 0
    own = HERE / "sources"
    for path in sorted(own.glob(f"{language}.*")):
        shutil.copy(path, folder / f"own-{path.name}")
        total += path.stat().st_size
    for number, (name, data) in enumerate(sources(language, limit)):
        (folder / f"{number:04}{pathlib.Path(name).suffix}").write_bytes(data)
        total += len(data)
    return total


Found = collections.namedtuple("Found", "rule file start end fix_start fix_end text")


def by_reference(program, rules, folder):
    run = subprocess.run([program, "scan", "--rule", rules, "--json=stream", "--error=unused-suppression", "--no-ignore", "vcs", "--no-ignore", "hidden", "."],
                         cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1) or (run.stderr and "error" in run.stderr.lower().split("\n")[0] and not run.stdout):
        sys.exit(f"ast-grep ended with {run.returncode}: {run.stderr}")
    out = set()
    for line in run.stdout.splitlines():
        match = json.loads(line)
        at, fix = match["range"]["byteOffset"], match.get("replacementOffsets")
        out.add(Found(match["ruleId"], match["file"].removeprefix("./"), at["start"], at["end"], fix["start"] if fix else None,
                      fix["end"] if fix else None, match.get("replacement")))
    return out


def by_peer(program, rules, folder):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PEER_PARSE_MAX_BYTES": "16M", "PEER_PARSE_BUDGET_MS": "60000"}
    run = subprocess.run([program, "review", ".", "--rules", rules, "--only-rules", "--format", "json", "--filter", "all", "--no-cache",
                          "--min-severity", "hint", "--min-confidence", "0", "--isolate", "never", "--no-baseline",
                          "--error=unused-suppression"],
                         cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"peer ended with {run.returncode}: {run.stderr}")
    if run.stderr:
        sys.exit(f"peer complains: {run.stderr}")
    out = set()
    report = json.loads(run.stdout)
    for finding in report["findings"]:
        edit = (finding.get("fix") or {"edits": [None]})["edits"][0]
        out.add(Found(finding["rule"], finding["path"], finding["span"]["begin"], finding["span"]["end"],
                      edit["span"]["begin"] if edit else None, edit["span"]["end"] if edit else None, edit["text"] if edit else None))
    return out


ERRORS = "error-nodes"  # the id of the rule that finds them


def with_errors(rules, folder):
    """A copy of the rules with one more that finds ERROR nodes."""
    text = rules.read_text()
    language = re.search(r"^language: (.*)$", text, re.M).group(1)
    copy = folder / "rules.yaml"
    copy.write_text(f"{text.rstrip()}\n---\nid: {ERRORS}\nlanguage: {language}\nrule: {{kind: ERROR}}\n")
    return str(copy)


def refused_of_the_pack(program):
    """Rules of the built-in pack that the reference does not take, with its reasons."""
    def run(path):
        return subprocess.run([program, "scan", "--rule", str(path), "/dev/null"], capture_output=True, text=True, check=False)
    for language in sorted(path for path in (ROOT / "analyzers/pack").iterdir() if path.is_dir()):
        files = [path for path in sorted(language.glob("*.yml")) if path.name != "sets.yml"]
        with tempfile.TemporaryDirectory() as name:
            together = pathlib.Path(name) / "pack.yml"
            together.write_text("\n---\n".join(path.read_text() for path in files))
            if run(together).returncode in (0, 1):
                continue
        for path in files:
            answer = run(path)
            if answer.returncode not in (0, 1):
                yield f"{path.relative_to(ROOT)}: {' '.join(answer.stderr.split())[-200:]}"


def known():
    rows = []
    for line in (HERE / "known.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            rule, reason = line.split(None, 1)
            rows.append((rule, reason))
    return rows


def main():
    peer, short = os.path.abspath(sys.argv[1]), "short" in sys.argv[2:]
    only = [word for word in sys.argv[2:] if word != "short"]
    program, excuses = reference(), known()
    bad = total = matches = rules_seen = 0
    for refused in refused_of_the_pack(program):
        print(f"ast-grep refuses {refused}")
        bad += 1
    for language in sorted(PLACES):
        if only and language not in only:
            continue
        with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as apart:
            folder = pathlib.Path(name)
            size = write_corpus(language, folder, SHORT if short else FULL)
            rules = with_errors(HERE / "rules" / f"{language}.yml", pathlib.Path(apart))
            theirs, ours = by_reference(program, rules, folder), by_peer(peer, rules, folder)
            files = sum(1 for _ in folder.iterdir())
            two_trees = {f.file for f in theirs ^ ours if f.rule == ERRORS}
            theirs, ours = ({f for f in found if f.rule != ERRORS} for found in (theirs, ours))
            total += size
            matches += len(theirs)
            different = sorted(theirs ^ ours, key=lambda f: (f.rule, f.file, f.start, f.end, f.text or ""))
            excused = [f for f in different if f.file in two_trees or any(fnmatch.fnmatch(f.rule, rule) for rule, _ in excuses)]
            hit = len({f.rule for f in theirs})
            rules_seen += hit
            print(f"{language:<11} {size / 1e6:5.2f} MB  {len(theirs):6} matches of {hit:2} rules  {len(different) - len(excused):5} differences  {len(excused):4} known in {len({f.file for f in excused})} of {files} files")
            for found in [f for f in different if f not in excused][:6]:
                side = "only ast-grep" if found in theirs else "only peer"
                text = (folder / found.file).read_bytes()[found.start:found.end][:90].decode(errors="replace")
                print(f"    {side}: {found.rule} {found.file}:{found.start}-{found.end} {text!r} -> [{found.fix_start},{found.fix_end}) {(found.text or '')[:90]!r}")
            bad += len(different) - len(excused)
    print(f"{total / 1e6:.1f} MB, {rules_seen} rules matched, {matches} matches, {bad} differences")
    sys.exit(1 if bad or not matches else 0)


if __name__ == "__main__":
    main()
