#!/usr/bin/env python3
"""Holds the trees of Peer's tree-sitter to those of the core as it comes, over real code and broken copies of it.

compare.py TREES TREES_PLAIN [BYTES [COPIES]]    of each language; 60,000 and 4
"""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "differential"))
import compare  # noqa: E402


def main():
    programs, size, copies = sys.argv[1:3], *(sys.argv[3:] + ["60000", "4"][len(sys.argv) - 3:])
    different = trees = 0
    for language in sorted(compare.PLACES):
        with tempfile.TemporaryDirectory() as folder:
            compare.write_corpus(language, pathlib.Path(folder), int(size))
            files = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file())
            if not files:
                sys.exit(f"there is no code in {language}")
            ours, theirs = (subprocess.run([program, language, copies, *files], capture_output=True, text=True, check=True).stdout.splitlines()
                            for program in programs)
        if len(ours) != len(theirs) or len(ours) != len(files) * (int(copies) + 1):
            sys.exit(f"{language}: {len(ours)} and {len(theirs)} trees of {len(files)} files")
        wrong = [one.split()[:2] for one, other in zip(ours, theirs) if one != other]
        for file, copy in wrong[:5]:
            print(f"{language}: {pathlib.Path(file).name}, copy {copy}: another tree")
        trees, different = trees + len(ours), different + len(wrong)
    print(f"{trees} trees, {different} differ")
    sys.exit(1 if different else 0)


main()
