"""atrous.compile and atrous.load."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence

from atrous import _atrous
from atrous._model import Model


def _size(size: int | tuple[int, int]) -> str:
    """As the command line writes it."""
    if isinstance(size, tuple):
        return f"({int(size[0])}..{int(size[1])})"
    return str(int(size))


def _shapes(shapes: Mapping[str, Sequence[int | tuple[int, int]]]) -> list[str]:
    return [name + ":" + "x".join(_size(size) for size in sizes)
            for name, sizes in shapes.items()]


def compile(
    model: str | os.PathLike | bytes,
    output: str | os.PathLike | None = None,
    threads: int | None = None,
    mcpu: str = "native",
    *,
    shapes: Mapping[str, Sequence[int | tuple[int, int]]] | None = None,
    shape_hints: Sequence[Mapping[str, Sequence[int]]] = (),
    winograd: str = "accurate",
    memory: str = "low",
    profile: bool = False,
    tune: bool = False,
    emit: str = "lib",
    jobs: int | None = None,
    data_folder: str | os.PathLike | None = None,
    save_stages: str | os.PathLike | None = None,
    cache_dir: str | os.PathLike | None = None,
    verbose: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> Model | None:
    """Compiles an ONNX model and loads the result.

    `model` is a file's path, or the bytes of a ModelProto (an
    `onnx.ModelProto` will do); external data of bytes is looked for in
    `data_folder`. `output` is the shared object to write; without it, nothing
    is left behind. `threads` is how many the model is divided for and runs
    on (default: all), `mcpu` an LLVM CPU name, or several joined by "+", whose
    code then lies in one file and is chosen at load. `shapes` fixes sizes of inputs,
    or bounds them where a size is a pair: (256, 1024). Each of `shape_hints`
    gives sizes of inputs, of all dimensions, for which the model has code of
    its own, as fast as that of a model of these sizes alone. `winograd` is how far
    minimal filtering of convolutions may go, and Strassen's algorithm for 1x1
    ones and matrix products: "off", neither; "accurate", filtering by tiles of
    4x4 outputs; "fast", of 6x6, too, which rounds more. `memory` says when
    filtered weights are transformed: "low", by every run; "fast", once, when the
    model is loaded, into 4 times the memory of 3x3 kernels; "balanced", so within
    a limit. With `profile` the
    model measures what each layer takes (`Model.profile`). With `tune` each
    kernel that has several fast schedules is timed with them on this machine
    first. `cache_dir` keeps compiled kernels and the fastest schedules
    (default: `$ATROUS_CACHE_DIR`, else `atrous` in
    `$XDG_CACHE_HOME` or `~/.cache`; "": none does). The other options
    are those of `atrous compile`; with `emit` other than "lib", `output` is
    written and None returned.

    Raises CompileError, whose text names the ONNX node.
    """
    if output is None and emit != "lib":
        raise TypeError("emit needs an output")
    if hasattr(model, "SerializeToString"):
        model = model.SerializeToString()
    is_bytes = isinstance(model, (bytes, bytearray, memoryview))
    options = {
        "input_bytes": bytes(model) if is_bytes else None,
        "input_path": None if is_bytes else os.fspath(model),
        "data_folder": _path(data_folder),
        "threads": threads or 0,
        "jobs": jobs or 0,
        "cpu": mcpu,
        "emit": emit,
        "shapes": _shapes(shapes or {}),
        "shape_hints": [",".join(_shapes(hint)) for hint in shape_hints],
        "winograd": winograd,
        "memory": memory,
        "profile": profile,
        "tune": tune,
        "save_stages": _path(save_stages),
        "cache_dir": _path(cache_dir),
        "verbose": verbose,
        "progress": progress,
    }
    if output is not None:
        output = os.fspath(output)
        _atrous.compile(output_path=output, write_header=True, temporary=False,
                        **options)
        # A bare file name would be searched for where libraries are installed.
        return load(os.path.abspath(output), threads) if emit == "lib" else None
    with tempfile.TemporaryDirectory(prefix="atrous-") as folder:
        output = os.path.join(folder, "model.so")
        _atrous.compile(output_path=output, write_header=False, temporary=True,
                        **options)
        return load(output, threads)


def load(path: str | os.PathLike, threads: int | None = None) -> Model:
    """Loads a shared object that was compiled before.

    It is a program: load only what you would run. Raises InputError where it is
    not a compiled model, and Error where this CPU cannot run it.
    """
    return Model(_atrous.LoadedModel(os.fspath(path), threads or 0))


def _path(path: str | os.PathLike | None) -> str | None:
    return None if path is None else os.fspath(path)
