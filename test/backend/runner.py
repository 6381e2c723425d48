"""Runs cases in worker processes and says how they end."""
from __future__ import annotations

import dataclasses
import os
import resource
from collections.abc import Callable, Iterable

import numpy as np

import modes
import workers
from cases import Case

# Seconds for a case, and for a network of hundreds of layers.
_LIMIT, _LIMIT_LIGHT = 40, 300
# A case that would take more is a failure, not the end of the machine.
_MEMORY = 24 << 30


@dataclasses.dataclass
class Result:
    case: Case
    mode: str
    error: str  # empty where the case passes


def _check(expected, got, case: Case, what: str) -> None:
    """Raises AssertionError where they differ, by the rules of ONNX's runner."""
    if isinstance(expected, list):
        if not isinstance(got, (list, tuple)) or len(got) != len(expected):
            raise AssertionError(f"{what} is not a list of {len(expected)}")
        for i, (e, g) in enumerate(zip(expected, got)):
            _check(e, g, case, f"{what}[{i}]")
        return
    expected = np.asarray(expected)
    if got.shape != expected.shape:
        raise AssertionError(
            f"{what} has shape {list(got.shape)}, not {list(expected.shape)}")
    if got.dtype != expected.dtype:
        raise AssertionError(f"{what} is {got.dtype}, not {expected.dtype}")
    rtol = case.rtol
    if got.dtype.name == "bfloat16":
        rtol = max(rtol, 2**-6)
        got, expected = got.astype(np.float32), expected.astype(np.float32)
    if not np.allclose(got, expected, rtol=rtol, atol=case.atol, equal_nan=True):
        with np.errstate(all="ignore"):
            error = np.abs(got.astype(np.float64) - expected.astype(np.float64))
        raise AssertionError(f"{what} differs, by up to {np.nanmax(error):.3g}")


def run_case(case: Case, mode: str) -> str:
    """Runs a case here; returns what is wrong with it."""
    from atrous import Error, backend

    try:
        model, data_sets = case.load()
        for variant, sets in modes.apply(mode, model, data_sets):
            prepared = backend.prepare(variant, jobs=1, threads=1)
            for inputs, outputs in sets:
                got = prepared.run(inputs)
                if len(got) != len(outputs):
                    raise AssertionError(
                        f"{len(got)} outputs, not {len(outputs)}")
                for i, output in enumerate(outputs):
                    _check(output, got[i], case, f"output {i}")
    except (AssertionError, Error) as error:
        return str(error) or type(error).__name__
    except Exception as error:  # Whatever it is, other cases go on.
        return f"{type(error).__name__}: {error}"
    return ""


def run(jobs: Iterable[tuple[Case, str]], count: int = 2,
        report: Callable[[Result], None] | None = None) -> list[Result]:
    """Runs pairs of case and mode; results are in their order. Light models
    come first: they take longest."""
    jobs = list(jobs)
    import atrous.backend  # noqa: F401  # once, before the workers are forked

    def work(index: int) -> str:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        return run_case(*jobs[index])

    def limit(index: int) -> int:
        return _LIMIT_LIGHT if jobs[index][0].family == "light" else _LIMIT

    order = sorted(range(len(jobs)), key=lambda i: jobs[i][0].family != "light")
    results: list[Result | None] = [None] * len(jobs)
    for index, error in workers.run(work, order, count, limit, failed=str):
        results[index] = Result(*jobs[index], error)
        if report:
            report(results[index])
    return results


def use_memory_for_files() -> None:
    """Puts temporary files where they never reach a disk."""
    if os.access("/dev/shm", os.W_OK) and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = "/dev/shm"
