#!/usr/bin/env python3
"""Times single layers under Atrous and ONNX Runtime, in one process and turn by turn.

  PYTHONPATH=build/python layers.py [--threads N] [--rounds R] [--mcpu CPU] [FILTER ...]

Needs onnx, onnxruntime and numpy. A FILTER is a part of a layer's name. Prints per layer the
best time of a run of either, and the median of the rounds' ratios. With one thread, time is that of the
processor. Layers that a network has within it, on channels in blocks, run as a chain of several, since a model of
one alone is mostly a change of layout and back; the time is that of the chain.
"""
import argparse
import statistics
import sys
import tempfile
import time

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


class Chain:
    """A model of layers one after the other, with random weights."""

    def __init__(self, shape):
        self.random = np.random.default_rng(0)
        self.nodes, self.initializers, self.last = [], [], "x"
        self.input = helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)

    def constant(self, value):
        name = f"c{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, op, *operands, **attributes):
        result = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, [self.last, *operands], [result], **attributes))
        self.last = result
        return self

    def conv(self, inputs, outputs, kernel, stride=1, dilation=1, group=1):
        taps = inputs // group * kernel * kernel
        weights = self.random.standard_normal((outputs, inputs // group, kernel, kernel)) / taps**0.5
        pad = dilation * (kernel - 1) // 2
        self.add("Conv", self.constant(weights.astype(np.float32)),
                 self.constant(self.random.standard_normal(outputs).astype(np.float32)),
                 strides=[stride] * 2, dilations=[dilation] * 2, group=group, pads=[pad] * 4)
        return self.add("Relu")

    def pool(self, kind, kernel, stride):
        return self.add(kind, kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[(kernel - 1) // 2] * 4)

    def resize(self, mode):
        coordinates = {"nearest": "asymmetric", "linear": "half_pixel"}[mode]
        return self.add("Resize", "", self.constant(np.array([1, 1, 2, 2], np.float32)), mode=mode,
                        coordinate_transformation_mode=coordinates, nearest_mode="floor")

    def times(self, count, layer):
        for _ in range(count):
            layer(self)
        return self

    def model(self):
        output = helper.make_tensor_value_info(self.last, TensorProto.FLOAT, [None] * 4)
        graph = helper.make_graph(self.nodes, "layers", [self.input], [output], self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        model = onnx.shape_inference.infer_shapes(model)
        onnx.checker.check_model(model)
        return model


def depthwise(channels, size, kernel=3, dilation=1):
    return Chain([1, channels, size, size]).times(
        8, lambda chain: chain.conv(channels, channels, kernel, 1, dilation, channels))


def stem(kernel, stride, outputs, size):
    return Chain([1, 3, size, size]).conv(3, outputs, kernel, stride)


def shrinking(channels, size, count, layer):
    """Behind a convolution, which has the channels in blocks, layers that halve the picture."""
    return Chain([1, channels, size, size]).conv(channels, channels, 3, 1, 1, channels).times(count, layer)


LAYERS = {
    "dw3x3_96_56 x8": depthwise(96, 56),
    "dw3x3_32_112 x8": depthwise(32, 112),
    "dw3x3_384_14 x8": depthwise(384, 14),
    "dw3x3_960_7 x8": depthwise(960, 7),
    "dw3x3_d2_64_33 x8": depthwise(64, 33, 3, 2),
    "dw5x5_128_28 x8": depthwise(128, 28, 5),
    "dw7x7_96_56 x8": depthwise(96, 56, 7),
    "dw3x3_s2_96_112 x3": shrinking(96, 112, 3, lambda c: c.conv(96, 96, 3, 2, 1, 96)),
    "dw5x5_s2_96_112 x3": shrinking(96, 112, 3, lambda c: c.conv(96, 96, 5, 2, 1, 96)),
    "stem7x7_s2_3_64_224": stem(7, 2, 64, 224),
    "stem6x6_s2_3_32_320": stem(6, 2, 32, 320),
    "stem3x3_s2_3_32_224": stem(3, 2, 32, 224),
    "stem3x3_s2_3_16_640": stem(3, 2, 16, 640),
    "stem3x3_3_64_224": stem(3, 1, 64, 224),
    "maxpool3x3_s2_64_112": shrinking(64, 112, 3, lambda c: c.pool("MaxPool", 3, 2)),
    "maxpool2x2_s2_64_112": shrinking(64, 112, 3, lambda c: c.pool("MaxPool", 2, 2)),
    "maxpool5x5_s1_128_20": shrinking(128, 20, 3, lambda c: c.pool("MaxPool", 5, 1)),
    "avgpool2x2_s2_64_112": shrinking(64, 112, 3, lambda c: c.pool("AveragePool", 2, 2)),
    "globalpool_512_14": shrinking(512, 14, 1, lambda c: c.add("GlobalAveragePool")),
    "nearest2x_64_28": shrinking(64, 28, 2, lambda c: c.resize("nearest")),
    "linear2x_64_28": shrinking(64, 28, 2, lambda c: c.resize("linear")),
    "softmax_8x197x197": Chain([8, 197, 197]).add("Softmax", axis=-1),
    "softmax_21x128x128": Chain([1, 21, 128, 128]).add("Softmax", axis=1),
    "softmax_1x1000": Chain([64, 1000]).add("Softmax", axis=-1),
    "sigmoid_64_56": Chain([1, 64, 56, 56]).add("Sigmoid"),
    "tanh_64_56": Chain([1, 64, 56, 56]).add("Tanh"),
    "exp_64_56": Chain([1, 64, 56, 56]).add("Exp"),
}


def clock(threads):
    return time.process_time if threads == 1 else time.perf_counter


def time_runs(run, now, seconds):
    """Seconds of the best of several runs, which take about `seconds`."""
    start = now()
    run()
    count = max(1, min(1000, int(seconds / max(now() - start, 1e-6))))
    best = float("inf")
    for _ in range(count):
        start = now()
        run()
        best = min(best, now() - start)
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--mcpu", default="native")
    parser.add_argument("filters", nargs="*")
    arguments = parser.parse_args()
    import atrous
    import onnxruntime

    now = clock(arguments.threads)
    print(f"{'layer':24} {'ONNX Runtime us':>16} {'Atrous us':>10} {'ratio':>6} {'difference':>11}")
    for name, chain in LAYERS.items():
        if arguments.filters and not any(part in name for part in arguments.filters):
            continue
        model = chain.model()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = arguments.threads
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        with tempfile.TemporaryDirectory() as folder:
            onnx.save(model, f"{folder}/layer.onnx")
            atrous.compile(f"{folder}/layer.onnx", output=f"{folder}/layer.so", mcpu=arguments.mcpu,
                           threads=arguments.threads)
            loaded = atrous.load(f"{folder}/layer.so", threads=arguments.threads)
        shape = [dim.dim_value for dim in chain.input.type.tensor_type.shape.dim]
        feeds = {"x": np.random.default_rng(1).standard_normal(shape).astype(np.float32)}
        runs = [lambda: session.run(None, feeds), lambda: loaded.run(None, feeds)]
        expected, got = (run()[0] for run in runs)
        difference = np.abs(expected - got).max() / np.abs(expected).max()
        rounds = [[time_runs(run, now, 0.05) for run in runs] for _ in range(arguments.rounds)]
        peer, own = (min(times) * 1e6 for times in zip(*rounds))
        ratio = statistics.median(first / second for first, second in rounds)
        print(f"{name:24} {peer:16.1f} {own:10.1f} {ratio:6.2f} {difference:11.1e}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
