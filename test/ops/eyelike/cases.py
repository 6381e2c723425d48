import numpy as np
from onnx import TensorProto

from harness import case, numbers

CASES = [case(f"k{k}", "EyeLike", {"x": numbers(4, 7)}, k=k, opset=9)
         for k in [-9, -2, 0, 3]]
CASES.append(case("dtype", "EyeLike", {"x": numbers(5, 3, dtype=np.int32)},
                  dtype=TensorProto.DOUBLE, opset=9))
