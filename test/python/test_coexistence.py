"""Atrous in one process with other users of protobuf, ONNX and LLVM."""
import subprocess
import sys
import threading

import pytest

import atrous

WORK = """
import numpy as np, onnx
from onnx import helper, TensorProto
x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [4])
y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [4])
model = helper.make_model(
    helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", [x], [y]),
    opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
feed = {"x": np.array([-1, 2, -3, 4], np.float32)}
onnx.checker.check_model(model)
import onnxruntime
a = onnxruntime.InferenceSession(model.SerializeToString()).run(None, feed)
import atrous
b = atrous.compile(model).run(None, feed)
assert (a[0] == b[0]).all()
onnx.shape_inference.infer_shapes(model)
"""


@pytest.mark.parametrize(
    "first",
    ["", "import atrous", "import onnx", "import onnxruntime",
     "import google.protobuf.descriptor_pb2, onnx, atrous"],
)
def test_import_order(first):
    subprocess.run([sys.executable, "-c", first + WORK], check=True)


def test_beside_torch():
    pytest.importorskip("torch", reason="torch is not installed")
    subprocess.run([sys.executable, "-c", "import torch" + WORK], check=True)


def test_the_module_exports_its_entry_only():
    path = atrous._atrous.__file__
    symbols = subprocess.run(
        ["nm", "-D", "--defined-only", "--format=just-symbols", path],
        check=True, capture_output=True, text=True,
    ).stdout.split()
    assert [s for s in symbols if not s.startswith("PyInit_")] == []


def test_threads_compile_at_once(conv_model, picture):
    outputs = []

    def work():
        outputs.append(atrous.compile(conv_model, jobs=1)(picture)[0])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outputs) == 4
    for output in outputs[1:]:
        assert (output == outputs[0]).all()
