import numpy as np

from onnx import TensorProto

from harness import case, numbers

KINDS = {
    np.float32: TensorProto.FLOAT, np.float64: TensorProto.DOUBLE,
    np.float16: TensorProto.FLOAT16, np.int8: TensorProto.INT8,
    np.uint8: TensorProto.UINT8, np.int32: TensorProto.INT32,
    np.int64: TensorProto.INT64, np.bool_: TensorProto.BOOL,
}
CASES = [
    case(f"{np.dtype(source).name}_{np.dtype(target).name}", "Cast",
         {"x": numbers(3, 19, low=0, high=100, dtype=source)}, to=number)
    for source in KINDS for target, number in KINDS.items()
]
CASES.append(
    case("toward_zero", "Cast", {"x": np.array([-2.7, -0.5, 0.5, 2.7], np.float32)},
         to=TensorProto.INT32)
)
