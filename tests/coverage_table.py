"""Branches and MC/DC of what moves state, from `llvm-cov export`, as a table; and the gaps.

usage: coverage_table.py EXPORT GAPS [--list]

A gap is a side of a branch that no test took, or a condition that no two tests showed to decide by
itself. GAPS lists those that cannot be closed, one a line:

  file | what | the source line, without its indentation | the reason

Exits with 1 if there is a gap that is not listed, or one listed that is none any more. --list prints
the gaps in that form, for the reasons to be written.
"""

import collections
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GROUPS = collections.defaultdict(list)
for line in (ROOT / "tests" / "movers.txt").read_text().splitlines():
    if not line.startswith("#"):
        GROUPS[line.split()[0]].append(line.split()[1])


def group_of(path):
    for group, begins in GROUPS.items():
        if any(path.startswith(begin) for begin in begins):
            return group
    return None


class Coverage:
    """What was taken, by place: a template's instances and the tests' binaries count together."""

    def __init__(self, export):
        self.branches = collections.defaultdict(lambda: [0, 0])
        self.conditions = collections.defaultdict(bool)
        for unit in export["data"]:
            for function in unit["functions"]:
                self.add(function)

    def add(self, function):
        paths = [self.inside(name) for name in function["filenames"]]
        for line, column, end, end_column, true, false, file, *_ in function["branches"]:
            if group_of(paths[file]):
                taken = self.branches[(paths[file], line, column, end, end_column)]
                taken[0] += true
                taken[1] += false
        for line, column, end, end_column, *rest in function.get("mcdc_records", []):
            # A decision stands in one file: that of its function, as it is never in a macro of ours.
            for number, shown in enumerate(rest[-1]):
                if group_of(paths[0]):
                    self.conditions[(paths[0], line, column, end, end_column, number)] |= shown

    @staticmethod
    def inside(name):
        try:
            return str(pathlib.Path(name).resolve().relative_to(ROOT))
        except ValueError:
            return name

    def gaps(self):
        for (path, line, *_), (true, false) in sorted(self.branches.items()):
            if not true:
                yield path, "never true", line
            if not false:
                yield path, "never false", line
        for (path, line, *_, number), shown in sorted(self.conditions.items()):
            if not shown:
                yield path, f"condition {number + 1} never decides", line


def read_gaps(path):
    listed = collections.Counter()
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            file, what, source, reason = line.split(" | ", 3)
            assert reason.strip(), line
            listed[(file, what, source)] += 1
    return listed


def main():
    coverage = Coverage(json.loads(pathlib.Path(sys.argv[1]).read_text()))
    sources = {}

    def source(path, line):
        if path not in sources:
            sources[path] = (ROOT / path).read_text().splitlines()
        return sources[path][line - 1].strip()

    gaps = collections.Counter(
        (path, what, source(path, line)) for path, what, line in coverage.gaps()
    )
    if "--list" in sys.argv:
        for gap in sorted(gaps.elements()):
            print(" | ".join(gap) + " | ")
        return

    listed = read_gaps(pathlib.Path(sys.argv[2]))
    print(f"{'':10} {'sides of branches':>24} {'conditions (MC/DC)':>24} {'gaps':>6}")
    for group in GROUPS:
        sides = [s for place, taken in coverage.branches.items() if group_of(place[0]) == group for s in taken]
        shown = [s for place, s in coverage.conditions.items() if group_of(place[0]) == group]
        missing = sum(n for gap, n in gaps.items() if group_of(gap[0]) == group)
        taken = sum(1 for side in sides if side)
        print(
            f"{group:10} {taken:7} of {len(sides):5} {100 * taken / max(len(sides), 1):6.1f} %"
            f" {sum(shown):7} of {len(shown):5} {100 * sum(shown) / max(len(shown), 1):6.1f} % {missing:6}"
        )
    for gap in sorted((gaps - listed).elements()):
        print("a gap without a reason:", " | ".join(gap))
    for gap in sorted((listed - gaps).elements()):
        print("listed, and no gap:", " | ".join(gap))
    sys.exit(1 if gaps != listed else 0)


main()
