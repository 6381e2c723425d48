#!/usr/bin/env python3
"""Errors of Atrous and ONNX Runtime against float64.

  PYTHONPATH=build/python float64.py [--winograd WORD] [--threads N] MODEL.onnx[=INPUT.npz] ...

Evaluates each network in float64 (onnx.reference, with every constant and input widened) and prints a line of a
Markdown table: for the output where Atrous is worst, the largest error of both as part of the largest value, and what
part of the outputs' own root mean square the errors' is. Inputs without a file are random. Outputs that are
no floating-point numbers, and those that have another shape, count as no error: they are decisions, not sums.
"""
import argparse
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

import float64_ops

# Rounding the exact result to f32 alone gives half of this.
LEAST_ERROR = 2.0**-23
LARGEST_ERROR = 2e-3
SINGLE, DOUBLE = TensorProto.FLOAT, TensorProto.DOUBLE


def widen(array):
    return array.astype(np.float64) if array.dtype == np.float32 else array


def widen_nodes(graph):
    """What nodes make, and casts to f32."""
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                widen_nodes(attribute.g)
            elif attribute.type == onnx.AttributeProto.TENSOR and attribute.t.data_type == SINGLE:
                attribute.t.CopyFrom(numpy_helper.from_array(widen(numpy_helper.to_array(attribute.t))))
            elif node.op_type == "Cast" and attribute.name == "to" and attribute.i == SINGLE:
                attribute.i = DOUBLE
        if node.op_type == "ConstantOfShape" and not node.attribute:
            node.attribute.append(helper.make_attribute("value", numpy_helper.from_array(np.zeros(1))))


class Evaluator(ReferenceEvaluator):
    """Keeps a result until its last use only."""

    def evaluate(self, feeds):
        results = {"": None, **{name: widen(value) for name, value in (self.rt_inits_ | feeds).items()}}
        needs_all = any(node.need_context() for node in self.rt_nodes_)
        last = {name: i for i, node in enumerate(self.rt_nodes_) for name in node.input}
        for i, node in enumerate(self.rt_nodes_):
            context = {"context": results} if node.need_context() else {}
            outputs = node.run(*[results[name] for name in node.input], **context)
            results.update(zip(node.output, outputs))
            for name in node.input:
                if name and last[name] == i and name not in self.output_names and not needs_all:
                    results.pop(name, None)
        return [results[name] for name in self.output_names]


def evaluate(model, feeds):
    widen_nodes(model.graph)
    return Evaluator(model, new_ops=float64_ops.OPERATORS).evaluate(feeds)


def errors(outputs, exact):
    """Of each output that holds sums: largest error by largest value, and by root mean squares."""
    result = []
    for got, want in zip(outputs, exact):
        if got.dtype != np.float32 or got.shape != want.shape or not got.size:
            continue
        difference = got.astype(np.float64) - want
        scale = np.abs(want).max() or 1.0
        square = np.sqrt(np.mean(want**2)) or 1.0
        result.append((np.abs(difference).max() / scale, np.sqrt(np.mean(difference**2)) / square))
    return result


def read_inputs(path):
    """Arrays of a file; beside a labinput.py, which makes them of pictures, by that."""
    folder = pathlib.Path(path).resolve().parents[1]
    if not (folder / "labinput.py").exists():
        return dict(np.load(path))
    sys.path.insert(0, str(folder))
    import labinput
    return labinput.load(path)


def make_feeds(model, path=None):
    """Arrays of the file, or random numbers."""
    given = read_inputs(path) if path else {}
    feeds, random = {}, np.random.default_rng(0)
    constants = {tensor.name for tensor in model.graph.initializer}
    for value in model.graph.input:
        tensor = value.type.tensor_type
        if value.name in constants:
            continue
        shape = [dim.dim_value or 1 for dim in tensor.shape.dim]
        kind = helper.tensor_dtype_to_np_dtype(tensor.elem_type)
        feeds[value.name] = given[value.name] if path else random.uniform(-1, 1, shape).astype(kind)
    return feeds


def run_onnxruntime(path, feeds, threads, level):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = threads, 3
    options.graph_optimization_level = level
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]).run(None, feeds)


def compare(path, feeds=None, threads=2, **options):
    """(Atrous's, ONNX Runtime's) errors for each output that holds sums."""
    import atrous

    model = onnx.load(path)
    feeds = feeds or make_feeds(model)
    ours = atrous.compile(path, threads=threads, **options).run(None, feeds)
    exact = evaluate(model, feeds)
    levels = onnxruntime.GraphOptimizationLevel
    theirs = errors(run_onnxruntime(path, feeds, threads, levels.ORT_ENABLE_ALL), exact)
    # On tiny_yolov2 its optimizations cost 4 % of the largest value.
    if any(error[0] > LARGEST_ERROR for error in theirs):
        theirs = errors(run_onnxruntime(path, feeds, threads, levels.ORT_DISABLE_ALL), exact)
    return list(zip(errors(ours, exact), theirs, strict=True))


def holds(ours, theirs):
    """Within four times the peer's error, and below 2e-3 of the largest value."""
    return ours[0] <= max(4 * theirs[0], LEAST_ERROR) and ours[0] <= LARGEST_ERROR


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--winograd", default="accurate")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("models", nargs="+")
    arguments = parser.parse_args()
    print("| model | largest error: Atrous | ONNX Runtime | ratio | root mean square: Atrous | ONNX Runtime |")
    print("|---|---|---|---|---|---|")
    failed = False
    for word in arguments.models:
        path, _, inputs = word.partition("=")
        name = pathlib.Path(path).stem
        try:
            results = compare(path, make_feeds(onnx.load(path), inputs) if inputs else None, arguments.threads,
                              winograd=arguments.winograd)
        except Exception as error:
            print(f"| {name} | {type(error).__name__}: {str(error).splitlines()[0][:100]} | | | | |", flush=True)
            failed = True
            continue
        if not results:
            print(f"| {name} | no output holds sums | | | | |", flush=True)
            continue
        ours, theirs = max(results, key=lambda pair: pair[0][0] / max(pair[1][0], LEAST_ERROR))
        failed |= not all(holds(*pair) for pair in results)
        print(f"| {name} | {ours[0]:.1e} | {theirs[0]:.1e} | {ours[0] / max(theirs[0], LEAST_ERROR):.2f} | "
              f"{ours[1]:.1e} | {theirs[1]:.1e} |", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
