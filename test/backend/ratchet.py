"""passing.txt: the cases that pass, one a line, with the modes they pass in.

    test_abs static dynamic constant
"""
from __future__ import annotations

import os

from modes import MODES

PATH = os.path.join(os.path.dirname(__file__), "passing.txt")
_HEAD = """\
# Cases of ONNX's backend tests that pass, with the modes in which they do.
# Written by: python test/backend --update
"""


def read() -> dict[str, set[str]]:
    passing = {}
    with open(PATH, encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if words:
                passing[words[0]] = set(words[1:])
    return passing


def write(passing: dict[str, set[str]]) -> None:
    with open(PATH, "w", encoding="utf-8") as file:
        file.write(_HEAD)
        for name in sorted(passing):
            modes = [mode for mode in MODES if mode in passing[name]]
            if modes:
                file.write(" ".join([name, *modes]) + "\n")


def check(results: list) -> list[str]:
    """What is wrong with results, compared with the file."""
    passing = read()
    problems = []
    for result in results:
        listed = result.mode in passing.get(result.case.name, ())
        if listed and result.error:
            problems.append(f"{result.case.name} ({result.mode}) passed before, "
                            f"now: {result.error}")
        elif not listed and not result.error:
            problems.append(
                f"{result.case.name} ({result.mode}) passes and is not listed; "
                "add it: python test/backend --update "
                f"--case {result.case.name} --mode {result.mode}")
    return problems


def update(results: list) -> None:
    """Takes the results over; cases that were not run keep their modes."""
    passing = read() if os.path.exists(PATH) else {}
    for result in results:
        modes = passing.setdefault(result.case.name, set())
        modes.discard(result.mode)
        if not result.error:
            modes.add(result.mode)
    write(passing)
