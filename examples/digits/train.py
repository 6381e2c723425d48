#!/usr/bin/env python3
"""Trains the demo networks and writes them as ONNX, with their figures.

  python3 examples/digits/train.py {unet,yolo} [--minutes M]

Not part of the build: needs PyTorch and scikit-learn (Debian: python3-torch,
python3-sklearn, python3-pil). Writes NETWORK.onnx and updates results.json beside
this file; held-back scenes are never trained on.
"""
import argparse
import json
import pathlib
import time

import numpy as np
import torch

from metrics import average_precision, detect, mean_iou
from networks import STRIDES, UNet, Yolo, centres
from scenes import CLASSES, SIZE, Scenes

HERE = pathlib.Path(__file__).parent
TEST_SCENES = 300


def batch_of(scenes, count):
    images, masks, boxes = zip(*(next(scenes) for _ in range(count)))
    x = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
    return x, torch.from_numpy(np.stack(masks)), boxes


def unet_loss(network, x, masks, boxes):
    scores = network(x)
    weight = torch.tensor([0.3] + [1.0] * CLASSES)
    return torch.nn.functional.cross_entropy(scores, masks, weight)


def assign(boxes, shape, stride):
    """Targets of one level: per cell box [4], class or -1; centres inside the box's
    middle, large digits to the coarse level."""
    height, width = shape
    target = torch.zeros(4, height, width)
    label = torch.full((height, width), -1, dtype=torch.long)
    c = centres(height, width, stride)[0]
    for box in boxes:
        side = max(box[2] - box[0], box[3] - box[1])
        if (side > 34) != (stride == STRIDES[1]):
            continue
        x1, y1, x2, y2 = box[:4]
        mx, my = (x1 + x2) / 2, (y1 + y2) / 2
        near = ((c[0] - mx).abs() < stride * 0.9) & ((c[1] - my).abs() < stride * 0.9)
        inside = (c[0] > x1) & (c[0] < x2) & (c[1] > y1) & (c[1] < y2) & near
        label[inside] = int(box[4])
        target[:, inside] = torch.tensor(box[:4])[:, None]
    return target, label


def yolo_loss(network, x, masks, boxes):
    total = 0.0
    for raw, stride in zip(network.features(x), STRIDES):
        pairs = [assign(b, raw.shape[2:], stride) for b in boxes]
        target = torch.stack([p[0] for p in pairs])
        label = torch.stack([p[1] for p in pairs])
        hot = torch.nn.functional.one_hot(label.clamp(min=0), CLASSES).permute(0, 3, 1, 2).float()
        hot = hot * (label >= 0)[:, None]
        logits = raw[:, 4:]
        p = torch.sigmoid(logits)
        bce = torch.nn.functional.binary_cross_entropy_with_logits(logits, hot, reduction="none")
        count = (label >= 0).sum().clamp(min=1)
        total = total + (bce * (hot - p).abs() ** 1.5).sum() / count
        side = torch.nn.functional.softplus(raw[:, :4]) * stride
        sign = torch.tensor([-1.0, -1.0, 1.0, 1.0]).view(1, 4, 1, 1)
        box = centres(*raw.shape[2:], stride) + side * sign
        a, b = (v.permute(0, 2, 3, 1)[label >= 0] for v in (box, target))
        low, high = torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])
        inter = (high - low).clamp(min=0).prod(1)
        area = lambda v: (v[:, 2] - v[:, 0]) * (v[:, 3] - v[:, 1])
        iou = inter / (area(a) + area(b) - inter).clamp(min=1e-6)
        total = total + 2 * (1 - iou).sum() / count
    return total


def evaluate_unet(network):
    scenes = Scenes("test", 1)
    confusion = np.zeros((CLASSES + 1,) * 2, np.int64)
    for _ in range(TEST_SCENES // 10):
        x, masks, _ = batch_of(scenes, 10)
        got = network(x).argmax(1)
        confusion += np.bincount((masks * (CLASSES + 1) + got).numpy().ravel(),
                                 minlength=confusion.size).reshape(confusion.shape)
    return {"mIoU": round(mean_iou(confusion), 4)}


def evaluate_yolo(network):
    scenes = Scenes("test", 1)
    found, truth = [], []
    for _ in range(TEST_SCENES // 10):
        x, _, boxes = batch_of(scenes, 10)
        found += [detect(p.numpy(), 0.05) for p in network(x)]
        truth += boxes
    return {"mAP50": round(average_precision(found, truth, CLASSES), 4)}


NETWORKS = {"unet": (UNet, unet_loss, evaluate_unet), "yolo": (Yolo, yolo_loss, evaluate_yolo)}


def train(name, minutes):
    torch.manual_seed(0)
    make, loss_of, evaluate = NETWORKS[name]
    network = make().train()
    optimiser = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=1e-4)
    scenes = Scenes("train", 0)
    start, step = time.time(), 0
    while (part := (time.time() - start) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 50) * (0.02 + 0.98 * (1 + np.cos(np.pi * part)) / 2)
        loss = loss_of(network, *batch_of(scenes, 8))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 50 == 0:
            print(f"{name} step {step} loss {loss.item():.3f} ({100 * part:.0f} %)", flush=True)
        step += 1
    network.eval()
    with torch.no_grad():
        figures = evaluate(network)
    path = HERE / f"{name}.onnx"
    torch.onnx.export(network, torch.zeros(1, 3, SIZE, SIZE), str(path), opset_version=13,
                      input_names=["image"], output_names=["scores" if name == "unet" else "detections"])
    results = HERE / "results.json"
    known = json.loads(results.read_text()) if results.exists() else {}
    known[name] = {**figures, "test_scenes": TEST_SCENES, "training_steps": step, "batch": 8,
                   "bytes": path.stat().st_size}
    results.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")
    print(name, known[name])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", choices=NETWORKS)
    parser.add_argument("--minutes", type=float, default=20)
    arguments = parser.parse_args()
    train(arguments.network, arguments.minutes)
