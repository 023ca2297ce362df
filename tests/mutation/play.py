"""Wakes each mutant in turn and runs the tests until one of them fails.

usage: play.py BUILD LIST SURVIVORS [FIRST LAST | BEFORE]

Only the mutants from FIRST to LAST, or those of lines that no mutant in the list BEFORE is of.

Prints a table of files: mutants, killed, and how many of the rest are equivalent by SURVIVORS, a list
with reasons; exits with 1 if one survives that is not listed. A line of SURVIVORS is

  file | what | the source line | equivalent or survives | the reason
"""

import collections
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

# The quick ones first: most mutants are killed by them.
TESTS = """scenario_test determinism_test timer_wheel_test timer_pool_test timer_lists_test slot_map_test index_test chain_test
cell_pool_test places_test parcel_test parcel_messages_test conversations_test conversations_timer_test conversations_history_test bit_set_test line_pool_test timer_wheel_history_test timer_stop_test timer_rows_test timer_store_test timer_ahead_test limits_test leftovers_test
reroute_decision_test records_test refusal_id_test query_test matching_test refusal_test invite_test
eligibility_test explain_test memory_test memory_crowd_test reserve_test differential_test simulation_test""".split()
ENTRY = r"(\S+) \| (\S+ becomes \S+|[^|]+) \| (.+) \| (equivalent|survives) \| (.+)"
SECONDS = 120  # For one test of no mutant.
QUICK = 3      # A listed survivor was looked at: it wakes for tests that take no longer.


def tests_in(build):
    tests = [build / "tests" / name for name in TESTS]
    assert all(os.access(test, os.X_OK) for test in tests), tests
    return tests


def passes(number, test, seconds):
    environment = os.environ | {"PARLEY_MUTANT": str(number), "PARLEY_STEPS": "300000"}
    command = [str(test), "--gtest_brief=1", "--gtest_fail_fast"]
    try:
        done = subprocess.run(command, env=environment, timeout=seconds, check=False, cwd=test.parent,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def timed(tests):
    """Each with the seconds that it takes without a mutant."""
    seconds = []
    for test in tests:
        begin = time.monotonic()
        assert passes(0, test, SECONDS), f"without a mutant {test.name} passes"
        seconds.append((test, time.monotonic() - begin))
    return seconds


def killer(number, tests):
    """The name of the test that notices this mutant; None if none does. One that takes many times as
    long as usual runs for ever."""
    return next((test.name for test, usual in tests if not passes(number, test, 10 + 10 * usual)), None)


def read_survivors(path):
    listed = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            entry = re.fullmatch(ENTRY, line)
            assert entry, line
            listed[entry.group(1, 2, 3)] = entry.group(4)
    return listed


def read_mutants(path):
    return [line.split("\t") for line in pathlib.Path(path).read_text().splitlines()]


def without(mutants, before):
    """Those that `before` does not have, wherever in its file the line stands."""
    had = collections.Counter((file, what, source) for _, file, _, what, source in before)
    new = []
    for mutant in mutants:
        key = mutant[1], mutant[3], mutant[4]
        if had[key] == 0:
            new.append(mutant)
        else:
            had[key] -= 1
    return new


def main():
    build, mutants = pathlib.Path(sys.argv[1]).resolve(), read_mutants(sys.argv[2])
    listed = read_survivors(pathlib.Path(sys.argv[3]))
    if len(sys.argv) == 6:
        mutants = mutants[int(sys.argv[4]) - 1:int(sys.argv[5])]
    elif len(sys.argv) == 5:
        mutants = without(mutants, read_mutants(sys.argv[4]))
    tests = timed(tests_in(build))
    quick = [(test, usual) for test, usual in tests if usual < QUICK]

    def play(mutant):
        number, file, _, what, source = mutant
        return killer(int(number), quick if (file, what, source) in listed else tests)

    made, killed, equivalent = (collections.Counter() for _ in range(3))
    wrong = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = pool.map(play, mutants)
        for (number, file, line, what, source), by in zip(mutants, outcomes):
            made[file] += 1
            kind = listed.get((file, what, source))
            killed[file] += by is not None
            equivalent[file] += by is None and kind == "equivalent"
            if by is None:
                print(f"{number} {'survives' if kind is None else kind}: {file}:{line} {what}: {source}", flush=True)
            if by is None and kind is None:
                wrong.append(f"{file} | {what} | {source}")

    print(f"\n{'':36} {'mutants':>8} {'killed':>8} {'equivalent':>11} {'of the others':>14}")
    made["all"], killed["all"], equivalent["all"] = made.total(), killed.total(), equivalent.total()
    for file in made:
        share = 100 * killed[file] / max(made[file] - equivalent[file], 1)
        print(f"{file:36} {made[file]:8} {killed[file]:8} {equivalent[file]:11} {share:12.1f} %")
    for line in wrong:
        print("survives without a reason:", line)
    sys.exit(1 if wrong else 0)


main()
