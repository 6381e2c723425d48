"""convolutions.py OUT.onnx [SIZE]: two 3x3 convolutions on squares of SIZE, or of any size."""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

size = [int(sys.argv[2])] * 2 if len(sys.argv) > 2 else ["h", "w"]
random = np.random.default_rng(0)
constants = [numpy_helper.from_array(random.standard_normal((outputs, inputs, 3, 3)).astype(np.float32), name)
             for name, inputs, outputs in (("v", 16, 32), ("w", 32, 32))]
nodes = [helper.make_node("Conv", ["x", "v"], ["c"], "first", pads=[1] * 4),
         helper.make_node("Conv", ["c", "w"], ["y"], "second", pads=[1] * 4)]
graph = helper.make_graph(
    nodes, "convolutions", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 16, *size])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 32, *size])], constants)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), sys.argv[1])
