#!/usr/bin/env python3
"""What a cache saves on a real history: successive commits, replayed as changes of three pushes each.

replay.py BINARY_DIR REPOSITORY [COMMITS [LATEST]]   the last 200 commits up to LATEST (HEAD); merges are left out

Change K is based on the parent of commit K and is pushed three times: at commit K, K+1 and K+2. Every push is reviewed with
`peer review BASE..HEAD --ai` and one cache. Counted are questions (answers from the cache and calls) and, apart, the digests
of files. Two readings: `apart`, where the next change begins after the last push of the one before, so that nothing but
pushes of one change can hit, and `sliding`, where every commit begins a change.
"""
import json
import os
import subprocess
import sys
import tempfile

BUILD, REPOSITORY = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COMMITS = int(sys.argv[3]) if len(sys.argv) > 3 else 200
LATEST = sys.argv[4] if len(sys.argv) > 4 else "HEAD"


def git(*words):
    return subprocess.run(["git", "-C", REPOSITORY, *words], check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def replay(changes, url):
    """Hits and all of the questions, and of what `peer stats` counts (the digests), by push."""
    by_push = [[0, 0], [0, 0], [0, 0]]
    looked_up = {}  # by name
    with tempfile.TemporaryDirectory() as home:
        models = f"{home}/models.yml"
        with open(models, "w") as out:
            out.write(f"providers:\n  mock:\n    wire: openai_chat\n    base_url: {url}\n    default: m\n    models:\n"
                      "      m: {window: 131072, output: 4096, price: [0, 0], json: schema}\n")
        environment = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PEER_LLM_MODELS_FILE": models}

        def peer(*words):
            return subprocess.run([f"{BUILD}/peer", *words, "--format", "json"], cwd=REPOSITORY, env=environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

        for base, pushes in changes:
            for number, head in enumerate(pushes):
                report = json.loads(peer("review", f"{base}..{head}", "--ai", "--fail-on", "never"))
                receipt = report["receipt"]
                by_push[number][0] += receipt["cache_hits"]
                by_push[number][1] += receipt["cache_hits"] + receipt["cache_misses"]
                for one in json.loads(peer("stats"))["lookups"]:
                    known = looked_up.setdefault(one["name"], {"before": [0, 0], "by_push": [[0, 0], [0, 0], [0, 0]]})
                    now = [one["hits"], one["hits"] + one["misses"]]
                    for i in (0, 1):
                        known["by_push"][number][i] += now[i] - known["before"][i]
                    known["before"] = now
        return by_push, {name: known["by_push"] for name, known in looked_up.items()}


def shares(by_push):
    hits, asked = (sum(push[i] for push in by_push) for i in (0, 1))
    return (f"{hits:,} of {asked:,} are hits ({100 * hits / max(asked, 1):.0f} %); by push "
            + ", ".join(f"{100 * h / max(a, 1):.0f} % of {a:,}" for h, a in by_push))


def main():
    commits = git("rev-list", "--no-merges", "--reverse", f"--max-count={COMMITS + 2}", LATEST)
    with subprocess.Popen([f"{BUILD}/tests/bench/peer_ask", "serve"], stdout=subprocess.PIPE, text=True) as model:
        try:
            url = model.stdout.readline().strip()
            for name, step in (("apart", 3), ("sliding", 1)):
                changes = [(f"{commits[i]}~1", commits[i:i + 3]) for i in range(0, COMMITS, step) if i + 3 <= len(commits)]
                questions, others = replay(changes, url)
                print(f"{name}, {len(changes)} changes: of questions {shares(questions)}", flush=True)
                for what, by_push in others.items():
                    print(f"{name}: of {what} lookups {shares(by_push)}", flush=True)
        finally:
            model.kill()


main()
