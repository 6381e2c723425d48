from onnx import TensorProto, helper

from harness import chain, numbers

VALUE = numbers(3, 4, seed=1)
CASES = [
    chain("tensor", [
        ("Constant", [], ["c"], {"value": helper.make_tensor(
            "v", TensorProto.FLOAT, VALUE.shape, VALUE.ravel())}),
        ("Add", ["x", "c"], ["y"], {}),
    ], {"x": numbers(3, 4)}),
    chain("float", [("Constant", [], ["c"], {"value_float": 2.5}),
                    ("Add", ["x", "c"], ["y"], {})], {"x": numbers(3, 4)}),
    chain("floats", [("Constant", [], ["c"], {"value_floats": [1.0, 2.0, 3.0]}),
                     ("Add", ["x", "c"], ["y"], {})], {"x": numbers(2, 3)}),
    chain("ints", [("Constant", [], ["c"], {"value_ints": [3, 2]}),
                   ("Reshape", ["x", "c"], ["y"], {})], {"x": numbers(2, 3)}),
]
