import numpy as np

from harness import case

RANDOM = np.random.default_rng(5)
CORNERS = RANDOM.uniform(0, 10, (2, 60, 2)).astype(np.float32)
SIZES = RANDOM.uniform(0.5, 4, (2, 60, 2)).astype(np.float32)
BOXES = np.concatenate([CORNERS, CORNERS + SIZES], 2)
CENTRES = np.concatenate([CORNERS + SIZES / 2, SIZES], 2)
FLIPPED = BOXES[..., [2, 1, 0, 3]].copy()
SCORES = RANDOM.uniform(0, 1, (2, 3, 60)).astype(np.float32)


def suppress(name, boxes=BOXES, most=20, iou=0.4, score=0.2, constant=True,
             scores=SCORES, **attributes):
    limits = {"n": np.array([most]), "i": np.array([iou], np.float32),
              "s": np.array([score], np.float32)}
    data = {"b": boxes, "c": scores}
    if constant:
        return case(name, "NonMaxSuppression", data, limits, **attributes)
    return case(name, "NonMaxSuppression", {**data, **limits}, **attributes)


CASES = [
    suppress("corners"),
    suppress("flipped", FLIPPED),
    suppress("centres", CENTRES, center_point_box=1),
    suppress("limits_are_inputs", constant=False),
    suppress("few", most=2),
    suppress("strict", iou=0.0),
    suppress("loose", iou=1.0),
    suppress("nothing", score=2.0),
    suppress("none_wanted", most=0),
    suppress("equal_scores", scores=np.ones((2, 1, 60), np.float32)),
    case("defaults", "NonMaxSuppression", {"b": BOXES, "c": SCORES},
         expected=[np.zeros((0, 3), np.int64)]),
    case("no_score_threshold", "NonMaxSuppression", {"b": BOXES, "c": SCORES},
         {"n": np.array([7]), "i": np.array([0.5], np.float32)}),
]
