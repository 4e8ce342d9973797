#!/usr/bin/env python3
"""Compares Peer's rule engine with `ast-grep scan`: whole processes, same rules, same files, in turn.

rules.py PEER [20|200] [LANGUAGE..]
rules.py PEER growth [LANGUAGE..]     only what 200 rules cost us over 20

Rules are those of the built-in pack without our metadata, filled up with calls of made-up functions: 20 and 200 for each
language, or only one of the two: the reference needs minutes for some sets of 200. Files are real code from the packages that
ci/setup --tests installs, or the repository PEER_RULES_CODE/LANGUAGE. Cold: no cache; warm: nothing changed since the run before.
"""
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "differential"))
import compare  # noqa: E402

ROOT = compare.ROOT
LANGUAGES = {"c": "C", "cpp": "Cpp", "go": "Go", "java": "Java", "javascript": "JavaScript", "typescript": "TypeScript",
             "python": "Python"}
BYTES, PAIRS = 6_000_000, 5


def without_metadata(text):
    """A rule of the pack as the reference reads it: keys at the margin, `metadata` and what is below it left out."""
    out, skipping = [], False
    for line in text.splitlines():
        if line and not line[0].isspace():
            skipping = line.startswith("metadata:")
        if not skipping:
            out.append(line)
    return "\n".join(out)


def rules_of(language, count):
    folder = "javascript" if language == "typescript" else language
    texts = []
    for path in sorted((ROOT / "analyzers/pack" / folder).glob("*.yml")):
        if path.name == "sets.yml" or len(texts) == count:
            continue
        text = re.sub(r"^language: .*$", f"language: {LANGUAGES[language]}", without_metadata(path.read_text()), flags=re.M)
        with tempfile.TemporaryDirectory() as name:  # a rule that the reference refuses is no yardstick
            rule = pathlib.Path(name) / "rule.yml"
            rule.write_text(text)
            if subprocess.run([compare.reference(), "scan", "--rule", rule, name], capture_output=True, check=False).returncode in (0, 1):
                texts.append(text)
    for i in range(count - len(texts)):
        context = "{context: 'void f() { %s; }', selector: call_expression}"
        call = f"{('load', 'send', 'check', 'merge')[i % 4]}_{('user', 'frame', 'index', 'token', 'table')[i % 5]}_{i}($$$A)"
        pattern = context % call if language in ("c", "cpp") else f"'{call}'"
        texts.append(f"id: made-{i}\nlanguage: {LANGUAGES[language]}\nrule: {{pattern: {pattern}}}\n")
    return "\n---\n".join(texts)


def corpus(language, folder):
    """A folder of real code, which may be `folder`, and how many bytes of the language it has."""
    if "PEER_RULES_CODE" not in os.environ:
        return folder, compare.write_corpus(language, pathlib.Path(folder), BYTES)
    given = pathlib.Path(os.environ["PEER_RULES_CODE"]).resolve() / language
    endings = tuple(compare.PLACES[language][0]) + ((".h",) if language in ("c", "cpp") else ())
    return given, sum(path.stat().st_size for path in given.rglob("*") if path.suffix in endings)


class Run:
    def __init__(self, command, folder, home):
        began = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, env={"HOME": home, "PATH": os.environ["PATH"]}, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        self.wall, self.cpu, self.mb = time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1, 3):
            sys.exit(f"{command} ended with {child.returncode}")


def command_of(peer, rules):
    return [peer, "review", ".", "--rules", str(rules), "--only-rules", "--format", "json", "--isolate", "never"]


def print_growth(peer, languages):
    """Prints our CPU with 200 rules over that with 20."""
    print("| Language | 200 rules | CPU over 20 |\n| --- | --- | --- |")
    for language in languages:
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
            folder, _ = corpus(language, folder)
            commands = []
            for count in (20, 200):
                rules = pathlib.Path(home) / f"{count}.yml"
                rules.write_text(rules_of(language, count))
                commands.append([*command_of(peer, rules), "--no-cache"])
            pairs = [tuple(Run(command, folder, home).cpu for command in commands) for _ in range(PAIRS)]
            ratio = statistics.median(b / max(a, 1e-3) for a, b in pairs)
            print(f"| {language} | {statistics.median(b for _, b in pairs):.2f} s | {ratio:.2f} x |", flush=True)


def measure(peer, language, count, folder, home):
    """Medians of ratios: CPU and wall cold, CPU and wall warm, memory; and our CPU in seconds."""
    rules = pathlib.Path(home) / "rules.yml"
    rules.write_text(rules_of(language, count))
    theirs = [compare.reference(), "scan", "--rule", str(rules), "--json=stream", "--no-ignore", "vcs", "."]
    ours = command_of(peer, rules)
    Run(theirs, folder, home), Run([*ours, "--no-cache"], folder, home)
    cold = [(Run(theirs, folder, home), Run([*ours, "--no-cache"], folder, home)) for _ in range(PAIRS)]
    Run(ours, folder, home)
    warm = [(Run(theirs, folder, home), Run(ours, folder, home)) for _ in range(PAIRS)]
    ratio = lambda pairs, what: statistics.median(getattr(b, what) / max(getattr(a, what), 1e-3) for a, b in pairs)
    return (ratio(cold, "cpu"), ratio(cold, "wall"), ratio(warm, "cpu"), ratio(warm, "wall"), ratio(cold, "mb"),
            statistics.median(b.cpu for _, b in cold))


def main():
    peer, words = os.path.abspath(sys.argv[1]), sys.argv[2:]
    counts = [int(word) for word in words if word.isdigit()] or [20, 200]
    only = [word for word in words if word in LANGUAGES] or list(LANGUAGES)
    if "growth" in words:
        return print_growth(peer, only)
    print("| Language | MB | Rules | CPU | Wall | CPU warm | Wall warm | Memory | our CPU |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    means = {count: [] for count in counts}
    for language in only:
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
            folder, size = corpus(language, folder)
            for count in counts:
                result = measure(peer, language, count, folder, home)
                means[count].append(result)
                cells = " | ".join(f"{value:.2f} x" for value in result[:5])
                print(f"| {language} | {size / 1e6:.1f} | {count} | {cells} | {result[5]:.2f} s |", flush=True)
    for count, rows in means.items():
        mean = [math.exp(statistics.fmean(math.log(max(row[i], 1e-3)) for row in rows)) for i in range(5)]
        print(f"| geometric mean | | {count} | " + " | ".join(f"{value:.2f} x" for value in mean) + " | |")
    if len(counts) == 1:
        return
    growth = statistics.median(b[5] / max(a[5], 1e-3) for a, b in zip(means[20], means[200]))
    print(f"\n200 rules cost {growth:.1f} x the CPU of 20.")


main()
