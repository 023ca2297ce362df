"""Makes mutants of the sources that move state, all of them in one tree.

usage: mutate.py TREE LIST

TREE is a copy of the project; its sources are rewritten in place. Each place that can be wrong in one
way more becomes a choice: `a < b` becomes `(On(7) ? (a) <= (b) : (a) < (b))`, a statement becomes
`if (!On(8)) statement`. LIST gets a line for each: number, file, line, what, the source line.

Mutated are comparisons, logic, sums, steps (++, --), negations, conditions, and statements that can
be left out. Not mutated: PARLEY_CHECK and static_assert, and the tables of the machines, which are
compared with golden pages row by row.
"""

import pathlib
import re
import sys

import clang.cindex

OTHERS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "&&": "||", "||": "&&", "+": "-", "-": "+", "+=": "-=", "-=": "+=",
    "&": "|", "|": "&", "&=": "|=", "|=": "&=",
}
PREFIXES = {"++": "--", "--": "++"}
NUMBERS = range(3, 24)  # The kinds of type that are numbers.
COMPOUND, IF, WHILE, RETURN, DECLARATION = 202, 205, 207, 214, 231
EXPRESSIONS = range(100, 150)
LEFT_OUT = (RETURN, DECLARATION, COMPOUND, IF, WHILE, 203, 204, 206, 208, 209, 212, 213, 225)


# The files of what moves state, but for the machines: their tables run in the compiler.
def moving_files(tree):
    for line in (tree / "tests" / "movers.txt").read_text().splitlines():
        if not line.startswith(("#", "machines ")):
            yield from sorted(tree.glob(line.split()[1] + ("*" if line.endswith(("/", ".")) else "")))


# Whether the other operator is there for these operands, too.
def has_other(operator, operands):
    left, right = operands[0].type.get_canonical(), operands[-1].type.get_canonical()
    if left._kind_id in NUMBERS or operator not in ("-", "|", "&"):
        return True
    return operator == "-" and left.spelling.removeprefix("const ") != right.spelling.removeprefix("const ")


class Choice:
    """A stretch of the text that is told in two ways, made of parts that may hold choices too."""

    def __init__(self, start, end, parts, what, tell):
        self.start, self.end, self.parts, self.what, self.tell = start, end, parts, what, tell


class File:
    def __init__(self, path, text):
        self.path, self.text = path, text
        self.choices = []
        self.frozen = [self.stretch(m.start()) for m in re.finditer(r"(PARLEY_CHECK|static_assert)\(", text)]

    def stretch(self, start):
        depth, at = 0, self.text.index("(", start)
        for end in range(at, len(self.text)):
            depth += {"(": 1, ")": -1}.get(self.text[end], 0)
            if depth == 0:
                return start, end + 1
        raise ValueError(self.path)

    def add(self, start, end, parts, what, tell):
        if any(start < b and a < end for a, b in self.frozen):
            return
        self.choices.append(Choice(start, end, parts, what, tell))

    # ---- What can be wrong ----

    def visit(self, node, parent):
        start, end = node.extent.start.offset, node.extent.end.offset
        children = [c for c in node.get_children() if self.has(c)]
        if node._kind_id in EXPRESSIONS:
            self.expression(start, end, children)
        if parent is not None and parent._kind_id == COMPOUND:
            self.statement(node, start, end)
        if node._kind_id in (IF, WHILE) and children and children[0]._kind_id in EXPRESSIONS:
            self.condition(children[0])
        for child in children:
            self.visit(child, node)

    def has(self, node):
        file = node.location.file
        return file is not None and pathlib.Path(file.name).resolve() == self.path and node.extent.end.offset > 0

    def expression(self, start, end, children):
        spans = [(c.extent.start.offset, c.extent.end.offset) for c in children]
        if not spans:
            return
        first, last = spans[0], spans[-1]
        operator = self.text[first[1]:last[0]].strip() if len(spans) > 1 else ""
        if operator in OTHERS and start == first[0] and end == last[1] and has_other(operator, children):
            other = OTHERS[operator]
            self.add(start, end, [first, last], f"{operator} becomes {other}",
                     lambda n, a, b: f"(::parley::mutation::On({n}) ? ({a}) {other} ({b}) : ({a}) {operator} ({b}))")
            return
        before = self.text[start:last[0]].strip()
        if before == "!" and end == last[1]:
            self.add(start, end, [last], "no negation",
                     lambda n, a: f"(::parley::mutation::On({n}) ? static_cast<bool>({a}) : !({a}))")
        elif before in PREFIXES and end == last[1]:
            self.add(start, end, [last], f"{before} becomes {PREFIXES[before]}",
                     lambda n, a: f"(::parley::mutation::On({n}) ? {PREFIXES[before]}({a}) : {before}({a}))")

    def condition(self, node):
        span = node.extent.start.offset, node.extent.end.offset
        for always in ("true", "false"):
            self.add(*span, [span], f"condition is always {always}",
                     lambda n, a, v=always: f"(::parley::mutation::On({n}) ? {v} : static_cast<bool>({a}))")

    def statement(self, node, start, end):
        text = self.text[start:end]
        if node._kind_id in LEFT_OUT or not text or text.startswith(("case ", "default", "co_")):
            return
        if node._kind_id in EXPRESSIONS and self.text[end:].lstrip().startswith(";"):
            self.add(start, end, [(start, end)], "left out",
                     lambda n, a: f"if (!::parley::mutation::On({n})) {a}")

    # ---- The text with all of it ----

    def render(self, start, end, choices, numbers):
        out, at = "", start
        while choices:
            outer = choices[0]
            inner = [c for c in choices[1:] if c.start >= outer.start and c.end <= outer.end]
            parts = [self.render(a, b, [c for c in inner if c.start >= a and c.end <= b], numbers)
                     for a, b in outer.parts]
            out += self.text[at:outer.start] + outer.tell(numbers[id(outer)], *parts)
            at = outer.end
            choices = [c for c in choices[1:] if c.start >= at]
        return out + self.text[at:end]

    def mutated(self, numbers):
        # Outer before inner; of the same stretch the statement, found first, is the outer one.
        order = {"left out": 0}
        ranked = sorted(self.choices, key=lambda c: (c.start, -c.end, order.get(c.what, 1)))
        nested = all(a.end <= b.start or b.end <= a.end for i, a in enumerate(ranked) for b in ranked[i + 1:])
        assert nested, self.path
        return self.render(0, len(self.text), ranked, numbers)


def main():
    tree = pathlib.Path(sys.argv[1]).resolve()
    paths = list(moving_files(tree))
    flags = ["-std=c++20", "-x", "c++", f"-I{tree}/include", f"-I{tree}/src"]
    files, number, lines = [], 0, []
    for path in paths:
        unit = clang.cindex.Index.create().parse(str(path), args=flags)
        errors = [d.spelling for d in unit.diagnostics if d.severity >= 3]
        assert not errors, (path, errors)
        file = File(path, path.read_text("latin-1"))  # So that places count bytes, as in the unit.
        for node in unit.cursor.get_children():
            if file.has(node):
                file.visit(node, None)
        files.append(file)
    for file in files:
        numbers = {}
        for choice in sorted(file.choices, key=lambda c: (c.start, c.end)):
            number += 1
            numbers[id(choice)] = number
            line = file.text.count("\n", 0, choice.start)
            source = file.text.splitlines()[line].strip()
            lines.append(f"{number}\t{file.path.relative_to(tree)}\t{line + 1}\t{choice.what}\t{source}")
        file.path.write_text(file.mutated(numbers), "latin-1")
    pathlib.Path(sys.argv[2]).write_text("\n".join(lines) + "\n")
    print(f"{number} mutants")


main()
