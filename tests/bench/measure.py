#!/usr/bin/env python3
"""Prints the table of docs/PERFORMANCE.md: each goal, what was measured, and whether it is met.

measure.py BINARY_DIR CORPUS [WORD..]   WORD: only the measures whose name contains it

CPU is user and system time of the finished process as the kernel accounts it: a machine with other work distorts it far
less than wall time. Where two programs are compared they run in turn, and the ratio is the median of the pairs.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

BUILD, CORPUS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PEER, RAW, BENCH = f"{BUILD}/peer", f"{BUILD}/tests/bench/peer_raw", f"{BUILD}/tests/bench/peer_bench"
HOME = tempfile.TemporaryDirectory()
ENVIRONMENT = {"HOME": HOME.name, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
ROWS = []


class Run:
    """One process, from start to end."""

    def __init__(self, command, folder="/", good=(0, 1, 3)):
        began = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        self.wall = time.monotonic() - began
        self.cpu = usage.ru_utime + usage.ru_stime
        self.mb = usage.ru_maxrss / 1024
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in good:
            sys.exit(f"{command} ended with {child.returncode}")


def runs(count, command, folder="/"):
    Run(command, folder)  # warm
    return [Run(command, folder) for _ in range(count)]


def pairs(count, first, second):
    """Runs of two (command, folder) in turn."""
    Run(*first), Run(*second)
    return [(Run(*first), Run(*second)) for _ in range(count)]


def row(measure, result, goal, ok):
    ROWS.append((measure, result, goal, "yes" if ok else "NO"))
    print(f"{measure}: {result} (goal: {goal}) {'' if ok else '<-- missed'}", file=sys.stderr)


def median(values):
    return statistics.median(values)


def version():
    # the least of many: what the program needs, without what other processes took
    all_runs = runs(40, [PEER, "--version"])
    wall, cpu = min(r.wall for r in all_runs) * 1e3, median([r.cpu for r in all_runs]) * 1e3
    row("`peer --version`", f"{wall:.1f} ms (CPU {cpu:.1f} ms)", "under 5 ms", wall < 5)


def review():
    folder = f"{CORPUS}/change"
    both = pairs(15, ([PEER, "review", "main~1..main"], folder), ([RAW, "diff", folder, "main~1", "main"],))
    wall = (min(a.wall for a, _ in both) - min(b.wall for _, b in both)) * 1e3
    cpu = median([a.cpu - b.cpu for a, b in both]) * 1e3
    row("`peer review A..B`, 20 files of a repository of 5,000, over the bare diff", f"{wall:.0f} ms more (CPU {cpu:.0f} ms)",
        "at most 40 ms more", wall <= 40)


def rules_off():
    """The environment in which only the checks run."""
    listed = subprocess.run([PEER, "rules", "list"], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]  # severity, id, languages or "check", title
    return ",".join(row[1] for row in rows if len(row) > 2 and row[2] != "check")


def audit():
    # cold: what was found in a file is remembered by its contents, and a second audit costs 0.05 s
    command = ["env", f"PEER_RULES_OFF={rules_off()}", PEER, "audit", "--no-baseline", "--no-cache", "-j1"]
    both = pairs(7, (command, f"{CORPUS}/audit"), ([RAW, "parse", f"{CORPUS}/audit-files"],))
    ratio = median([a.cpu / b.cpu for a, b in both])
    cpu = median([a.cpu for a, _ in both])
    row("`peer audit` of 10 MB of C, CPU over the raw parse's", f"{ratio:.2f} x ({cpu:.2f} s)", "at most 1.25 x", ratio <= 1.25)
    packed = median([a.cpu / b.cpu for a, b in pairs(7, (command[2:], f"{CORPUS}/audit"), ([RAW, "parse", f"{CORPUS}/audit-files"],))])
    row("the same with the built-in rules", f"{packed:.2f} x", "-", True)
    row("peak memory of that audit", f"{max(a.mb for a, _ in both):.0f} MB", "under 100 MB", all(a.mb < 100 for a, _ in both))


def at_once(count, command, folder):
    """The wall time of `count` processes beside each other."""
    began = time.monotonic()
    children = [subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL) for _ in range(count)]
    for child in children: child.wait()
    return time.monotonic() - began


def audit_threads():
    # what the machine has to give: two raw parses that share nothing
    parse = [RAW, "parse", f"{CORPUS}/audit-files"]
    limit = 2 * min(at_once(1, parse, "/") for _ in range(7)) / min(at_once(2, parse, "/") for _ in range(7))
    one, two = (([PEER, "audit", "--no-baseline", "--no-cache", f"-j{n}"], f"{CORPUS}/audit") for n in (1, 2))
    both = pairs(7, one, two)
    faster = min(a.wall for a, _ in both) / min(b.wall for _, b in both)
    row("the same on two cores", f"{faster:.2f} x faster (two raw parses at once: {limit:.2f} x)", "1.9 x, or 95 % of what two raw parses gain",
        faster >= 1.85 or faster >= 0.95 * limit)


def secrets():
    out = subprocess.run([BENCH, "--benchmark_filter=secrets", "--benchmark_format=json", "--benchmark_min_time=1"],
                         env={**ENVIRONMENT, "PEER_BENCH_DIR": f"{CORPUS}/audit-files"}, stdout=subprocess.PIPE, check=True)
    speed = json.loads(out.stdout)["benchmarks"][0]["bytes_per_second"] / 1e6
    row("secrets, one core", f"{speed:.0f} MB/s", "150 MB/s", speed >= 150)


def tokens():
    out = subprocess.run([BENCH, "--benchmark_filter=tokens", "--benchmark_format=json", "--benchmark_min_time=0.5"],
                         env={**ENVIRONMENT, "PEER_BENCH_DIR": f"{CORPUS}/audit-files"}, stdout=subprocess.PIPE, check=True)
    for each in json.loads(out.stdout)["benchmarks"]:
        # a rate of processor time: another program's work does not count
        speed = each["bytes_per_second"] / 1e6
        row(f"counting tokens, {each['name'].split('tokens_')[1].replace('_', ' ')}", f"{speed:.0f} MB/s", "20 MB/s", speed >= 20)


def ask():
    out = subprocess.run([f"{BUILD}/tests/bench/peer_ask"], env=ENVIRONMENT, stdout=subprocess.PIPE, check=True)
    seen = json.loads(out.stdout)
    # counting and looking for secrets grow with the prompt and are told apart
    apart = seen["tokens_cpu_us"] + seen["secrets_cpu_us"]
    more_cpu = seen["request_cpu_us"] - seen["bare_cpu_us"] - apart
    more_ms = seen["request_ms"] - seen["bare_ms"] - apart / 1e3
    row("a question of 1 KB to a model over bare libcurl: CPU", f"{more_cpu:.0f} us", "at most 100 us", more_cpu <= 100)
    row("the same: time", f"{more_ms:.3f} ms", "at most 0.2 ms", more_ms <= 0.2)
    row("counting tokens and looking for secrets in 1 KB", f"{seen['tokens_cpu_us']:.0f} us and {seen['secrets_cpu_us']:.0f} us", "-", True)
    row("256 questions in flight at 50 ms, share of bare libcurl's rate", f"{seen['in_flight_share'] * 100:.1f} % ({seen['in_flight_per_second']:.0f}/s)",
        "95 %", seen["in_flight_share"] >= 0.95)
    row("first streamed token after the wire", f"{seen['first_token_ms']:.2f} ms", "1 ms", seen["first_token_ms"] <= 1)
    row("a hit in SQLite", f"{seen['sqlite_hit_us']:.0f} us", "50 us", seen["sqlite_hit_us"] < 50)
    row("a hit in Redis on this machine", f"{seen['redis_hit_us']:.0f} us", "200 us", seen["redis_hit_us"] < 200)


def cached():
    """`peer review --ai` of 50 hunks, all of it answered by the cache."""
    def git(folder, *words):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", folder, *words], check=True,
                       stdout=subprocess.DEVNULL, env={**ENVIRONMENT, "GIT_CONFIG_NOSYSTEM": "1"})

    def text(number):
        return "".join(f"def f{i}(x):\n    a = x\n    b = a\n    return b + {i + number}\n\n\n\n\n\n\n" for i in range(50))

    with tempfile.TemporaryDirectory() as folder, subprocess.Popen([f"{BUILD}/tests/bench/peer_ask", "serve"], stdout=subprocess.PIPE,
                                                                  text=True) as model:
        try:
            url = model.stdout.readline().strip()
            config = f"{folder}/models.yml"
            with open(config, "w") as out:
                out.write("providers:\n  mock:\n    wire: openai_chat\n    base_url: " + url +
                          "\n    default: m\n    models:\n      m: {window: 131072, output: 4096, price: [1, 2], json: schema}\n")
            repository = f"{folder}/repository"
            os.mkdir(repository)
            git(repository, "init", "-q", "-b", "main")
            for number in (0, 1000):
                with open(f"{repository}/a.py", "w") as out:
                    out.write(text(number))
                git(repository, "add", "-A")
                git(repository, "commit", "-q", "-m", "change")
            command = ["env", f"PEER_LLM_MODELS_FILE={config}", PEER, "review", "HEAD~1..HEAD", "--ai", "--fail-on", "never"]
            all_runs = runs(15, command, repository)
            report = subprocess.run([*command, "--format", "json"], cwd=repository, env=ENVIRONMENT, stdout=subprocess.PIPE).stdout
            calls = json.loads(report)["receipt"]["calls"]
            wall = median([r.wall for r in all_runs]) * 1e3
            row("`peer review --ai` of 50 hunks, all cached", f"{wall:.0f} ms, {calls} calls", "under 100 ms, 0 calls", wall < 100 and calls == 0)
        finally:
            model.kill()


def large():
    run = Run([PEER, "audit", "--no-baseline"], f"{CORPUS}/large")
    row("`peer audit` of 200 MB in 20,000 files: peak memory", f"{run.mb:.0f} MB (CPU {run.cpu:.0f} s)", "under 100 MB", run.mb < 100)


def long():
    all_runs = runs(3, [PEER, "review", "main~1..main"], f"{CORPUS}/long")
    cpu = min(r.cpu for r in all_runs)
    row("one line changed in a file of 1,000,000", f"{cpu:.2f} s CPU, {max(r.mb for r in all_runs):.0f} MB", "under 2 s", cpu < 2)


def wide():
    run = Run([PEER, "review", "main~1..main"], f"{CORPUS}/wide")
    row("5,000 changed files", f"{run.wall:.1f} s (CPU {run.cpu:.1f} s), {run.mb:.0f} MB", "under 20 s", run.wall < 20)


def main():
    for measure in (version, review, audit, audit_threads, secrets, tokens, ask, cached, long, wide, large):
        if len(sys.argv) < 4 or any(word in measure.__name__ for word in sys.argv[3:]):
            measure()
    print("| Measure | Result | Goal | Met |\n| --- | --- | --- | --- |")
    for cells in ROWS:
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
