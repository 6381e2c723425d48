"""Holds ONNX's backend tests against passing.txt, both ways.

ATROUS_BACKEND=all runs every case of the families in scope, in every mode; by
default a part of them is run, always the same.
"""
import os
import sys
import zlib

import pytest

sys.path.insert(0, os.path.dirname(__file__))

import families  # noqa: E402
import modes  # noqa: E402
import ratchet  # noqa: E402
import runner  # noqa: E402
import table  # noqa: E402
from cases import load_cases  # noqa: E402

# One in so many cases is run by default.
SAMPLE = 8


def is_sampled(case, mode):
    if os.environ.get("ATROUS_BACKEND") == "all":
        return True
    if case.family == "light":
        return False
    return zlib.crc32(f"{case.name} {mode}".encode()) % SAMPLE == 0


@pytest.fixture(scope="module")
def cases():
    return load_cases()


def test_passing_cases(cases):
    runner.use_memory_for_files()
    jobs = [
        (case, mode)
        for case in cases
        if families.is_in_scope(case.family)
        for mode in modes.MODES
        if is_sampled(case, mode)
    ]
    problems = ratchet.check(runner.run(jobs))
    assert not problems, "\n".join(problems)


def test_listed_cases_exist(cases):
    """Another version of ONNX may have other cases."""
    known = {case.name for case in cases}
    assert sorted(ratchet.read().keys() - known) == []


def test_support_table_is_current():
    assert table.PATH.read_text(encoding="utf-8") == table.make_table(), (
        "docs/operators.md is old; run: python test/backend/table.py")


def test_crash_and_hang_are_reported(monkeypatch, cases):
    def run_case(case, mode):
        if mode == "crash":
            os.abort()
        while mode == "hang":
            pass
        return ""

    monkeypatch.setattr(runner, "run_case", run_case)
    monkeypatch.setattr(runner, "_LIMIT", 2)
    jobs = [(cases[0], mode) for mode in ("a", "crash", "b", "hang", "c")]
    errors = [result.error for result in runner.run(jobs)]
    assert errors == ["", "crash: SIGABRT", "", "takes too long", ""]


def test_ratchet_works_both_ways(monkeypatch, tmp_path, cases):
    monkeypatch.setattr(ratchet, "PATH", str(tmp_path / "passing.txt"))
    old, new = cases[0], cases[1]
    ratchet.update([runner.Result(old, "static", "")])
    assert ratchet.read() == {old.name: {"static"}}
    lost, found = ratchet.check([runner.Result(old, "static", "wrong"),
                                 runner.Result(new, "constant", "")])
    assert lost == f"{old.name} (static) passed before, now: wrong"
    assert f"--update --case {new.name} --mode constant" in found
    ratchet.update([runner.Result(old, "static", "wrong")])
    assert ratchet.read() == {}
