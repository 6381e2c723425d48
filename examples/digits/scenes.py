"""Scenes composed of real handwritten digits, with their ground truth.

The digits are the 1797 8x8 scans that scikit-learn ships (E. Alpaydin and
C. Kaynak, Optical Recognition of Handwritten Digits, UCI, 1998). Each is
enlarged, tilted a little, coloured and laid on a textured background. The last
fifth of the digits is held back: scenes of `split="test"` show none that
training has seen.
"""
import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

SIZE = 160        # scenes are SIZE x SIZE RGB
CLASSES = 10      # digits; segmentation adds class 0, background, digit d is d + 1
HELD_BACK = 360   # digits at the end of the set that only test scenes show


def _digits(split):
    data = load_digits()
    part = slice(None, -HELD_BACK) if split == "train" else slice(-HELD_BACK, None)
    return (data.images[part] * (255 / 16)).astype(np.uint8), data.target[part]


def _background(rng):
    """A smooth random texture, float32 [SIZE, SIZE, 3] in 0..255."""
    coarse = rng.integers(40, 200, (rng.integers(2, 9),) * 2 + (3,), dtype=np.uint8)
    image = np.asarray(Image.fromarray(coarse).resize((SIZE, SIZE), Image.BICUBIC), np.float32)
    return image * rng.uniform(0.3, 1.0) + rng.normal(0, rng.uniform(0, 12), image.shape)


class Scenes:
    """Endless, reproducible scenes: next() gives (image, mask, boxes).

    image  uint8   [SIZE, SIZE, 3]
    mask   int64   [SIZE, SIZE], 0 background, digit + 1
    boxes  float32 [n, 5], x1, y1, x2, y2 in pixels, digit
    """

    def __init__(self, split, seed):
        self.images, self.labels = _digits(split)
        self.rng = np.random.default_rng([seed, split == "train"])

    def __iter__(self):
        return self

    def __next__(self):
        rng = self.rng
        image = _background(rng)
        mask = np.zeros((SIZE, SIZE), np.int64)
        boxes = []
        for _ in range(rng.integers(3, 10)):
            box = self._place(image, mask, boxes)
            if box is not None:
                boxes.append(box)
        image = np.clip(image, 0, 255).astype(np.uint8)
        return image, mask, np.array(boxes, np.float32).reshape(-1, 5)

    def _place(self, image, mask, boxes):
        rng = self.rng
        index = rng.integers(len(self.images))
        side = int(rng.integers(22, 56))
        glyph = Image.fromarray(self.images[index]).resize((side, side), Image.BICUBIC)
        glyph = glyph.rotate(rng.uniform(-15, 15), Image.BICUBIC)
        alpha = np.asarray(glyph, np.float32) / 255
        ink = alpha > 0.35
        if not ink.any():
            return None
        ys, xs = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
        x, y = (int(v) for v in rng.integers(0, SIZE - side, 2))
        box = [x + xs[0], y + ys[0], x + xs[-1] + 1, y + ys[-1] + 1]
        if any(min(box[2], b[2]) - max(box[0], b[0]) > 4 and
               min(box[3], b[3]) - max(box[1], b[1]) > 4 for b in boxes):
            return None
        under = image[y:y + side, x:x + side]
        paper = under.mean()
        colour = rng.uniform(0, 255, 3)
        if abs(colour.mean() - paper) < 70:
            colour = np.where(paper > 127, colour * 0.3, 255 - (255 - colour) * 0.3)
        under += alpha[..., None] * (colour - under)
        mask[y:y + side, x:x + side][ink] = self.labels[index] + 1
        return box + [self.labels[index]]


if __name__ == "__main__":
    # The picture of the demo: python3 scenes.py scene.png 7 2
    import sys

    path, seed, index = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    scenes = Scenes("test", seed)
    for _ in range(index + 1):
        picture = next(scenes)[0]
    Image.fromarray(picture).save(path)
