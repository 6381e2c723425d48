"""Runs jobs in processes that may crash or hang.

They are forked, so that a new one has the cases at hand. A job is given to a
worker through a pipe; what it answers, or why it does not, comes back.
"""
from __future__ import annotations

import faulthandler
import multiprocessing
import multiprocessing.connection
import signal
import time
from collections.abc import Callable, Iterator

_context = multiprocessing.get_context("fork")


class _Worker:
    def __init__(self, function: Callable) -> None:
        self.pipe, theirs = _context.Pipe()
        self.process = _context.Process(target=self._loop, args=(function, theirs),
                                        daemon=True)
        self.process.start()
        theirs.close()
        self.job = None
        self.deadline = 0.0

    @staticmethod
    def _loop(function: Callable, pipe) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        faulthandler.disable()  # A crash is told by the parent, in one line.
        while (job := pipe.recv()) is not None:
            pipe.send(function(job))

    def start(self, job, limit: float) -> None:
        self.job = job
        self.deadline = time.monotonic() + limit
        self.pipe.send(job)

    def stop(self) -> str:
        """Ends the process and says how it did."""
        self.process.kill() if self.process.is_alive() else None
        self.process.join()
        self.pipe.close()
        code = self.process.exitcode
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def run(function: Callable, jobs: list, count: int, limit: Callable,
        failed: Callable) -> Iterator[tuple]:
    """Yields (job, function(job)), in the order in which they end; where a
    worker crashes, or takes longer than `limit(job)` seconds,
    (job, failed(reason))."""
    jobs = list(reversed(jobs))
    workers = [_Worker(function) for _ in range(min(count, len(jobs)))]
    try:
        for worker in workers:
            job = jobs.pop()
            worker.start(job, limit(job))
        while workers:
            ready = multiprocessing.connection.wait(
                [worker.pipe for worker in workers], timeout=1)
            for worker in list(workers):
                late = time.monotonic() > worker.deadline
                if worker.pipe not in ready and not late:
                    continue
                job, alive = worker.job, True
                try:
                    if worker.pipe not in ready:
                        raise TimeoutError
                    answer = worker.pipe.recv()
                except TimeoutError:
                    worker.stop()
                    answer, alive = failed("takes too long"), False
                except (EOFError, OSError):
                    worker.process.join(5)
                    answer, alive = failed(f"crash: {worker.stop()}"), False
                workers.remove(worker)
                if jobs:
                    worker = worker if alive else _Worker(function)
                    next_job = jobs.pop()
                    worker.start(next_job, limit(next_job))
                    workers.append(worker)
                elif alive:
                    worker.stop()
                yield job, answer
    finally:
        for worker in workers:
            worker.stop()
