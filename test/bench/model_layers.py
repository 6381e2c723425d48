#!/usr/bin/env python3
"""What each layer of a model takes, and how far that is from what the core can do.

  PYTHONPATH=build/python model_layers.py model.onnx [--mcpu CPU] [--runs N] [--least SHARE] [--winograd WORD]
                                          [--input x.npz] [--shape name:1x3x520x520 ...]

Compiles the model for profiling and one thread, runs it N times and takes each layer's shortest time. Layers that
run the same kernel are one line of the Markdown table. "GFLOP/s" counts the operations of the loops as written,
so that an algorithm with fewer products may be above the peak. "of peak" is the share of the multiply-add peak, "of
bandwidth" the time that reading the operands and writing the result once takes, as often as caches allow, by the time
that the layer takes; both are measured beside it (build/bin/roofline). Lines below SHARE per cent are summed up.
"""
import argparse
import collections
import datetime
import pathlib
import platform
import re
import subprocess
import sys

import numpy as np

WIDTHS = {"f64": 8, "i64": 8, "index": 8, "f32": 4, "i32": 4, "f16": 2, "bf16": 2, "i16": 2, "i8": 1, "i1": 1}


def count_bytes(texts):
    """Of types such as 1x4x56x56x16xf32; 0 where a size is not known."""
    total = 0
    for text in texts:
        *sizes, element = [text] if text == "index" else text.split("x")
        if "?" in sizes:
            return 0
        total += int(np.prod([int(size) for size in sizes], dtype=np.int64)) * WIDTHS.get(element, 4)
    return total


def describe_schedule(schedule):
    """#kernel.cpu<algo = direct_conv, ..., tile = [2, 14]> as direct_conv 2x14."""
    algorithm = re.search(r"algo = (\w+)", schedule)
    if not algorithm:
        return "runtime function"
    lists = [re.search(rf"\b{name} = \[([^\]]*)\]", schedule) for name in ("tile", "block")]
    return " ".join([algorithm[1]] + [found[1].replace(", ", "x") if found else "" for found in lists]).strip()


def describe_nodes(layers):
    """The ONNX nodes of the first layer, and how many layers there are."""
    nodes = layers[0]["nodes"] or ["–"]
    text = " + ".join(node.rsplit("/", 2)[-1] if len(nodes) > 1 else node for node in nodes[:3])
    if len(nodes) > 3:
        text += f" + {len(nodes) - 3}"
    return text + (f" (×{len(layers)})" if len(layers) > 1 else "")


def measure_roofline(tool, lanes, pairs):
    """The peak in flop/s, and seconds of each pair of bytes."""
    lines = subprocess.run([tool, str(lanes), *(f"{read}:{written}" for read, written in pairs)], check=True,
                           capture_output=True, text=True).stdout.split()
    return float(lines[0]), dict(zip(pairs, map(float, lines[1:])))


def make_feeds(model, given):
    random = np.random.default_rng(0)
    feeds = {}
    for info in model.inputs:
        if info.name in given:
            feeds[info.name] = given[info.name]
        elif any(isinstance(size, str) for size in info.shape):
            sys.exit(f"error: input '{info.name}' has sizes known at run time only; give --shape or --input")
        else:
            feeds[info.name] = random.random(info.shape).astype(info.dtype)
    return feeds


def print_table(rows, rest, total, peak, streams):
    print("| kernel | ONNX nodes | schedule | output | ms | share | GFLOP/s | of peak | MB | of bandwidth |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for layers, seconds in rows:
        first, count = layers[0], len(layers)
        rate = first.get("operations", 0) * count / seconds
        work = f"{rate / 1e9:.0f} | {100 * rate / peak:.0f} %" if rate else "– | –"
        pair = (count_bytes(first["inputs"]), count_bytes(first["outputs"]))
        stream = "– | –"
        if all(pair):
            stream = f"{sum(pair) * count / 1e6:.2f} | {100 * streams[pair] * count / seconds:.0f} %"
        print(f"| {first['kernel'].split('__')[0]} | {describe_nodes(layers)} | "
              f"{describe_schedule(first.get('schedule', ''))} | {', '.join(first['outputs'])} | {1e3 * seconds:.3f} | "
              f"{100 * seconds / total:.1f} % | {work} | {stream} |")
    if rest[0]:
        print(f"| {rest[0]} smaller ones | | | | {1e3 * rest[1]:.3f} | {100 * rest[1] / total:.1f} % | | | | |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--mcpu", default="native")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--least", type=float, default=1.0, metavar="SHARE")
    parser.add_argument("--winograd", default="accurate")
    parser.add_argument("--input", help="an .npz of inputs")
    parser.add_argument("--shape", action="append", default=[])
    arguments = parser.parse_args()
    import atrous

    shapes = {name: [int(size) for size in sizes.split("x")]
              for name, _, sizes in (text.rpartition(":") for text in arguments.shape)}
    model = atrous.compile(arguments.model, threads=1, mcpu=arguments.mcpu, shapes=shapes, profile=True,
                           winograd=arguments.winograd)
    feeds = make_feeds(model, dict(np.load(arguments.input)) if arguments.input else {})
    times = np.min([model.profile(feeds) for _ in range(arguments.runs + 1)][1:], axis=0)
    total = times.sum()

    kernels = collections.defaultdict(list)
    for layer, seconds in zip(model.layers, times):
        if seconds:
            kernels[layer["kernel"], *layer["inputs"]].append((layer, seconds))
    groups = [([layer for layer, _ in group], sum(seconds for _, seconds in group)) for group in kernels.values()]
    groups.sort(key=lambda group: -group[1])
    rows = [group for group in groups if 100 * group[1] >= arguments.least * total]
    small = groups[len(rows):]

    pairs = {(count_bytes(layers[0]["inputs"]), count_bytes(layers[0]["outputs"])) for layers, _ in rows}
    lanes = 16 if any("isa = avx512" in layer.get("schedule", "") for layer in model.layers) else 8
    tool = pathlib.Path(atrous.__file__).resolve().parents[2] / "bin" / "roofline"
    peak, streams = measure_roofline(tool, lanes, sorted(pairs))
    print(f"{pathlib.Path(arguments.model).stem}: {1e3 * total:.2f} ms in {int((times > 0).sum())} layers on one "
          f"thread; multiply-add peak {peak / 1e9:.0f} GFLOP/s; {platform.machine()}, {arguments.mcpu}, "
          f"{datetime.date.today()}\n")
    print_table(rows, (len(small), sum(seconds for _, seconds in small)), total, peak, streams)


if __name__ == "__main__":
    main()
