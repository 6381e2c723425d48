import numpy as np

from onnx import TensorProto, helper

from harness import chain, numbers

CASES = [
    chain("ones", [
        ("ConstantOfShape", ["s"], ["c"], {"value": helper.make_tensor(
            "v", TensorProto.FLOAT, [1], [1.5])}),
        ("Add", ["x", "c"], ["y"], {}),
    ], {"x": numbers(2, 3)}, {"s": np.array([2, 3])}),
    chain("of_an_inputs_shape", [
        ("Shape", ["x"], ["s"], {}),
        ("ConstantOfShape", ["s"], ["c"], {}),
        ("Add", ["x", "c"], ["y"], {}),
    ], {"x": numbers(2, 3)}),
]
