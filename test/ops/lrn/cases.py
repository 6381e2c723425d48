import numpy as np

from harness import between_convs, case, numbers


def normalised(x, size, alpha, beta=0.75, bias=1.0):
    """The operator's page, literally: ONNX Runtime takes odd sizes only, and the
    ONNX package's own reference leaves most channels out."""
    channels = x.shape[1]
    sums = np.zeros_like(x)
    for c in range(channels):
        first = max(0, c - (size - 1) // 2)
        last = min(channels - 1, c + -(-(size - 1) // 2))
        sums[:, c] = (x[:, first : last + 1] ** 2).sum(axis=1)
    return x / (bias + alpha / size * sums) ** beta


EVEN = numbers(2, 7, 3, 3)
CASES = [
    case("alexnet", "LRN", {"x": numbers(1, 21, 5, 6, high=20)}, size=5, alpha=1e-4,
         beta=0.75, bias=2.0),
    case("even_size", "LRN", {"x": EVEN}, size=4, alpha=0.5,
         expected=[normalised(EVEN, 4, 0.5)]),
    between_convs("LRN", size=3, alpha=0.1),
]


def with_named_channels(made):
    for info in [*made.model.graph.input, *made.model.graph.output]:
        info.type.tensor_type.shape.dim[1].dim_param = "channels"
    return made


CASES += [
    with_named_channels(case(f"named_channels_{channels}", "LRN",
                             {"x": numbers(2, channels, 3, 4, high=20)}, size=5,
                             alpha=0.1))
    for channels in (1, 3, 21)
]
