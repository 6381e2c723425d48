"""Compares outputs of a compiled model with a reference.

Arguments: model, inputs.npz, outputs.npz, "onnxruntime" or reference.npz,
rtol, atol. Exit codes are those of atrous_status.
"""
import sys

import numpy as np


def run_onnxruntime(model, inputs):
    try:
        import onnxruntime
    except ImportError:
        sys.exit("error: the reference needs the Python package onnxruntime")
    options = onnxruntime.SessionOptions()
    # Its optimiser is at times wrong (tiny_yolov2); its kernels are not.
    options.graph_optimization_level = (
        onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    )
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"]
    )
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs)))


def compare(name, ours, expected, rtol, atol):
    """Prints one line; returns whether they agree."""
    if ours.shape != expected.shape or ours.dtype != expected.dtype:
        print(f"{name}: {ours.dtype}{list(ours.shape)} is not the reference's "
              f"{expected.dtype}{list(expected.shape)}  FAILED")
        return False
    with np.errstate(all="ignore"):
        a, b = ours.astype(np.float64), expected.astype(np.float64)
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        absolute = np.where(same, 0, np.abs(a - b))
        relative = np.where(same, 0, absolute / np.abs(b))
        ok = bool(np.all(same | (absolute <= atol + rtol * np.abs(b))))
    print(f"{name}: max abs error {absolute.max(initial=0):.3g}, max rel error "
          f"{relative.max(initial=0):.3g}  {'ok' if ok else 'FAILED'}")
    return ok


def main():
    model, inputs, outputs, reference, rtol, atol = sys.argv[1:]
    ours = dict(np.load(outputs))
    if reference == "onnxruntime":
        expected = run_onnxruntime(model, dict(np.load(inputs)))
    else:
        expected = dict(np.load(reference))
    missing = [name for name in ours if name not in expected]
    if missing:
        print(f"error: the reference lacks {missing}", file=sys.stderr)
        return 1
    results = [
        compare(name, ours[name], expected[name], float(rtol), float(atol))
        for name in ours
    ]
    return 0 if all(results) else 1


sys.exit(main())
