import numpy as np

from harness import case, narrowed, numbers

GATES = 1


def layer(name, *, steps=4, batch=3, inputs=5, hidden=6, directions=1,
          bias=True, lengths=None, initial=False, constant=True,
          **attributes):
    layout = attributes.get("layout", 0)

    def per_step(*shape, **keywords):
        values = numbers(*shape, **keywords)
        return values.swapaxes(0, 1).copy() if layout else values

    feeds = {"x": per_step(steps, batch, inputs)}
    weights = {
        "w": numbers(directions, GATES * hidden, inputs, seed=1),
        "r": numbers(directions, GATES * hidden, hidden, seed=2),
    }
    if bias:
        weights["b"] = numbers(directions, 2 * GATES * hidden, seed=3)
    if lengths is not None:
        feeds["lengths"] = np.array(lengths, np.int32)
    if initial:
        feeds["h"] = per_step(directions, batch, hidden, seed=4)
    if not constant:
        feeds.update(weights)
        weights = {}
    given = {**feeds, **weights}
    order = [n if n in given else "" for n in ["x", "w", "r", "b", "lengths", "h"]]
    while not order[-1]:
        order.pop()
    return case(name, "RNN", feeds, weights, order=order, outputs=2,
                hidden_size=hidden, opset=attributes.pop("opset", 14), **attributes)


CASES = [
    layer("forward"),
    layer("reverse", direction="reverse"),
    layer("bidirectional", directions=2, direction="bidirectional"),
    layer("no_bias", bias=False),
    layer("weights_are_inputs", constant=False),
    layer("one_step", steps=1, batch=1),
    layer("initial", initial=True, directions=2, direction="bidirectional"),
    layer("lengths", lengths=[4, 2, 1]),
    layer("lengths_reverse", lengths=[1, 4, 3], direction="reverse",
          initial=True),
    layer("lengths_bidirectional", lengths=[3, 1, 4], directions=2,
          direction="bidirectional"),
    layer("clip", clip=0.3),
    layer("opset7", opset=7),
    layer("batch_first", layout=1, initial=True),
]

# Every activation function, with its parameters and without.
FUNCTIONS = [
    ("Relu", 0, 0), ("LeakyRelu", 1, 0), ("ThresholdedRelu", 1, 0), ("Tanh", 0, 0),
    ("ScaledTanh", 1, 1), ("HardSigmoid", 1, 1), ("Elu", 1, 0), ("Softsign", 0, 0),
    ("Softplus", 0, 0), ("Affine", 1, 1), ("Sigmoid", 0, 0),
]
for function, alphas, betas in FUNCTIONS:
    parameters = {}
    if alphas:
        parameters["activation_alpha"] = [0.3]
    if betas:
        parameters["activation_beta"] = [0.4]
    CASES.append(layer(f"activation_{function}", activations=[function],
                       **parameters))

# ONNX Runtime knows no layout 1.
from onnx.reference import ReferenceEvaluator

for made in CASES:
    if made.name == "batch_first":
        made.expected = ReferenceEvaluator(made.model).run(None, made.feeds)

for made in [made for made in CASES if made.name == "bidirectional"]:
    CASES.append(narrowed(made, rtol=1e-2, atol=1e-2))
