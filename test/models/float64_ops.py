"""Convolutions, pools and resizes in float64, for onnx.reference: its own take minutes on a network."""
import itertools

import numpy as np
from onnx.reference.ops import (
    op_average_pool, op_batch_normalization, op_conv, op_conv_transpose, op_lrn, op_max_pool, op_resize)


class Windows:
    """The windows of a convolution or pool over the last dimensions of `sizes`."""

    def __init__(self, sizes, kernel, strides, dilations, pads, auto_pad, ceil_mode=False):
        rank = len(kernel)
        self.kernel = list(kernel)
        self.strides = list(strides or [1] * rank)
        self.dilations = list(dilations or [1] * rank)
        spans = [(k - 1) * d + 1 for k, d in zip(self.kernel, self.dilations)]
        if auto_pad in (b"SAME_UPPER", b"SAME_LOWER", "SAME_UPPER", "SAME_LOWER"):
            totals = [max(0, (-(-size // s) - 1) * s + span - size)
                      for size, s, span in zip(sizes, self.strides, spans)]
            less, more = [t // 2 for t in totals], [t - t // 2 for t in totals]
            is_upper = auto_pad in (b"SAME_UPPER", "SAME_UPPER")
            self.before, self.after = (less, more) if is_upper else (more, less)
        else:
            pads = pads or [0] * 2 * rank
            self.before, self.after = list(pads[:rank]), list(pads[rank:])
        self.out, self.room = [], []
        for size, s, span, before, after in zip(sizes, self.strides, spans, self.before, self.after):
            free = size + before + after - span
            count = free // s + 1
            # A last window that begins within the padded image.
            if ceil_mode and free % s and count * s < size + before:
                count += 1
            self.out.append(count)
            self.room.append(max(0, (count - 1) * s + span - size - before))

    def pad(self, x, value):
        return np.pad(x, [(0, 0), (0, 0), *zip(self.before, self.room)], constant_values=value)

    def taps(self, padded):
        """Position in the kernel, and what all windows have there."""
        for tap in itertools.product(*map(range, self.kernel)):
            yield tap, padded[(..., *(slice(t * d, t * d + (n - 1) * s + 1, s) for t, d, n, s in
                                      zip(tap, self.dilations, self.out, self.strides)))]


class Conv(op_conv.Conv):
    def _run(self, X, W, B=None, auto_pad=None, dilations=None, group=None, kernel_shape=None, pads=None,
             strides=None):
        windows = Windows(X.shape[2:], W.shape[2:], strides, dilations, pads, auto_pad)
        group, images = group or 1, X.shape[0]
        weights = W.reshape(group, W.shape[0] // group, *W.shape[1:])
        y = np.zeros((images, group, weights.shape[1], int(np.prod(windows.out))), X.dtype)
        for tap, part in windows.taps(windows.pad(X, 0)):
            y += weights[(..., *tap)] @ part.reshape(images, group, W.shape[1], -1)
        y = y.reshape(images, W.shape[0], *windows.out)
        return (y if B is None else y + B.reshape(-1, *[1] * (X.ndim - 2)),)


class ConvTranspose(op_conv_transpose.ConvTranspose):
    def _run(self, X, W, B=None, auto_pad=None, dilations=None, group=None, kernel_shape=None, output_padding=None,
             output_shape=None, pads=None, strides=None):
        if output_shape is not None or auto_pad not in (None, "NOTSET", b"NOTSET"):
            return super()._run(X, W, B, auto_pad, dilations, group, kernel_shape, output_padding, output_shape, pads,
                                strides)
        rank, group = X.ndim - 2, group or 1
        extra, pads = output_padding or [0] * rank, pads or [0] * 2 * rank
        strides, dilations = strides or [1] * rank, dilations or [1] * rank
        sizes = [(n - 1) * s + (k - 1) * d + 1 + e
                 for n, s, k, d, e in zip(X.shape[2:], strides, W.shape[2:], dilations, extra)]
        windows = Windows(sizes, W.shape[2:], strides, dilations, None, None)
        windows.out = list(X.shape[2:])
        weights = W.reshape(group, W.shape[0] // group, *W.shape[1:])
        x = X.reshape(X.shape[0], group, W.shape[0] // group, -1)
        y = np.zeros((X.shape[0], group * W.shape[1], *sizes), X.dtype)
        for tap, part in windows.taps(y):
            part += (np.swapaxes(weights[(..., *tap)], 1, 2) @ x).reshape(part.shape)
        y = y[(..., *(slice(b, n - a) for b, a, n in zip(pads[:rank], pads[rank:], sizes)))]
        return (y if B is None else y + B.reshape(-1, *[1] * rank),)


class MaxPool(op_max_pool.MaxPool):
    def _run(self, x, auto_pad=None, ceil_mode=None, dilations=None, kernel_shape=None, pads=None,
             storage_order=None, strides=None):
        windows = Windows(x.shape[2:], kernel_shape, strides, dilations, pads, auto_pad, ceil_mode)
        best, place = None, None
        places = windows.pad(np.arange(x.size).reshape(x.shape), -1)
        for (_, part), (_, where) in zip(windows.taps(windows.pad(x, -np.inf)), windows.taps(places)):
            if best is None:
                best, place = part.copy(), where.copy()
                continue
            larger = part > best
            best[larger], place[larger] = part[larger], where[larger]
        return (best, place)[:len(self.onnx_node.output)]


class AveragePool(op_average_pool.AveragePool_19):
    def _run(self, x, auto_pad=None, ceil_mode=None, dilations=None, kernel_shape=None, pads=None, strides=None,
             count_include_pad=None):
        windows = Windows(x.shape[2:], kernel_shape, strides, dilations, pads, auto_pad, ceil_mode)
        ones = windows.pad(np.ones((1, 1, *x.shape[2:])), 0)
        if count_include_pad:
            ones[(..., *(slice(0, n + b + a) for n, b, a in zip(x.shape[2:], windows.before, windows.after)))] = 1
        return (sum(part for _, part in windows.taps(windows.pad(x, 0))) /
                sum(part for _, part in windows.taps(ones)),)


def coordinates(count, size, scale, mode):
    at = np.arange(count)
    return {"half_pixel": (at + 0.5) / scale - 0.5, "asymmetric": at / scale,
            "align_corners": at * ((size - 1) / max(count - 1, 1)),
            "pytorch_half_pixel": (at + 0.5) / scale - 0.5 if count > 1 else at * 0.0}[mode]


class Resize(op_resize.Resize):
    def _run(self, X, roi=None, scales=None, sizes=None, **attributes):
        mode, kind = attributes["mode"], attributes["coordinate_transformation_mode"]
        known = ("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel")
        if mode not in ("linear", "nearest") or kind not in known or attributes.get("antialias") or \
                attributes.get("axes"):
            return super()._run(X, roi, scales, sizes, **attributes)
        for axis, size in enumerate(X.shape):
            given = scales is not None and len(scales)
            scale = float(scales[axis]) if given else sizes[axis] / size
            count = int(np.floor(size * scale)) if given else int(sizes[axis])
            if scale != 1:
                X = interpolate(X, axis, coordinates(count, size, scale, kind), mode, attributes["nearest_mode"])
        return (X,)


def interpolate(x, axis, at, mode, nearest):
    last = x.shape[axis] - 1
    if mode == "nearest":
        rounded = {"floor": np.floor(at), "ceil": np.ceil(at), "round_prefer_floor": np.ceil(at - 0.5),
                   "round_prefer_ceil": np.floor(at + 0.5)}[nearest]
        return np.take(x, np.clip(rounded, 0, last).astype(int), axis)
    at = np.clip(at, 0, last)
    low = np.floor(at).astype(int)
    share = (at - low).reshape(-1, *[1] * (x.ndim - 1 - axis))
    return np.take(x, low, axis) * (1 - share) + np.take(x, np.minimum(low + 1, last), axis) * share


class BatchNormalization(op_batch_normalization.BatchNormalization_14):
    """That of older opsets normalizes by the batch where it has a momentum."""

    def _run(self, x, scale, bias, mean, variance, epsilon=None, momentum=None, training_mode=None, spatial=None):
        if training_mode:
            raise NotImplementedError("training")
        factor = scale / np.sqrt(variance + epsilon)
        shape = (-1, *[1] * (x.ndim - 2))
        return (x * factor.reshape(shape) + (bias - mean * factor).reshape(shape),)


class LRN(op_lrn.LRN):
    """onnx 1.23's own sums as many channels as there are images."""

    def _run(self, x, alpha=None, beta=None, bias=None, size=None):
        before, after = (size - 1) // 2, size // 2
        squares = np.pad(x**2, [(0, 0), (before, after), *[(0, 0)] * (x.ndim - 2)])
        total = sum(squares[:, i:i + x.shape[1]] for i in range(size))
        return (x / (bias + alpha / size * total) ** beta,)


OPERATORS = [AveragePool, BatchNormalization, Conv, ConvTranspose, LRN, MaxPool, Resize]
