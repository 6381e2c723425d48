"""How fast a model is at a hinted size, beside itself compiled for that size alone
and for any size:

    PYTHONPATH=build/python python test/bench/shape_hints.py m.onnx x:1x3x480x640 --open 2,3

`--open` names the dimensions of the input that are made symbols first. All programs
run in rounds, in an order that is drawn anew for each; the static one is there
twice, so that what two equal programs differ by is seen. Prints medians over the rounds
of the ratio to the static one: of wall-clock time, and of the processor time
of all threads, which other work on the machine disturbs less.
"""
import argparse
import pathlib
import tempfile
import time

import numpy as np
import onnx

import atrous


def open_sizes(path, name, dimensions):
    model = onnx.load(path)
    [graph_input] = [i for i in model.graph.input if i.name == name]
    dims = graph_input.type.tensor_type.shape.dim
    for dimension in dimensions:
        dims[dimension].dim_param = f"size{dimension}"
    # What the model says of sizes behind the input holds no longer.
    del model.graph.value_info[:]
    for output in model.graph.output:
        output.type.tensor_type.ClearField("shape")
    return model


def measure(programs, x, seconds):
    """Wall-clock and processor milliseconds: [round, program]."""
    random = np.random.default_rng(0)
    wall, processor = [], []
    end = time.monotonic() + seconds
    while time.monotonic() < end or len(wall) < 5:
        times = np.zeros((2, len(programs)))
        for i in random.permutation(len(programs)):
            started = time.perf_counter(), time.process_time()
            programs[i](x)
            times[:, i] = (time.perf_counter() - started[0],
                           time.process_time() - started[1])
        wall.append(times[0] * 1e3)
        processor.append(times[1] * 1e3)
    return np.array(wall), np.array(processor)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("hint", help="name:1x3x480x640")
    parser.add_argument("--open", default="", help="2,3")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30)
    arguments = parser.parse_args()

    name, _, sizes = arguments.hint.rpartition(":")
    shape = tuple(int(size) for size in sizes.split("x"))
    model = open_sizes(arguments.model, name,
                       [int(d) for d in arguments.open.split(",") if d])
    variants = {"static": {"shapes": {name: shape}},
                "hint": {"shape_hints": [{name: shape}]},
                "any size": {},
                "static again": {"shapes": {name: shape}}}
    programs, lines = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number, flags in enumerate(variants.values()):
            path = pathlib.Path(folder) / f"{number}.so"
            started = time.monotonic()
            programs.append(atrous.compile(
                model, path, threads=arguments.threads, **flags))
            lines.append(f"{path.stat().st_size / 1e6:8.1f} MB "
                         f"{time.monotonic() - started:6.1f} s compiling")
        x = np.random.default_rng(0).standard_normal(shape, np.float32)
        for program in programs:
            program(x)
        wall, processor = measure(programs, x, arguments.seconds)
    print(f"{len(wall)} rounds, {arguments.threads} threads")
    for i, variant in enumerate(variants):
        print(f"{variant:13} "
              f"wall {np.median(wall[:, i]):8.2f} ms "
              f"x{np.median(wall[:, i] / wall[:, 0]):.3f}  "
              f"processor {np.median(processor[:, i]):8.2f} ms "
              f"x{np.median(processor[:, i] / processor[:, 0]):.3f} {lines[i]}")


if __name__ == "__main__":
    main()
