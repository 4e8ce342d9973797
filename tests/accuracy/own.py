"""The labelled samples of tests/labelled: <language>/<open|held>/<topic>.<ext>, where `flaw: TOPIC` at the end of a line says
what is wrong there and `fine: TOPIC` that something which looks alike is not."""
import collections, glob, os, re

MARK = re.compile(r'\b(flaw|fine): ([a-z-]+)')
# A flaw is found too where a rule of a neighbouring topic reports it.
NEAR = {
    'weak-hash': {'weak-cipher'}, 'weak-cipher': {'weak-hash'}, 'hard-coded-key': {'hard-coded-password', 'weak-cipher'}, 'hard-coded-password': {'hard-coded-key'},
    'jwt': {'hard-coded-key'}, 'tls-version': {'tls-verification'}, 'tls-verification': {'tls-version'}, 'temp-file': {'file-race', 'permissions'},
    'file-race': {'temp-file', 'permissions'}, 'archive-extraction': {'path-traversal'}, 'template-injection': {'code-evaluation', 'xss'},
    'code-evaluation': {'template-injection'}, 'unchecked-size': {'banned-function', 'integer-trap', 'use-after-free'}, 'banned-function': {'unchecked-size'},
    'integer-trap': {'unchecked-size'}, 'redos': {'code-evaluation'}, 'cors': {'header-injection'}, 'use-after-free': {'unchecked-size'},
}


def own(folder, findings):
    """Yields (language, split, Outcome's fields); a finding of category security on a line that is no flaw is false."""
    marks = collections.defaultdict(dict)
    for path in sorted(glob.glob(folder + '/*/*/*.*')):
        lines = open(path).read().split('\n')
        for number, line in enumerate(lines, 1):
            mark = MARK.search(line)
            if mark:
                alone = not re.sub(r'^\W+', '', line[:mark.start()]).strip()
                marks[os.path.relpath(path, folder)][number + alone] = mark.groups()
    best, false = collections.defaultdict(float), []
    for f in findings:
        flaws = {line: topic for line, (kind, topic) in marks[f.path].items() if kind == 'flaw' and f.first - 1 <= line <= f.last + 1}
        hit = [line for line, topic in flaws.items() if f.names & ({topic} | NEAR.get(topic, set()))]
        for line in [line for line in hit if f.first <= line <= f.last] or hit:
            best[f.path, line] = max(best[f.path, line], f.confidence)
        if not flaws and f.category == 'security':
            false.append(f)
    for path, here in marks.items():
        language, split, _ = path.split('/')
        for line, (kind, topic) in here.items():
            if kind == 'flaw':
                yield language, split, (topic, True, best[path, line], f'{path}:{line}')
    for f in false:
        language, split, _ = f.path.split('/')
        yield language, split, (re.sub(r'(_\d)?\.\w+$', '', f.path.split('/')[2]), False, f.confidence, f'{f.path}:{f.first} {f.rule}')
