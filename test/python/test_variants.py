"""compile(mcpu="a+b"): code for several CPUs in one file, chosen at load."""
import os
import subprocess

import numpy as np
import onnxruntime
import pytest
from onnx import helper, numpy_helper

import atrous
from conftest import make_model, value

BOTH = "x86-64-v3+x86-64-v4"


def has_avx512():
    with open("/proc/cpuinfo") as info:
        return {"avx512f", "avx512bw", "avx512cd", "avx512dq",
                "avx512vl"} <= set(info.read().split())


LIMITS = [("x86-64-v3", "x86-64-v3"),
          ("", "x86-64-v4" if has_avx512() else "x86-64-v3")]


def weights(name, *shape):
    values = np.random.default_rng(len(name)).standard_normal(shape)
    return numpy_helper.from_array((values / 8).astype(np.float32), name)


@pytest.fixture(scope="module")
def model():
    """Convolutions by several schedules, of channels that fill a block of 16 or
    of 8 only, and a table that every CPU reads in the same order."""
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["a"], pads=[1] * 4),
        helper.make_node("BatchNormalization",
                         ["a", "scale", "scale", "scale", "scale"], ["n"]),
        helper.make_node("Relu", ["n"], ["b"]),
        helper.make_node("Conv", ["b", "www"], ["c"], pads=[1] * 4),
        helper.make_node("Conv", ["c", "wwww"], ["y"]),
        helper.make_node("Gather", ["table", "i"], ["row"]),
    ]
    scale = numpy_helper.from_array(np.linspace(1, 2, 32, dtype=np.float32),
                                    "scale")
    return make_model(
        nodes, [value("x", [1, 3, "h", "w"]), value("i", [2], 7)],
        [value("y", [1, 5, "h", "w"]), value("row", [2, 300])],
        [weights("w", 32, 3, 3, 3), weights("www", 24, 32, 3, 3), scale,
         weights("wwww", 5, 24, 1, 1), weights("table", 500, 300)])


def feeds():
    x = np.random.default_rng(1).uniform(-1, 1, (1, 3, 20, 33))
    return {"x": x.astype(np.float32), "i": np.array([3, 499])}


def check(model, outputs):
    session = onnxruntime.InferenceSession(model.SerializeToString())
    for ours, theirs in zip(outputs, session.run(None, feeds())):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("limit, cpu", LIMITS)
def test_each_is_right(model, limit, cpu, tmp_path, monkeypatch):
    path = tmp_path / "m.so"
    atrous.compile(model, path, mcpu=BOTH)
    monkeypatch.setenv("ATROUS_MAX_CPU", limit)
    for threads in (1, 2):
        compiled = atrous.load(path, threads)
        assert compiled.cpu == cpu
        check(model, compiled.run(None, feeds()))


def test_each_is_what_it_is_alone(model, tmp_path, monkeypatch):
    both = tmp_path / "both.so"
    atrous.compile(model, both, mcpu=BOTH, threads=1)
    for cpu in {cpu for _, cpu in LIMITS}:
        monkeypatch.setenv("ATROUS_MAX_CPU", cpu)
        alone = atrous.compile(model, mcpu=cpu, threads=1)
        for one, other in zip(alone.run(None, feeds()),
                              atrous.load(both, 1).run(None, feeds())):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("limit, cpu", LIMITS)
def test_program(model, limit, cpu, tmp_path):
    program = tmp_path / "m"
    atrous.compile(model, program, mcpu=BOTH, emit="exe")
    text = subprocess.run([program, "--help"], capture_output=True, check=True)
    assert b"for x86-64-v3, x86-64-v4." in text.stdout
    np.savez(tmp_path / "in.npz", **feeds())
    subprocess.run(
        [program, "--input", tmp_path / "in.npz", "--output",
         tmp_path / "out.npz"],
        env=os.environ | {"ATROUS_MAX_CPU": limit}, check=True)
    outputs = np.load(tmp_path / "out.npz")
    check(model, [outputs["y"], outputs["row"]])


def test_refuses_a_cpu_that_has_less(model, tmp_path, monkeypatch):
    path = tmp_path / "m.so"
    atrous.compile(model, path, mcpu=BOTH)
    monkeypatch.setenv("ATROUS_MAX_CPU", "x86-64-v2")
    with pytest.raises(
            atrous.Error,
            match=r"holds code for 'x86-64-v3', 'x86-64-v4'; this CPU "
            r"\(x86-64-v2, as ATROUS_MAX_CPU says\) .* lacks .*avx2"):
        atrous.load(path)


def test_equal_weights_lie_in_the_file_once(tmp_path):
    """A table in any case, weights of the same block of channels."""
    conv = make_model(
        [helper.make_node("Conv", ["x", "w"], ["y"])],
        [value("x", [1, 256, 8, 8])], [value("y", None)],
        [weights("w", 512, 256, 1, 1)])
    table = make_model(
        [helper.make_node("Gather", ["table", "i"], ["y"])],
        [value("i", [2], 7)], [value("y", None)],
        [weights("table", 500, 300)])

    def get_bytes(model, mcpu):
        path = tmp_path / "m.so"
        atrous.compile(model, path, mcpu=mcpu, threads=1)
        return path.stat().st_size

    alone = get_bytes(conv, "x86-64-v3")
    assert get_bytes(conv, "x86-64-v3+znver2") - alone < 100_000
    assert get_bytes(conv, BOTH) - alone > 512 * 256 * 4
    assert get_bytes(table, BOTH) - get_bytes(table, "x86-64-v3") < 100_000


def test_equal_bytes_whatever_the_order(model, tmp_path):
    files = []
    for order in (BOTH, "x86-64-v4+x86-64-v3"):
        path = tmp_path / order / "m.so"
        path.parent.mkdir()
        atrous.compile(model, path, mcpu=order, jobs=len(files) + 1)
        files.append(path.read_bytes())
    assert files[0] == files[1]
