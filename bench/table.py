"""Runs the benchmarks that have bars, and says which hold.

usage: table.py FOLDER_OF_BENCHMARKS RUNS RESULTS

A benchmark tells the figure of a bar as a counter of that name. The table stands in bench/README.md.
"""

import collections
import json
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

# Bar, what is measured, on which side of which figure it must stay; P: peers, for which there is none.
BARS = [
    ("S1", "lifecycle / (2 look-ups + 1 miss), 10^6 and 10^7 parked, the worse", "<=", 2.0),
    ("S2", "instructions a command, 10^5 parked", "<=", 400),
    ("S3", "reply to a cold conversation / (1 look-up + 1 miss)", "<=", 2.0),
    ("S4", "cold replies one by one / in batches of 200, 10^6 parked", ">=", 2.5),
    ("S5", "lifecycle at 10^7 parked / at 10^4", "<=", 6),
    ("S6", "bytes of a parked conversation at 10^7, over its id's", "<=", 72),
    ("S7", "an event that matches nobody: 10^6 waiting / 10^2, the worst crowd", "<=", 6),
    ("S8", "... a plain scan of 10^6 waiting / ours, the least", ">=", 1000),
    ("S9a", "a task arrives, 3*10^4 idle agents with distinct skills / 1 miss", "<=", 8),
    ("S9b", "... with a need that no conversation has had yet", "<=", 8),
    ("S10", "10^6 pauses end at once, each / 1 miss", "<=", 2),
    ("S11a", "timers, mix: ours / best peer, 10^6 and 10^7 live, the worse", "<=", 0.5),
    ("S11b", "timers, mix: ours / best peer, 10^4 live", "<=", 1.0),
    ("S12a", "timers, set: ours / best peer, 10^6 and 10^7, the worse", "<=", 0.7),
    ("S12b", "timers, churn: ours / best peer, 10^6 and 10^7, the worse", "<=", 1.0),
    ("S12c", "timers, fire: ours / best peer, 10^6 and 10^7, the worse", "<=", 1.6),
    ("S13", "bytes of an armed timer at 10^7", "<=", 17),
    ("S14a", "next deadline, and a jump of 90 days, microseconds, the worse", "<=", 1),
    ("S14b", "next deadline with 10^7 armed / with 10^4", "<=", 2),
    ("S15", "longest call, microseconds, 10^6 parked", "<=", 100),
    ("S16", "adversarial ids / random ids, 10^5 inserts", "<=", 2),
    ("S17", "fork: speed of memcpy", ">=", 0.6),
    ("S18", "expressions evaluated for 10^4 agents whose attributes did not change", "<=", 0),
    ("S19", "two engines on two cores / one", ">=", 1.8),
    ("P1", "matches a second, 1000 waiting: parley", None, None),
    ("P2", "... the query shapes of mod_callcenter, SQLite in memory", None, None),
    ("P3", "... a task table with SKIP LOCKED, PostgreSQL on loopback", None, None),
    ("P4", "parley / mod_callcenter's shapes", None, None),
    ("P5", "parley / the task table", None, None),
]
BENCHES = {
    "engine_bench": "Lifecycle|ColdReply|Batch|LongestCall",
    "scale_bench": ".",
    "waiting_bench": "MatchesNobody/|MatchesNobodyOf.*waiting:1000000|PlainScan.*waiting:1000000",
    "arrival_bench": ".",
    "hostile_bench": ".",
    "timer_peers_bench": ".",
    "databases_bench": ".",
}
# A picture: its file, the counter, over what, and its words; a line for each label.
CURVES = [
    ("ns_lifecycle", "ns_lifecycle", "parked", "a lifecycle, ns", "conversations parked"),
    ("ns_reply", "ns_reply", "parked", "a reply to a cold conversation, ns", "conversations parked"),
    ("ns_each", "ns_each", "pauses", "a pause that ends, ns", "pauses that end at once"),
    ("ms_fork", "ms_fork", "parked", "a fork, ms", "conversations parked"),
    ("ns_waiting", "ns_waiting", "waiting", "four events that match nobody, ns", "tasks waiting"),
    ("ns_agents", "ns_agents", "agents", "four events that match nobody, ns", "agents; a million tasks waiting"),
    ("ns_arrival", "ns_task", "agents", "a task arrives, ns", "agents idle, all different"),
]
PARKED, FEW, MANY, COMMANDS = 100_000, 1_000, 3_000, 11
AGENTS, FEW_ROUNDS, MANY_ROUNDS = 10_000, 10, 110


def run_bench(folder, name, filters):
    """Counters of one run of one benchmark: name of the case -> counters."""
    command = [folder / name, f"--benchmark_filter={filters}", "--benchmark_format=json"]
    if name == "databases_bench":
        command.insert(0, pathlib.Path(__file__).parent / "with_postgres")
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for case in report["benchmarks"]:
        if case.get("error_occurred"):
            sys.exit(f"{case['name']}: {case['error_message']}")
    return {case["name"]: case for case in report["benchmarks"]}


def instructions(folder, lifecycles):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
               folder / "lifecycles", str(PARKED), str(lifecycles)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", told).group(1))


def evaluations(folder, rounds):
    """How often an expression is evaluated, the making of the centre included."""
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", "--compress-strings=no",
                   folder / "expressions", str(AGENTS), str(rounds)]
        subprocess.run(command, check=True, capture_output=True)
        told = pathlib.Path(out.name).read_text()
    calls = re.findall(r"^cfn=.*::Evaluate\(.*\ncalls=(\d+) ", told, re.MULTILINE)
    counted = sum(int(number) for number in calls)
    if counted < AGENTS:
        sys.exit("evaluations of expressions are not seen")
    return counted


def collect(folder, runs):
    """All figures: bar -> one value for each run; and the curves: name -> label -> x -> values of y."""
    figures, curves = collections.defaultdict(list), collections.defaultdict(lambda: collections.defaultdict(dict))
    for number in range(runs):
        print(f"run {number + 1} of {runs}", file=sys.stderr, flush=True)
        worst = {}
        for name, filters in BENCHES.items():
            for case, counters in run_bench(folder, name, filters).items():
                for bar, _, sign, _ in BARS:
                    if bar in counters:
                        worse = min if sign == ">=" else max
                        worst[bar] = worse(worst.get(bar, counters[bar]), counters[bar])
                for curve, counter, over, _, _ in CURVES:
                    x = re.search(rf"/{over}:(\d+)(/|$)", case)
                    if x and counter in counters:
                        line = curves[curve][counters.get("label", "")]
                        line.setdefault(int(x.group(1)), []).append(counters[counter])
        for bar, figure in worst.items():
            figures[bar].append(figure)
    counted = instructions(folder, MANY) - instructions(folder, FEW)
    figures["S2"] = [counted / ((MANY - FEW) * COMMANDS)]
    evaluated = evaluations(folder, MANY_ROUNDS) - evaluations(folder, FEW_ROUNDS)
    figures["S18"] = [evaluated / (MANY_ROUNDS - FEW_ROUNDS)]
    return figures, curves


def draw(curves, results):
    """Each curve as SVG, its medians beside it as text: a block for each line, apart by two empty lines."""
    for name, _, _, what, over in CURVES:
        lines, data = curves[name], results / f"{name}.txt"
        blocks, plots, points = [], [], []
        for number, (label, values) in enumerate(lines.items()):
            medians = {x: statistics.median(ys) for x, ys in sorted(values.items())}
            points += medians.values()
            blocks.append("".join(f"{x} {y:.1f}\n" for x, y in medians.items()))
            plots.append(f"'{data}' index {number} with linespoints " + (f"title '{label}'" if label else "notitle"))
        data.write_text("\n\n".join(blocks))
        if not points:
            continue
        far = max(points) > 20 * min(points)
        script = (f"set terminal svg size 640,360; set output '{results / name}.svg'; set logscale x 10; "
                  f"set xlabel '{over}'; set ylabel '{what}'; set key below; set grid; "
                  + ("set logscale y 10; " if far else "set yrange [0:*]; ") + "plot " + ", ".join(plots))
        subprocess.run(["gnuplot", "-e", script], check=True)


def machine():
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{cpu.group(1) if cpu else platform.machine()}, g++"


def main():
    folder, runs, results = pathlib.Path(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
    results.mkdir(exist_ok=True)
    figures, curves = collect(folder, runs)
    rows = []
    for bar, what, sign, limit in BARS:
        figure = statistics.median(figures[bar]) if figures[bar] else None
        if limit is None:
            holds = None
        else:
            holds = figure is not None and (figure <= limit if sign == "<=" else figure >= limit)
        rows.append({"bar": bar, "what": what, "sign": sign, "limit": limit, "figure": figure, "holds": holds,
                     "runs": figures[bar]})
        shown = "not measured" if figure is None else f"{figure:.2f}"
        wanted = "" if limit is None else f"{sign} {limit:g}"
        verdict = {True: "holds", False: "DOES NOT HOLD", None: ""}[holds]
        print(f"{bar:4} {what:72} {wanted:9} {shown:>12}  {verdict}")
    print(f"Medians of {runs} runs. {machine()}")
    (results / "bars.json").write_text(json.dumps({"machine": machine(), "bars": rows}, indent=1) + "\n")
    draw(curves, results)


main()
