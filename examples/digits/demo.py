#!/usr/bin/env python3
"""Compiles the demo networks with Atrous and runs them on a picture.

  PYTHONPATH=build/python python examples/digits/demo.py [PICTURE] [--output OVERLAY.png]

A U-Net labels every pixel, a YOLO-style detector finds boxes. Both see a scene of
real handwritten digits that they were not trained on, 160 x 160 pixels; another
picture is resized to that. Writes the scene beside its overlay.
"""
import argparse
import colorsys
import pathlib
import time

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import atrous
from metrics import detect

HERE = pathlib.Path(__file__).parent
SIZE = 160
SCALE = 4
COLOURS = [tuple(int(255 * v) for v in colorsys.hsv_to_rgb(d / 10, 0.85, 1)) for d in range(10)]


def compiled(name):
    """The network as native code, and how long compiling it took, in seconds."""
    start = time.perf_counter()
    model = atrous.compile(str(HERE / f"{name}.onnx"))
    return model, time.perf_counter() - start


def timed(model, feeds, rounds=20):
    """Outputs, and the median time of a run in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        outputs = model.run(None, feeds)
        times.append(time.perf_counter() - start)
    return outputs, 1e3 * sorted(times)[len(times) // 2]


def overlay(picture, labels, found):
    """The picture, and beside it its pixels tinted by class under the boxes."""
    large = picture.resize((SIZE * SCALE,) * 2, Image.LANCZOS)
    tint = np.asarray(large, np.float32) * 0.45
    where = np.kron(labels, np.ones((SCALE, SCALE), np.int64))
    for digit, colour in enumerate(COLOURS):
        tint[where == digit + 1] += 0.55 * np.array(colour, np.float32)
    shown = Image.fromarray(tint.astype(np.uint8))
    draw = ImageDraw.Draw(shown)
    font = ImageFont.load_default(size=18)
    for x1, y1, x2, y2, score, digit in found:
        colour = COLOURS[int(digit)]
        draw.rectangle([SCALE * v for v in (x1, y1, x2, y2)], outline=colour, width=2)
        text = f"{int(digit)}  {score:.2f}"
        corner = (SCALE * x1 + 2, max(SCALE * y1 - 22, 0))
        draw.rectangle(draw.textbbox(corner, text, font), fill=(0, 0, 0))
        draw.text(corner, text, colour, font)
    sheet = Image.new("RGB", (2 * SIZE * SCALE + 16, SIZE * SCALE), "white")
    sheet.paste(large, (0, 0))
    sheet.paste(shown, (SIZE * SCALE + 16, 0))
    return sheet


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("picture", nargs="?", default=str(HERE / "scene.png"))
    parser.add_argument("--output", default="build/demo/overlay.png")
    arguments = parser.parse_args()
    try:
        picture = Image.open(arguments.picture).convert("RGB")
    except OSError as error:
        parser.error(f"cannot read the picture: {error}")
    picture = picture.resize((SIZE, SIZE), Image.LANCZOS) if picture.size != (SIZE, SIZE) else picture
    image = (np.asarray(picture, np.float32) / 255).transpose(2, 0, 1)[None]
    feeds = {"image": np.ascontiguousarray(image)}

    unet, unet_compile = compiled("unet")
    yolo, yolo_compile = compiled("yolo")
    (scores,), unet_ms = timed(unet, feeds)
    (prediction,), yolo_ms = timed(yolo, feeds)
    labels = scores[0].argmax(0)
    found = detect(prediction[0], per_class=False)

    output = pathlib.Path(arguments.output)
    output.parent.mkdir(parents=True, exist_ok=True)
    overlay(picture, labels, found).save(output)
    print(f"U-Net   compiled in {unet_compile:.2f} s, runs in {unet_ms:.2f} ms: "
          f"{(labels > 0).mean():.0%} of the pixels belong to digits")
    print(f"YOLO    compiled in {yolo_compile:.2f} s, runs in {yolo_ms:.2f} ms: {len(found)} digits")
    for x1, y1, x2, y2, score, digit in found:
        print(f"        {int(digit)} at ({x1:.0f}, {y1:.0f})-({x2:.0f}, {y2:.0f}), score {score:.2f}")
    print(f"picture {output.resolve()}")


if __name__ == "__main__":
    main()
