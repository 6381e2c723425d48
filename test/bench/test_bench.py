"""The scripts of this folder run, and say what they measured."""
import os
import pathlib
import re
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
YOLO = HERE.parents[1] / "examples" / "digits" / "yolo.onnx"
MARKERS = "<!-- make bench writes from here -->\nold\n<!-- to here -->"


def run(script, *arguments, **environment):
    return subprocess.run([sys.executable, str(HERE / script), *map(str, arguments)], capture_output=True, text=True,
                          env={**os.environ, **environment})


def test_peers_renews_the_table(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{MARKERS}\nafter\n")
    result = run("peers.py", "--rounds", 1, "--threads", "1,2", "--readme", readme, YOLO)
    assert result.returncode == 0, result.stderr
    text = readme.read_text()
    assert text.startswith("before\n<!--") and text.endswith("-->\nafter\n") and "old" not in text
    assert re.search(r"^\| yolo \| \d+\.\d\d \| \d+\.\d\d \|", text, re.MULTILINE)
    assert re.search(r"ONNX Runtime \d.* Geometric mean of 1: \d+\.\d\d \(1 thread\), \d+\.\d\d \(2 threads\)", text)


def test_peers_says_that_there_is_nothing_to_run(tmp_path):
    result = run("peers.py", ATROUS_SHARED=str(tmp_path))
    assert result.returncode == 0
    assert result.stdout == f"nothing to run: no models given, and none at {tmp_path / 'models'}\n"


def test_peers_wants_markers(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("no table\n")
    result = run("peers.py", "--rounds", 1, "--threads", 1, "--readme", readme, YOLO)
    assert result.returncode == 1 and "has no lines '<!-- make bench" in result.stderr
    assert readme.read_text() == "no table\n"


@pytest.mark.parametrize("mcpu", ["native", "x86-64-v3"])
def test_layers_are_measured(mcpu):
    result = run("model_layers.py", YOLO, "--runs", 2, "--mcpu", mcpu)
    assert result.returncode == 0, result.stderr
    assert re.match(r"yolo: \d+\.\d\d ms in \d+ layers on one thread; multiply-add peak \d+ GFLOP/s", result.stdout)
    shares = [float(share) for share in re.findall(r"\| (\d+\.\d) % \|", result.stdout)]
    assert 98 < sum(shares) < 102
    assert "direct_conv" in result.stdout or "winograd" in result.stdout


def test_layers_of_unknown_sizes_need_inputs(tmp_path):
    model = tmp_path / "m.onnx"
    made = subprocess.run([sys.executable, str(HERE.parent / "compiler/pipeline/Inputs/convolutions.py"), str(model)])
    assert made.returncode == 0
    refused = run("model_layers.py", model)
    assert refused.returncode == 1 and "input 'x' has sizes known at run time only" in refused.stderr
    fixed = run("model_layers.py", model, "--runs", 1, "--shape", "x:1x16x24x24")
    assert fixed.returncode == 0, fixed.stderr
