import numpy as np

from harness import case, narrowed, numbers

GATES = 4


def layer(name, *, steps=4, batch=3, inputs=5, hidden=6, directions=1,
          bias=True, lengths=None, initial=False, peepholes=False, constant=True,
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
        feeds["c"] = per_step(directions, batch, hidden, seed=5)
    if peepholes:
        weights["p"] = numbers(directions, 3 * hidden, seed=6)
    if not constant:
        feeds.update(weights)
        weights = {}
    given = {**feeds, **weights}
    order = [n if n in given else "" for n in ["x", "w", "r", "b", "lengths", "h", "c", "p"]]
    while not order[-1]:
        order.pop()
    return case(name, "LSTM", feeds, weights, order=order, outputs=3,
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
    layer("peepholes", peepholes=True),
    layer("peepholes_lengths", peepholes=True, lengths=[4, 2, 1], initial=True),
    layer("coupled", input_forget=1),
    layer("activations", directions=2, direction="bidirectional",
          activations=["HardSigmoid", "Relu", "Elu", "Sigmoid", "Affine",
                       "Softsign"],
          activation_alpha=[0.25, 0.5, 1.5], activation_beta=[0.4, 0.1]),
]

# ONNX Runtime knows no layout 1.
from onnx.reference import ReferenceEvaluator

for made in CASES:
    if made.name == "batch_first":
        made.expected = ReferenceEvaluator(made.model).run(None, made.feeds)

for made in [made for made in CASES if made.name == "bidirectional"]:
    CASES.append(narrowed(made, rtol=1e-2, atol=1e-2))
