import numpy as np

from harness import case, chain, numbers

def unpool(name, shape, **attributes):
    """MaxPool with indices, then MaxUnpool of it."""
    window = {"kernel_shape": [2, 2], "strides": [2, 2]}
    return chain(
        name,
        [
            ("MaxPool", ["x"], ["a", "i"], window),
            ("MaxUnpool", ["a", "i"], ["y"], window),
        ],
        {"x": numbers(*shape)},
    )


POOLED = numbers(1, 1, 2, 2)
PLACED = np.zeros((1, 1, 5, 5), np.float32)
PLACED[:, :, 1::2, 1::2] = POOLED

CASES = [
    unpool("plain", (1, 3, 6, 8)),
    unpool("batch_odd_channels", (2, 21, 4, 4)),
    chain(
        "segnet",
        [
            ("Conv", ["x", "w"], ["a"], {}),
            ("MaxPool", ["a"], ["b", "i"],
             {"kernel_shape": [2, 2], "strides": [2, 2]}),
            ("Relu", ["b"], ["c"], {}),
            ("MaxUnpool", ["c", "i"], ["d"],
             {"kernel_shape": [2, 2], "strides": [2, 2]}),
            ("Conv", ["d", "v"], ["y"], {"pads": [1, 1, 1, 1]}),
        ],
        {"x": numbers(1, 3, 8, 10)},
        {"w": numbers(21, 3, 1, 1, seed=1), "v": numbers(5, 21, 3, 3, seed=2)},
        atol=1e-4,
    ),
    # Indices count in the inferred 4x4, as in ONNX's own test of this; ONNX
    # Runtime counts in the 5x5.
    case("output_shape", "MaxUnpool",
         {"x": POOLED, "i": np.array([[[[5, 7], [13, 15]]]])},
         {"s": np.array([1, 1, 5, 5])}, kernel_shape=[2, 2], strides=[2, 2],
         expected=[PLACED]),
    case("float64", "MaxUnpool",
         {"x": POOLED.astype(np.float64), "i": np.array([[[[5, 7], [13, 15]]]])},
         kernel_shape=[2, 2], strides=[2, 2], opset=11,
         expected=[PLACED[..., :4, :4].astype(np.float64)]),
]
