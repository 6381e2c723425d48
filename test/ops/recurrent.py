"""Cases that all recurrent layers share."""
from __future__ import annotations

import numpy as np
from onnx.reference import ReferenceEvaluator

from harness import Case, case, narrowed, numbers

# Operands after X, W, R, B, sequence_lens; how many gates.
STATES = {"RNN": ["h"], "GRU": ["h"], "LSTM": ["h", "c"]}
GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}


def layer(op, name, *, steps=4, batch=3, inputs=5, hidden=6, directions=1,
          bias=True, lengths=None, initial=False, peepholes=False, constant=True,
          **attributes) -> Case:
    layout = attributes.get("layout", 0)
    gates = GATES[op]

    def per_step(*shape, **keywords):
        values = numbers(*shape, **keywords)
        return values.swapaxes(0, 1).copy() if layout else values

    feeds = {"x": per_step(steps, batch, inputs)}
    weights = {
        "w": numbers(directions, gates * hidden, inputs, seed=1),
        "r": numbers(directions, gates * hidden, hidden, seed=2),
    }
    if bias:
        weights["b"] = numbers(directions, 2 * gates * hidden, seed=3)
    if lengths is not None:
        feeds["lengths"] = np.array(lengths, np.int32)
    if initial:
        for seed, state in enumerate(STATES[op], 4):
            feeds[state] = per_step(directions, batch, hidden, seed=seed)
    if peepholes:
        weights["p"] = numbers(directions, 3 * hidden, seed=6)
    if not constant:
        feeds.update(weights)
        weights = {}
    given = {**feeds, **weights}
    order = [n if n in given else "" for n in ["x", "w", "r", "b", "lengths", *STATES[op], "p"]]
    while not order[-1]:
        order.pop()
    return case(name, op, feeds, weights, order=order, outputs=1 + len(STATES[op]),
                hidden_size=hidden, opset=attributes.pop("opset", 14), **attributes)


def open_sizes(made) -> Case:
    """The same, with numbers of steps and sequences that the run tells."""
    made.model.graph.input[0].type.tensor_type.shape.dim[0].dim_param = "steps"
    made.model.graph.input[0].type.tensor_type.shape.dim[1].dim_param = "batch"
    for info in made.model.graph.output:
        info.type.tensor_type.ClearField("shape")
    return made


def shared_cases(op) -> list[Case]:
    both = {"directions": 2, "direction": "bidirectional"}
    cases = [
        layer(op, "forward"),
        layer(op, "reverse", direction="reverse"),
        layer(op, "bidirectional", **both),
        layer(op, "no_bias", bias=False),
        layer(op, "weights_are_inputs", constant=False),
        layer(op, "one_step", steps=1, batch=1),
        layer(op, "initial", initial=True, **both),
        layer(op, "lengths", lengths=[4, 2, 1]),
        layer(op, "lengths_reverse", lengths=[1, 4, 3], direction="reverse", initial=True),
        layer(op, "lengths_bidirectional", lengths=[3, 1, 4], **both),
        layer(op, "clip", clip=0.3),
        layer(op, "opset7", opset=7),
        layer(op, "batch_first", layout=1, initial=True),
        # Loops: many steps, or a number of them that the run tells.
        layer(op, "long", steps=70, batch=2),
        layer(op, "long_bidirectional", steps=65, lengths=[65, 1, 40], initial=True, **both),
        open_sizes(layer(op, "open_forward")),
        open_sizes(layer(op, "open_reverse", direction="reverse", lengths=[4, 2, 1])),
        open_sizes(layer(op, "open_bidirectional", lengths=[3, 1, 4], initial=True, **both)),
    ]
    for made in list(cases):
        # ONNX Runtime knows no layout 1.
        if made.name == "batch_first":
            made.expected = ReferenceEvaluator(made.model).run(None, made.feeds)
        if made.name == "bidirectional":
            cases.append(narrowed(made, rtol=1e-2, atol=1e-2))
    return cases
