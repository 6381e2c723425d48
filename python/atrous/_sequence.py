"""Sequences of tensors as the two tensors that a network takes and gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def pack_sequence(
    arrays: Sequence[np.ndarray], dtype: np.dtype | str | None = None,
    rank: int | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """The inputs `x.data` and `x.index` that make a sequence `x`.

    The first holds the elements of all arrays, one after the other. The second
    has a row for each: where its elements end in the first, then its sizes, and
    -1 where it has fewer dimensions than others. `dtype` and `rank`, if given,
    are what the arrays must have; an empty sequence needs them.
    """
    arrays = [np.asarray(array) for array in arrays]
    dtype = np.dtype(dtype or (arrays[0].dtype if arrays else np.float32))
    ranks = [array.ndim for array in arrays]
    width = 1 + (max(ranks, default=0) if rank is None else rank)
    index = np.full((len(arrays), width), -1, np.int64)
    end = 0
    for row, array in zip(index, arrays):
        if array.dtype != dtype or not (rank is None or array.ndim == rank):
            raise ValueError(
                f"a tensor of the sequence is {array.dtype} of rank {array.ndim}"
                f", expected {dtype}"
                + ("" if rank is None else f" of rank {rank}"))
        end += array.size
        row[0] = end
        row[1:1 + array.ndim] = array.shape
    data = [array.ravel() for array in arrays] or [np.empty(0, dtype)]
    return np.concatenate(data), index


def unpack_sequence(data: np.ndarray, index: np.ndarray) -> list[np.ndarray]:
    """The arrays of a sequence `y` that a network gives as the outputs `y.data`
    and `y.index`: views of the first."""
    arrays, begin = [], 0
    for row in np.asarray(index):
        shape = [int(size) for size in row[1:] if size >= 0]
        arrays.append(data[begin:row[0]].reshape(shape))
        begin = int(row[0])
    return arrays
