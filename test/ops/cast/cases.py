import numpy as np

from onnx import TensorProto

from harness import case, chain, numbers

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

# Rounded to f32 first, these are half way between two numbers of 16 bits.
NEAR_TIES = np.array([sign * (1 + ulps + off) for sign in (-1, 1)
                      for ulps in (2**-11, 3 * 2**-11, 2**-8, 3 * 2**-8)
                      for off in (-2**-40, 0, 2**-40)]
                     + [1e300, -1e-300, 65519.999999999, 0, np.inf, np.nan])


def round_once(x, bits):
    """`x` (f64) to the nearest number of `bits` significant ones, ties to even."""
    mantissa, exponent = np.frexp(x)
    return np.ldexp(np.round(np.ldexp(mantissa, bits)), exponent - bits)


with np.errstate(over="ignore"):
    HALF = NEAR_TIES.astype(np.float16)
BFLOAT = round_once(NEAR_TIES[:-6], 8).astype(np.float32)
for name in ("run", "folded"):
    def given(x, name=name):
        return ({"x": x}, {}) if name == "run" else ({}, {"x": x})

    CASES.append(case(f"once_float16_{name}", "Cast", *given(NEAR_TIES),
                      to=TensorProto.FLOAT16, expected=[HALF], rtol=0, atol=0))
    CASES.append(chain(f"once_bfloat16_{name}", [
        ("Cast", ["x"], ["b"], {"to": TensorProto.BFLOAT16}),
        ("Cast", ["b"], ["y"], {"to": TensorProto.FLOAT}),
    ], *given(NEAR_TIES[:-6].copy()), rtol=0, atol=0))
    CASES[-1].expected = [BFLOAT]
