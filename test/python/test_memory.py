"""compile(memory=...): weights transformed by every run or at load, same sums."""
import threading

import numpy as np
import onnxruntime
import pytest
from onnx import helper, numpy_helper

import atrous
from conftest import make_model, value


def weights(name, *shape):
    values = np.random.default_rng(len(name)).standard_normal(shape)
    return numpy_helper.from_array((values / 16).astype(np.float32), name)


@pytest.fixture(scope="module")
def model():
    """Filtering by tiles and by channels; two launches of one kernel with other
    weights, and one with the same; a kernel whose weights are no constant."""
    conv = lambda x, w, y, **more: helper.make_node(
        "Conv", [x, w], [y], pads=[1] * 4, **more)
    return make_model(
        [conv("x", "w", "a"), conv("a", "ww", "b"), conv("b", "www", "c"),
         conv("c", "ww", "d"), conv("d", "v", "y"),
         conv("small", "wwww", "e"), conv("e", "wwwww", "z")],
        [value("x", [1, 32, 40, 40]), value("small", [1, 128, 8, 8]),
         value("v", [32, 32, 3, 3])],
        [value("y", None), value("z", None)],
        [weights("w", 32, 32, 3, 3), weights("ww", 32, 32, 3, 3),
         weights("www", 32, 32, 3, 3), weights("wwww", 128, 128, 3, 3),
         weights("wwwww", 64, 128, 3, 3)])


def feeds():
    rng = np.random.default_rng(7)
    return {name: rng.uniform(-1, 1, shape).astype(np.float32)
            for name, shape in [("x", (1, 32, 40, 40)), ("small", (1, 128, 8, 8)),
                                ("v", (32, 32, 3, 3))]}


@pytest.mark.parametrize("mcpu", ["native", "x86-64-v3"])
@pytest.mark.parametrize("memory", ["low", "balanced", "fast"])
def test_is_right(model, mcpu, memory):
    session = onnxruntime.InferenceSession(model.SerializeToString())
    expected = session.run(None, feeds())
    for threads in (1, 2):
        compiled = atrous.compile(model, memory=memory, mcpu=mcpu,
                                  threads=threads)
        for _ in range(2):
            for ours, theirs in zip(compiled.run(None, feeds()), expected):
                np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-3)


def test_is_the_same_to_the_last_bit(model):
    outputs = [atrous.compile(model, memory=memory).run(None, feeds())
               for memory in ("low", "fast")]
    for low, fast in zip(*outputs):
        np.testing.assert_array_equal(low, fast)


def test_is_prepared_once_for_all_threads(model, tmp_path):
    path = tmp_path / "m.so"
    expected = atrous.compile(model, path, memory="fast").run(None, feeds())
    loaded = atrous.load(path, threads=2)
    results = []
    threads = [
        threading.Thread(
            target=lambda: results.append(loaded.run(None, feeds())))
        for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    for outputs in results:
        for ours, theirs in zip(outputs, expected):
            np.testing.assert_array_equal(ours, theirs)


def test_with_hints_and_several_cpus(monkeypatch):
    dynamic = make_model(
        [helper.make_node("Conv", ["x", "w"], ["y"], pads=[1] * 4)],
        [value("x", [1, 64, "h", "w"])], [value("y", None)],
        [weights("w", 64, 64, 3, 3)])
    session = onnxruntime.InferenceSession(dynamic.SerializeToString())
    compiled = atrous.compile(
        dynamic, memory="fast", mcpu="x86-64-v3+x86-64-v4",
        shape_hints=[{"x": (1, 64, 16, 16)}, {"x": (1, 64, 33, 20)}])
    for size in [(16, 16), (33, 20), (9, 50), (16, 16)]:
        x = np.random.default_rng(1).uniform(-1, 1, (1, 64, *size))
        x = x.astype(np.float32)
        np.testing.assert_allclose(compiled(x), session.run(None, {"x": x})[0],
                                   rtol=1e-3, atol=1e-3)


def test_refuses_other_words(model):
    with pytest.raises(atrous.CompileError,
                       match="memory is low, balanced or fast, not 'much'"):
        atrous.compile(model, memory="much")
