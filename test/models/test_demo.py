"""The demo networks: same answers as ONNX Runtime, same bytes every time."""
import pathlib
import subprocess
import sys

import numpy as np
import onnxruntime
import pytest
from PIL import Image

import atrous

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIGITS = ROOT / "examples" / "digits"


@pytest.fixture(scope="module")
def feeds():
    picture = np.asarray(Image.open(DIGITS / "scene.png").convert("RGB"), np.float32) / 255
    return {"image": np.ascontiguousarray(picture.transpose(2, 0, 1)[None])}


@pytest.mark.parametrize("mcpu", ["native", "x86-64-v3"])
@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("name", ["unet", "yolo"])
def test_agrees_with_onnxruntime(name, threads, mcpu, feeds):
    path = str(DIGITS / f"{name}.onnx")
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    (expected,) = session.run(None, feeds)
    (got,) = atrous.compile(path, threads=threads, mcpu=mcpu).run(None, feeds)
    assert got.dtype == expected.dtype and got.shape == expected.shape
    assert np.abs(got - expected).max() <= 1e-4 * np.abs(expected).max()


def test_same_bytes_every_time(tmp_path):
    files = [tmp_path / "a" / "m.so", tmp_path / "b" / "m.so"]
    for file, jobs in zip(files, (1, 2)):
        file.parent.mkdir()
        atrous.compile(str(DIGITS / "yolo.onnx"), output=str(file), threads=2, jobs=jobs)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_demo_writes_its_picture(tmp_path):
    output = tmp_path / "overlay.png"
    run = subprocess.run([sys.executable, str(DIGITS / "demo.py"), "--output", str(output)],
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "7 at" in run.stdout and "picture" in run.stdout
    assert Image.open(output).size == (1296, 640)


def test_demo_refuses_what_is_no_picture(tmp_path):
    broken = tmp_path / "x.png"
    broken.write_text("no picture")
    run = subprocess.run([sys.executable, str(DIGITS / "demo.py"), str(broken)],
                         capture_output=True, text=True)
    assert run.returncode == 2 and "cannot read the picture" in run.stderr
