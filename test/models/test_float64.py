"""Rounding errors of whole networks against float64: at most four times ONNX Runtime's.

The real architectures lie beside the repository (../shared/models); without them those tests skip.
$ATROUS_MODELS=all checks every one that a float64 evaluation can follow, the default is a sample.
"""
import os
import pathlib
import sys

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

import float64

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIGITS = ROOT / "examples" / "digits"
SHARED = pathlib.Path(os.environ.get("ATROUS_SHARED", ROOT.parent / "shared")) / "models"
SAMPLE = "lenet mobilenet_v2 erfnet fastestdet_352 nanodet_320 selfie_segmentation yolox_nano zero_dce_180x320".split()
# What an output decides by a near tie, a box or a pooling index, is no sum with a bound.
DECIDE = ("fast_rcnn", "fasterrcnn", "maskrcnn", "yolov8n_nms", "yolo26n", "yunet", "segnet")


def convolutions(layers, size, channels=64):
    """Random layers (kernel, stride, dilation), each with a ReLU."""
    random = np.random.default_rng(len(layers))
    nodes, constants, last = [], [], "x"
    for i, (kernel, stride, dilation) in enumerate(layers):
        weights = random.standard_normal((channels, channels, *kernel)) * np.sqrt(2 / channels / np.prod(kernel))
        constants.append(numpy_helper.from_array(weights.astype(np.float32), f"w{i}"))
        pads = [dilation * (k - 1) // 2 for k in kernel] * 2
        nodes.append(helper.make_node("Conv", [last, f"w{i}"], [f"c{i}"], strides=[stride] * 2,
                                      dilations=[dilation] * 2, pads=pads))
        nodes.append(helper.make_node("Relu", [f"c{i}"], [f"r{i}"]))
        last = f"r{i}"
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, channels, size, size])
    y = helper.make_tensor_value_info(last, TensorProto.FLOAT, [None] * 4)
    graph = helper.make_graph(nodes, "convolutions", [x], [y], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


CHAINS = {
    "3x3": [((3, 3), 1, 1)] * 8,
    "dilated": [((3, 3), 1, d) for d in (2, 4, 6)],
    "strides": [((3, 3), 2, 1), ((3, 3), 1, 1), ((3, 3), 2, 1)],
    "factorized": [((3, 1), 1, 1), ((1, 3), 1, 1)] * 3,
    "5x5_7x1": [((5, 5), 1, 1), ((7, 1), 1, 1), ((1, 7), 1, 1)],
    "1x1": [((1, 1), 1, 1)] * 6,
}


def check(path, feeds=None, **options):
    results = float64.compare(str(path), feeds, **options)
    assert results, "no output holds sums"
    for ours, theirs in results:
        assert float64.holds(ours, theirs), f"{ours[0]:.1e}, ONNX Runtime {theirs[0]:.1e}"


@pytest.mark.parametrize("mcpu", ["native", "x86-64-v3"])
@pytest.mark.parametrize("name", CHAINS)
def test_chains_of_convolutions(name, mcpu, tmp_path):
    onnx.save(convolutions(CHAINS[name], 40), tmp_path / "m.onnx")
    check(tmp_path / "m.onnx", mcpu=mcpu)


@pytest.mark.parametrize("name", ["unet", "yolo"])
def test_demo_networks(name):
    check(DIGITS / f"{name}.onnx")


def test_measures_what_is_wrong():
    """The check itself: an error is found, and shares are of the largest value."""
    exact = [np.array([1.0, -4.0, 0.0]), np.arange(3)]
    got = [np.array([1.0, -4.0, 0.004], np.float32), np.arange(3)]
    [(largest, square)] = float64.errors(got, exact)
    assert largest == pytest.approx(1e-3, rel=1e-4)
    assert square == pytest.approx(0.004 / np.sqrt(17), rel=1e-4)
    assert not float64.holds((1e-5, 0), (1e-6, 0)) and not float64.holds((3e-3, 0), (2e-3, 0))
    assert float64.holds((4e-6, 0), (1e-6, 0))


def names():
    if os.environ.get("ATROUS_MODELS") != "all" or not SHARED.is_dir():
        return SAMPLE
    return sorted(p.stem for p in (SHARED / "inputs").glob("*.npz") if not p.stem.startswith(DECIDE))


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no models at {SHARED}")
@pytest.mark.parametrize("name", names())
def test_real_networks(name, work):
    path = SHARED / "real" / f"{name}.onnx"
    if not path.exists():
        sys.path.insert(0, str(SHARED))
        import materialize
        path = work / f"{name}.onnx"
        materialize.materialize(str(SHARED / "skel" / f"{name}.skel.onnx"), str(path))
    check(path, float64.make_feeds(onnx.load(path), SHARED / "inputs" / f"{name}.npz"))
