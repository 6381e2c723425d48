"""Atrous: compile ONNX networks to native code and run them.

>>> import atrous
>>> model = atrous.compile("unet.onnx")          # or atrous.load("unet.so")
>>> [mask] = model.run(None, {"image": picture})
"""

from atrous._atrous import CompileError, Error, InputError, __version__
from atrous._compile import compile, load
from atrous._model import Model, TensorInfo
from atrous._sequence import pack_sequence, unpack_sequence

__all__ = [
    "CompileError",
    "Error",
    "InputError",
    "Model",
    "TensorInfo",
    "__version__",
    "compile",
    "load",
    "pack_sequence",
    "unpack_sequence",
]
