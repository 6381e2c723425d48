import numpy as np

from harness import case


def shift(x, bits, direction):
    """In Python's integers, then cut to the type."""
    info = np.iinfo(x.dtype)
    width = info.bits
    out = []
    for a, b in zip(x.tolist(), bits.tolist()):
        if not 0 <= b < width:
            a = -1 if direction == "RIGHT" and a < 0 else 0
        else:
            a = a << b if direction == "LEFT" else a >> b
        a &= (1 << width) - 1
        out.append(a - (1 << width) if a > info.max else a)
    return np.array(out, x.dtype)


CASES = []
for dtype in [np.uint8, np.int8, np.int32, np.uint64, np.int64]:
    info = np.iinfo(dtype)
    values = [info.min, info.max, 1, 2, 77, info.max // 3, info.min // 3]
    widths = [0, 1, 7, info.bits - 1, info.bits, info.bits + 9, 100]
    if info.min:
        widths += [-1, info.min]
    x, bits = (a.ravel().astype(dtype)
               for a in np.meshgrid(np.array(values, dtype),
                                    np.array(widths, dtype)))
    for direction in ["LEFT", "RIGHT"]:
        CASES.append(case(f"{np.dtype(dtype).name}_{direction.lower()}", "BitShift",
                          {"x": x, "bits": bits}, opset=28, direction=direction,
                          expected=[shift(x, bits, direction)]))
