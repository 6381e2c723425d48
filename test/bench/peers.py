#!/usr/bin/env python3
"""Times models under Atrous and its peers, and renews the table in README.md.

  PYTHONPATH=build/python peers.py [--threads 1,2] [--rounds R] [--readme README.md] [MODEL.onnx[=INPUT.npz] ...]

Peers are ONNX Runtime, and OpenVINO where it can be imported. Without models, those of ../shared/models are taken,
if they are there. Each peer has a process of its own that stays up and is asked for batches of runs in turns, so that
a drift of the machine hits all alike; the figure is the median of all runs. Prints milliseconds, and writes the ratios
of the fastest peer's time to Atrous's between the README's markers.
"""
import argparse
import datetime
import importlib.metadata
import importlib.util
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("ATROUS_SHARED", ROOT.parent / "shared")) / "models"
PACKAGES = {"ONNX Runtime": "onnxruntime", "OpenVINO": "openvino"}
BEGIN, END = "<!-- make bench writes from here -->", "<!-- to here -->"
# Models beside each other in a row of the README's table.
COLUMNS = 4


def load_atrous(path, threads, feeds):
    import atrous
    model = atrous.compile(path, threads=threads)
    return lambda: model.run(None, feeds)


def load_onnxruntime(path, threads, feeds):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda: session.run(None, feeds)


def load_openvino(path, threads, feeds):
    import openvino
    core = openvino.Core()
    model = core.read_model(path)
    model.reshape({name: list(value.shape) for name, value in feeds.items()})
    request = core.compile_model(model, "CPU", {
        "PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
    return lambda: request.infer(feeds)


LOADERS = {"Atrous": load_atrous, "ONNX Runtime": load_onnxruntime, "OpenVINO": load_openvino}


def work(peer, path, inputs, threads):
    """One peer's process: for a line with a number it runs as many times and says how long each took."""
    import numpy as np
    run = LOADERS[peer](path, threads, dict(np.load(inputs)))
    run()
    print("ready", flush=True)
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            start = time.perf_counter()
            run()
            times.append(time.perf_counter() - start)
        print(*times, flush=True)


class Peer:
    def __init__(self, name, path, inputs, threads):
        self.times = []
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--worker", name, str(path), str(inputs), str(threads)], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.is_ready = self.process.stdout.readline().startswith("ready")

    def run(self, count):
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        return [float(word) for word in self.process.stdout.readline().split()]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(path, inputs, names, threads, rounds):
    """Median milliseconds of each peer that runs the model."""
    peers = {name: Peer(name, path, inputs, threads) for name in names}
    running = {name: peer for name, peer in peers.items() if peer.is_ready}
    counts = {name: max(1, min(20, int(0.4 / peer.run(1)[0]))) for name, peer in running.items()}
    for _ in range(rounds):
        for name, peer in running.items():
            peer.times += peer.run(counts[name])
    for peer in peers.values():
        peer.close()
    return {name: 1e3 * statistics.median(peer.times) for name, peer in running.items()}


def find_models(folder):
    """The models of ../shared, as (path, inputs); skeletons are filled in."""
    if not SHARED.is_dir():
        return
    sys.path.insert(0, str(SHARED))
    import materialize
    for inputs in sorted((SHARED / "inputs").glob("*.npz")):
        path = SHARED / "real" / f"{inputs.stem}.onnx"
        if not path.exists():
            path = folder / f"{inputs.stem}.onnx"
            materialize.materialize(str(SHARED / "skel" / f"{inputs.stem}.skel.onnx"), str(path))
        yield path, inputs


def write_inputs(path, inputs, folder):
    """An .npz of the model's inputs alone."""
    import numpy as np
    import onnx
    sys.path.insert(0, str(ROOT / "test" / "models"))
    import float64
    feeds = float64.make_feeds(onnx.load(path, load_external_data=False), inputs)
    np.savez(folder / "inputs.npz", **feeds)
    return folder / "inputs.npz"


def get_cpu():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.machine()


def make_table(results, threads, versions, command):
    """Ratios, several models in a row, and below how they came about."""
    cell = f"model | {' | '.join(f'{n} thread' + 's' * (n > 1) for n in threads)}"
    lines = [f"| {' | '.join([cell] * COLUMNS)} |", "|" + "---|" * (COLUMNS * (1 + len(threads)))]
    cells = [f"{name} | " + " | ".join(f"{ratios[n]:.2f}" if n in ratios else "–" for n in threads)
             for name, ratios in sorted(results.items())]
    cells += [" | " * len(threads)] * (-len(cells) % COLUMNS)
    lines += [f"| {' | '.join(cells[i:i + COLUMNS])} |" for i in range(0, len(cells), COLUMNS)]
    means = []
    for n in threads:
        known = [math.log(ratios[n]) for ratios in results.values() if n in ratios]
        if known:
            means.append(f"{math.exp(statistics.mean(known)):.2f} ({n} thread{'s' * (n > 1)})")
    return "\n".join(lines + [
        "", f"Time of the faster of {versions} by that of Atrous, fp32. Geometric mean of {len(results)}: "
        f"{', '.join(means)}. {get_cpu()}, {datetime.date.today()}, `{command}`."])


def renew(readme, table):
    text = readme.read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"error: {readme} has no lines '{BEGIN}' and '{END}'")
    readme.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")


def main():
    if sys.argv[1:2] == ["--worker"]:
        peer, path, inputs, threads = sys.argv[2:]
        return work(peer, path, inputs, int(threads))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--readme", type=pathlib.Path)
    parser.add_argument("models", nargs="*")
    arguments = parser.parse_args()
    threads = [int(word) for word in arguments.threads.split(",")]
    peers = [name for name, package in PACKAGES.items() if importlib.util.find_spec(package)]
    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        given = [(word.partition("=")[0], word.partition("=")[2] or None) for word in arguments.models]
        for path, inputs in given or find_models(folder):
            stem, feeds = pathlib.Path(path).stem, write_inputs(path, inputs, folder)
            ratios = {}
            for n in threads:
                times = measure(path, feeds, ["Atrous", *peers], n, arguments.rounds)
                print(f"{stem:32} {n} threads", *(f"{peer} {ms:.2f} ms" for peer, ms in times.items()), flush=True)
                if "Atrous" in times and len(times) > 1:
                    ratios[n] = min(ms for peer, ms in times.items() if peer != "Atrous") / times["Atrous"]
            results[stem] = ratios
    if not results:
        print(f"nothing to run: no models given, and none at {SHARED}")
        return
    versions = " and ".join(f"{name} {importlib.metadata.version(PACKAGES[name])}" for name in peers)
    table = make_table(results, threads, versions, "make bench")
    print(table)
    if arguments.readme:
        renew(arguments.readme, table)


if __name__ == "__main__":
    main()
