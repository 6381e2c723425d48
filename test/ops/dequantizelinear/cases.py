import numpy as np

from harness import case, numbers

CASES = []
for dtype in [np.uint8, np.int8, np.uint16, np.int16]:
    x = numbers(2, 6, 5, low=-99, high=99, dtype=dtype)
    name = np.dtype(dtype).name
    CASES.append(case(f"tensor_{name}", "DequantizeLinear", {"x": x},
                      {"s": np.float32(0.3), "z": np.array(7, dtype)}, opset=21))
    CASES.append(case(f"axis_{name}", "DequantizeLinear", {"x": x},
                      {"s": numbers(6, low=0.1), "z": np.arange(6).astype(dtype)},
                      opset=21))
    CASES.append(case(f"blocks_{name}", "DequantizeLinear", {"x": x},
                      {"s": numbers(2, 6, 2, low=0.1),
                       "z": np.ones((2, 6, 2), dtype)},
                      opset=21, axis=-1, block_size=3))
CASES += [
    case("int32", "DequantizeLinear", {"x": np.int32([2**20, -5, 0])},
         {"s": np.float32(0.5)}),
    case("float16", "DequantizeLinear", {"x": np.int8([-128, 5, 127])},
         {"s": np.float16(0.25), "z": np.int8(3)}, opset=21),
]
