"""Real architectures against recorded outputs of ONNX Runtime.

The models lie beside the repository (../shared/models) and are not part of it;
without them these tests skip. $ATROUS_MODELS=all runs every model, the default is a
sample that takes about a minute.
"""
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("ATROUS_SHARED", ROOT.parent / "shared")) / "models"

SAMPLE = """lenet mobilenet_v2 resnet50 erfnet segnet yolov8n fastestdet_352 nanodet_320
    selfie_segmentation SINet_Softmax_simple ultraface_rfb_320 yolox_nano zero_dce_180x320
    maskrcnn_resnet50_fpn ssd300_vgg16 yolov8n_nms mlsd_tiny_320 ppocrv4_det yunet_2026may""".split()

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no models at {SHARED}")


def check(name, work):
    return subprocess.run(
        [sys.executable, "check_models.py", "--adapter", "adapter_atrous.py", "--work", str(work), name],
        cwd=SHARED, env={**os.environ, "ATROUS_ROOT": str(build_root())}, capture_output=True, text=True)


def build_root():
    """The folder whose build/python holds the package that these tests import."""
    import atrous
    return pathlib.Path(atrous.__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


def names():
    if os.environ.get("ATROUS_MODELS") != "all" or not SHARED.is_dir():
        return SAMPLE
    return sorted(p.stem for p in (SHARED / "refs").glob("*.json"))


@pytest.mark.parametrize("name", names())
def test_gives_the_reference(name, work):
    run = check(name, work)
    assert run.returncode == 0, run.stdout + run.stderr

