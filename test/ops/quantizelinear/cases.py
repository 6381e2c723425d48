import numpy as np
from onnx import TensorProto

from harness import case, numbers

X = numbers(2, 6, 5, low=-9, high=9)
SCALE = np.array([0.5, 1.5, 0.25, 2, 3, 0.125], np.float32)
CASES = []
for dtype in [np.uint8, np.int8, np.uint16, np.int16]:
    zero = np.array(3, dtype)
    name = np.dtype(dtype).name
    CASES.append(case(f"tensor_{name}", "QuantizeLinear", {"x": X},
                      {"s": np.float32(0.3), "z": zero}, opset=21))
    CASES.append(case(f"axis_{name}", "QuantizeLinear", {"x": X},
                      {"s": SCALE, "z": np.arange(6).astype(dtype)}, opset=21))
CASES += [
    case("default_type", "QuantizeLinear", {"x": X}, {"s": np.float32(0.1)}),
    case("output_dtype", "QuantizeLinear", {"x": X}, {"s": np.float32(0.1)},
         opset=21, output_dtype=TensorProto.INT16),
    case("last_axis", "QuantizeLinear", {"x": X, "s": np.float32([1, 2, 3, 4, 5])},
         {"z": np.zeros(5, np.int8)}, axis=-1),
    case("blocks", "QuantizeLinear", {"x": X},
         {"s": numbers(2, 2, 5, low=0.1, high=2), "z": np.ones((2, 2, 5), np.int8)},
         opset=21, axis=1, block_size=4),
    case("saturates", "QuantizeLinear",
         {"x": np.float32([np.inf, -np.inf, 3e38, -3e38, 0.5, 1.5, -0.5])},
         {"s": np.float32(1), "z": np.int8(-5)},
         expected=[np.int8([127, -128, 127, -128, -5, -3, -5])]),
    case("float16", "QuantizeLinear", {"x": X.astype(np.float16)},
         {"s": np.float16(0.25), "z": np.int8(1)}, opset=21),
]
