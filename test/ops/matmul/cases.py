import numpy as np
from onnx import TensorProto

from harness import case, narrowed, numbers

def matmul(name, a, b, constant=True):
    inputs, constants = {"a": numbers(*a)}, {"b": numbers(*b, seed=1)}
    if not constant:
        inputs, constants = {**inputs, **constants}, {}
    return case(name, "MatMul", inputs, constants, atol=1e-4)


CASES = [
    matmul("square", (16, 16), (16, 16)),
    matmul("odd", (7, 19), (19, 21)),
    matmul("wide", (2, 1501, 1040), (1040, 576)),
    matmul("both_inputs", (7, 33), (33, 5), constant=False),
    matmul("batch", (2, 3, 7, 9), (2, 3, 9, 17), constant=False),
    matmul("batch_broadcast", (2, 1, 7, 9), (3, 9, 17), constant=False),
    matmul("batch_of_one_matrix", (4, 5, 8), (8, 16)),
    matmul("vector_matrix", (9,), (9, 17)),
    matmul("matrix_vector", (9, 17), (17,)),
    matmul("vector_vector", (17,), (17,), constant=False),
    matmul("vector_batch", (9,), (2, 9, 5), constant=False),
]
CASES.append(
    case("int32", "MatMul",
         {"a": numbers(4, 5, low=-9, high=9, dtype=np.int32),
          "b": numbers(5, 3, low=-9, high=9, dtype=np.int32)})
)

# Products of narrow floats are summed in f32.
for made in [made for made in CASES if made.name in ("odd", "batch_of_one_matrix", "both_inputs")]:
    CASES.append(narrowed(made))
    CASES.append(narrowed(made, TensorProto.BFLOAT16, rtol=1e-2, atol=1e-2))
