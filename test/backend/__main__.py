"""python test/backend: runs ONNX's backend tests and tells how they end."""
from __future__ import annotations

import argparse
import collections
import fnmatch
import re
import sys
import time

import ratchet
import runner
import table
from cases import load_cases
from families import IN_SCOPE, MODELS, OUT_OF_SCOPE, is_in_scope
from modes import MODES


def parse():
    parser = argparse.ArgumentParser(prog="test/backend", description=__doc__)
    parser.add_argument("--family", action="append", metavar="NAME",
                        choices=[*IN_SCOPE, *MODELS, *OUT_OF_SCOPE],
                        help="only this family (may be repeated); default: all "
                        "that are in scope")
    parser.add_argument("--case", action="append", metavar="PATTERN",
                        help="only these cases, as test_resize_* (repeated)")
    parser.add_argument("--op", action="append", help="only this operator's")
    parser.add_argument("--mode", action="append", choices=MODES,
                        help="only this mode (may be repeated)")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes")
    parser.add_argument("--update", action="store_true",
                        help="write what passes to passing.txt, and "
                        "docs/operators.md")
    parser.add_argument("--list", action="store_true",
                        help="print the cases instead of running them")
    parser.add_argument("--passing", action="store_true",
                        help="also print the names of cases that pass")
    return parser.parse_args()


def choose(options):
    chosen = []
    for case in load_cases():
        if options.family:
            if case.family not in options.family:
                continue
        elif not is_in_scope(case.family) and not options.case:
            continue
        if options.op and case.op not in options.op:
            continue
        if options.case and not any(fnmatch.fnmatchcase(case.name, pattern)
                                    for pattern in options.case):
            continue
        chosen.append(case)
    return chosen


def shorten(error: str) -> str:
    """The line of an error that says most: notes go, and the compiler may say
    first how many operators it lacks, and then which."""
    lines = [line.strip().removeprefix("error: ") for line in error.splitlines()
             if not line.lstrip().startswith("note:")]
    for line in lines:
        if line.endswith("not supported:") and len(lines) > 1:
            continue
        return line
    return lines[-1] if lines else ""


def generalise(error: str) -> str:
    """An error without what differs between cases: names and numbers."""
    error = shorten(error)
    return re.sub(r"\d[\d.e+-]*", "N", re.sub(r" node '[^']*'", "", error))


def print_failures(results) -> None:
    groups = collections.defaultdict(list)
    for result in results:
        if result.error:
            groups[generalise(result.error)].append(result)
    for text, members in sorted(groups.items(), key=lambda g: -len(g[1])):
        print(f"{len(members)} x {text}")
        for result in members[:200]:
            detail = shorten(result.error)
            print(f"    {result.case.name} ({result.mode})"
                  + (f": {detail}" if len(members) < 4 else ""))


def print_score(results, modes) -> None:
    table = collections.defaultdict(lambda: [0, 0])
    for result in results:
        entry = table[result.case.family, result.mode]
        entry[0] += not result.error
        entry[1] += 1
    families = sorted({family for family, _ in table})
    print(f"{'family':20}" + "".join(f"{mode:>14}" for mode in modes))
    total = {mode: [0, 0] for mode in modes}
    for family in families:
        line = f"{family:20}"
        for mode in modes:
            passed, count = table[family, mode]
            total[mode][0] += passed
            total[mode][1] += count
            line += f"{f'{passed} of {count}':>14}"
        print(line)
    print(f"{'sum':20}" + "".join(
        f"{f'{p} of {c}':>14}" for p, c in total.values()))


def main() -> int:
    options = parse()
    chosen = choose(options)
    modes = [mode for mode in MODES if not options.mode or mode in options.mode]
    if options.list:
        for case in chosen:
            print(case.name, case.family, case.op or "")
        return 0
    runner.use_memory_for_files()
    begin = time.monotonic()
    results = runner.run([(case, mode) for case in chosen for mode in modes],
                         options.jobs)
    if options.passing:
        for result in results:
            if not result.error:
                print(result.case.name, result.mode)
    print_failures(results)
    print_score(results, modes)
    print(f"{time.monotonic() - begin:.0f} s")
    if options.update:
        ratchet.update(results)
        table.main()
        return 0
    return 1 if any(result.error for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
