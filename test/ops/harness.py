"""Builds one-node models for the op tests and knows what they should give.

A folder test/ops/<op>/ (the op's name in lower case) holds cases.py with a list
CASES. Inputs are inputs of the model, constants its initializers: the two take
different ways through the compiler.
"""
from __future__ import annotations

import dataclasses

import numpy as np
import onnx
import onnx.numpy_helper
from onnx import TensorProto, helper

OPSET = 17


@dataclasses.dataclass
class Case:
    name: str
    model: onnx.ModelProto
    feeds: dict[str, np.ndarray]
    rtol: float = 1e-4
    atol: float = 1e-5
    # Outputs that it should give, where ONNX Runtime is no judge.
    expected: list[np.ndarray] | None = None
    # Settles which outputs are compared where later ones are unspecified.
    outputs: int | None = None


def numbers(*shape, seed=0, dtype=np.float32, low=-1.0, high=1.0):
    """Uniform values; integers include both ends."""
    random = np.random.default_rng(seed + 97 * sum(shape, 0))
    if dtype == np.bool_:
        return random.integers(0, 2, shape).astype(bool)
    if np.issubdtype(dtype, np.integer):
        low = max(int(low), np.iinfo(dtype).min)
        return random.integers(low, int(high) + 1, shape).astype(dtype)
    return random.uniform(low, high, shape).astype(dtype)


def build(nodes, feeds, constants, outputs, opset=OPSET, domain_opsets=()):
    """A model of `nodes`; element types and shapes of outputs are left open
    where ONNX's inference cannot say."""
    graph = helper.make_graph(
        nodes,
        "case",
        [
            helper.make_tensor_value_info(
                name, helper.np_dtype_to_tensor_dtype(a.dtype), a.shape
            )
            for name, a in feeds.items()
        ],
        [onnx.ValueInfoProto(name=name) for name in outputs],
        [onnx.numpy_helper.from_array(a, name) for name, a in constants.items()],
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", opset), *domain_opsets],
        ir_version=min(onnx.IR_VERSION, 11),
    )
    inferred = onnx.shape_inference.infer_shapes(model)
    for ours, theirs in zip(model.graph.output, inferred.graph.output):
        ours.CopyFrom(theirs)
    return model


def case(name, op, inputs, constants=None, *, outputs=1, opset=OPSET, order=None,
         rtol=1e-4, atol=1e-5, expected=None, compared=None, **attributes):
    """A model of one node. `inputs` and `constants` map names to arrays, in the
    order of the node's operands unless `order` gives it ("" where absent)."""
    constants = constants or {}
    operands = order or [*inputs, *constants]
    results = [f"y{i}" for i in range(outputs)]
    node = helper.make_node(op, operands, results, name=f"{op}_0", **attributes)
    model = build([node], inputs, constants, results, opset)
    return Case(name, model, inputs, rtol, atol, expected, compared)


def chain(name, nodes, inputs, constants=None, *, outputs=("y",), opset=OPSET,
          rtol=1e-4, atol=1e-5):
    """A model of several nodes, given as (op, operands, results, attributes)."""
    nodes = [
        helper.make_node(op, operands, results, name=f"{op}_{i}", **attributes)
        for i, (op, operands, results, attributes) in enumerate(nodes)
    ]
    model = build(nodes, inputs, constants or {}, outputs, opset)
    return Case(name, model, inputs, rtol, atol)


def narrowed(made, element=TensorProto.FLOAT16, rtol=2e-3, atol=2e-3):
    """A case of f32 on a narrower float, which should give what f32 arithmetic
    gives on the same numbers, rounded once."""
    dtype = helper.tensor_dtype_to_np_dtype(element)
    wide, model = onnx.ModelProto(), onnx.ModelProto()
    wide.CopyFrom(made.model)
    model.CopyFrom(made.model)
    for initializers, kept in [(wide.graph.initializer, np.float32),
                               (model.graph.initializer, dtype)]:
        for tensor in initializers:
            value = onnx.numpy_helper.to_array(tensor)
            if value.dtype == np.float32:
                value = value.astype(dtype).astype(kept)
                tensor.CopyFrom(onnx.numpy_helper.from_array(value, tensor.name))
    for value in [*model.graph.input, *model.graph.output]:
        if value.type.tensor_type.elem_type == TensorProto.FLOAT:
            value.type.tensor_type.elem_type = element
    if element == TensorProto.BFLOAT16:
        # Most operators take it since then.
        domain = model.opset_import[0]
        domain.version = max(domain.version, 22)
    feeds = {k: v.astype(dtype) if v.dtype == np.float32 else v
             for k, v in made.feeds.items()}
    rounded = {k: v.astype(np.float32) if v.dtype == dtype else v
               for k, v in feeds.items()}
    expected = [
        np.asarray(y).astype(dtype) if y.dtype == np.float32 else y
        for y in reference(Case("", wide, rounded))
    ]
    name = f"{made.name}_{TensorProto.DataType.Name(element).lower()}"
    return Case(name, model, feeds, rtol, atol, expected)


def unary(op, *, low=-3.0, high=3.0, opset=OPSET, dtypes=(np.float32,), rtol=1e-4,
          atol=1e-5, **attributes):
    """Cases of an elementwise op: shapes around the vector width, and once
    between convolutions, where tensors are blocked by channels."""
    cases = [
        case(
            f"{np.dtype(dtype).name}_{'x'.join(map(str, shape)) or 'scalar'}", op,
            {"x": numbers(*shape, low=low, high=high, dtype=dtype)},
            opset=opset, rtol=rtol, atol=atol, **attributes,
        )
        for dtype in dtypes
        for shape in [(), (1,), (37,), (2, 3, 5, 7), (1, 16, 4, 4)]
    ]
    if np.float32 in dtypes:
        cases.append(between_convs(op, low, high, opset, rtol, atol, **attributes))
    return cases


def between_convs(op, low=-1.0, high=1.0, opset=OPSET, rtol=1e-4, atol=1e-5,
                  extra=(), constants=None, **attributes):
    """conv -> op -> conv with channels that do not fill a block; the first
    convolution keeps values in [low, high]."""
    middle = (low + high) / 2
    first = numbers(21, 5, 1, 1, seed=1, low=-1, high=1) * (high - low) / 10
    return chain(
        "between_convs",
        [
            ("Conv", ["x", "w1", "b1"], ["a"], {}),
            (op, ["a", *extra], ["b"], attributes),
            ("Conv", ["b", "w2"], ["y"], {"pads": [1, 1, 1, 1]}),
        ],
        {"x": numbers(1, 5, 6, 9)},
        {
            "w1": first,
            "b1": np.full(21, middle, np.float32),
            "w2": numbers(18, 21, 3, 3, seed=2),
            **(constants or {}),
        },
        opset=opset, rtol=max(rtol, 1e-4), atol=max(atol, 1e-4),
    )


def binary(op, *, low=-3.0, high=3.0, opset=OPSET, dtypes=(np.float32,),
           rtol=1e-4, atol=1e-5, **attributes):
    """Cases of an elementwise op on two operands, with broadcasting both ways
    and with a constant on either side."""
    cases = []
    for dtype in dtypes:
        def values(*shape, seed=0):
            return numbers(*shape, seed=seed, low=low, high=high, dtype=dtype)

        for a, b in [((2, 3, 4, 5), (2, 3, 4, 5)), ((2, 3, 4, 5), (5,)),
                     ((3, 1, 5), (2, 1, 4, 1)), ((), (3, 4)), ((0, 3), (1, 3))]:
            name = f"{np.dtype(dtype).name}_" + "_".join(
                "x".join(map(str, shape)) or "scalar" for shape in (a, b))
            cases.append(case(name, op,
                              {"a": values(*a), "b": values(*b, seed=5)},
                              opset=opset, rtol=rtol, atol=atol, **attributes))
        name = np.dtype(dtype).name
        cases.append(case(f"{name}_constant", op, {"a": values(2, 6, 3, 3)},
                          {"b": values(6, 1, 1, seed=3)}, opset=opset,
                          rtol=rtol, atol=atol, **attributes))
        cases.append(case(f"{name}_constant_first", op, {"b": values(2, 6, 3, 3)},
                          {"a": values(1, 6, 1, 1, seed=3)}, order=["a", "b"],
                          opset=opset, rtol=rtol, atol=atol, **attributes))
    return cases


def reduction(op, *, low=-2.0, high=2.0, axes_input=False, opset=13, rtol=1e-4,
              dtypes=(np.float32,)):
    """Cases of a reduction; axes are an attribute or, later, an operand."""
    cases = []
    for dtype in dtypes:
        for axes in [None, [1], [-1], [2, 3], [0, 2]]:
            for keepdims in [0, 1]:
                name = f"{np.dtype(dtype).name}_axes{axes}_keep{keepdims}"
                data = {"x": numbers(2, 5, 7, 17, low=low, high=high, dtype=dtype)}
                if axes_input:
                    constants = {} if axes is None else {"axes": np.array(axes)}
                    made = case(name, op, data, constants, keepdims=keepdims,
                                opset=opset, rtol=rtol)
                else:
                    extra = {} if axes is None else {"axes": axes}
                    made = case(name, op, data, keepdims=keepdims, opset=opset,
                                rtol=rtol, **extra)
                cases.append(made)
    return cases


def reference(case):
    """What the model should give: ONNX Runtime's kernels without its optimiser,
    or, for ops it lacks, the ONNX package's own."""
    if case.expected is not None:
        return case.expected
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = (
        onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    )
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(
            case.model.SerializeToString(), options,
            providers=["CPUExecutionProvider"],
        )
    except Exception:  # An op, type or opset that it does not have.
        from onnx.reference import ReferenceEvaluator

        return ReferenceEvaluator(case.model).run(None, case.feeds)
    return session.run(None, case.feeds)
