"""mIoU, mAP and non-maximum suppression, in NumPy."""
import numpy as np


def box_iou(a, b):
    """Intersection over union of boxes [n, 4] and [m, 4] -> [n, m]."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:4], b[None, :, 2:4])
    inter = np.clip(high - low, 0, None).prod(-1)
    area = lambda x: (x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1])
    return inter / np.maximum(area(a)[:, None] + area(b)[None] - inter, 1e-9)


def detect(prediction, confidence=0.25, iou=0.45, per_class=True):
    """Network output [4 + classes, cells] -> [n, 6]: box, score, class; best first.

    Greedy suppression, among boxes of one class or of all.
    """
    boxes, scores = prediction[:4].T, prediction[4:].T
    cell, digit = np.nonzero(scores > confidence)
    order = np.argsort(-scores[cell, digit], kind="stable")
    found = np.column_stack([boxes[cell], scores[cell, digit], digit])[order]
    kept = []
    while len(found):
        best, rest = found[0], found[1:]
        kept.append(best)
        same = box_iou(best[None, :4], rest[:, :4])[0] > iou
        if per_class:
            same &= rest[:, 5] == best[5]
        found = rest[~same]
    return np.array(kept).reshape(-1, 6)


def mean_iou(confusion):
    """Mean over classes of intersection over union, from a confusion matrix."""
    hit = np.diag(confusion)
    union = confusion.sum(0) + confusion.sum(1) - hit
    return float((hit / np.maximum(union, 1)).mean())


def average_precision(found, truth, classes, threshold=0.5):
    """Mean average precision at one IoU threshold, all-point interpolation.

    found: per image [n, 6] from detect(); truth: per image [m, 5], box and class.
    """
    values = []
    for c in range(classes):
        total = sum(int((t[:, 4] == c).sum()) for t in truth)
        if not total:
            continue
        rows = []
        for f, t in zip(found, truth):
            f, t = f[f[:, 5] == c], t[t[:, 4] == c]
            free = np.ones(len(t), bool)
            overlap = box_iou(f[:, :4], t[:, :4])
            for i in range(len(f)):
                best = int(np.argmax(overlap[i] * free)) if len(t) else -1
                hit = best >= 0 and free[best] and overlap[i, best] >= threshold
                if hit:
                    free[best] = False
                rows.append((f[i, 4], hit))
        rows.sort(key=lambda r: -r[0])
        hits = np.cumsum([h for _, h in rows]) if rows else np.zeros(0)
        precision = hits / np.arange(1, len(rows) + 1)
        recall = hits / total
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        values.append(float(np.sum(np.diff(np.concatenate([[0], recall])) * envelope)))
    return float(np.mean(values))
