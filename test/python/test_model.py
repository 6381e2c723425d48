"""atrous.Model: feeds, outputs, errors, threads."""
import threading

import numpy as np
import onnxruntime
import pytest

import atrous


@pytest.fixture(scope="module")
def model(conv_model):
    return atrous.compile(conv_model, threads=2)


def test_agrees_with_onnxruntime(model, conv_model, picture):
    session = onnxruntime.InferenceSession(conv_model.SerializeToString())
    expected = session.run(None, {"x": picture})
    ours = model.run(None, {"x": picture})
    np.testing.assert_allclose(ours[0], expected[0], rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(ours[1], expected[1])
    assert [a.dtype for a in ours] == [np.float32, np.int64]


def test_describes_inputs_and_outputs(model):
    [x] = model.inputs
    assert (x.name, x.shape, x.dtype) == ("x", [1, 3, 8, 9], "float32")
    assert [o.name for o in model.outputs] == ["y", "best"]
    assert repr(x) == "TensorInfo('x', float32[1, 3, 8, 9])"
    assert "small" in repr(model)


def test_output_names_choose_and_order(model, picture):
    y, best = model.run(None, {"x": picture})
    [only] = model.run(["best"], {"x": picture})
    np.testing.assert_array_equal(only, best)
    swapped = model.run(["best", "y"], {"x": picture})
    np.testing.assert_array_equal(swapped[1], y)
    assert model.run([], {"x": picture}) == []


def test_call_takes_positions_and_names(model, picture):
    y, best = model(picture)
    np.testing.assert_array_equal(model(x=picture)[0], y)
    with pytest.raises(atrous.InputError, match="given twice"):
        model(picture, x=picture)
    with pytest.raises(atrous.InputError, match="1 inputs, got 2"):
        model(picture, picture)


def test_outputs_own_their_memory(model, picture):
    first = model.run(["y"], {"x": picture})[0]
    copy = first.copy()
    model.run(["y"], {"x": picture * 2})
    np.testing.assert_array_equal(first, copy)
    assert first.flags.owndata and first.flags.writeable


def test_feeds_of_any_memory_order(model, picture):
    expected = model(picture)[0]
    read_only = picture.copy()
    read_only.flags.writeable = False
    wide = np.zeros((1, 3, 8, 18), np.float32)
    wide[..., ::2] = picture
    for feed in [np.asfortranarray(picture), wide[..., ::2], read_only,
                 picture.astype(">f4")]:
        np.testing.assert_array_equal(model(feed)[0], expected)


def test_other_types_and_scalars(where_model):
    model = atrous.compile(where_model)
    c = np.array([True, False, True, False])
    a, b = np.arange(4), -np.arange(4)
    y, n = model.run(None, {"c": c, "a": a, "b": b, "s": np.array(10)})
    np.testing.assert_array_equal(y, np.where(c, a, b) + 10)
    np.testing.assert_array_equal(n, ~c)
    assert n.dtype == np.bool_


@pytest.mark.parametrize(
    "feeds,message",
    [
        ({}, "input 'x' is missing"),
        ({"X": np.zeros(1)}, "no input 'X'; its inputs are 'x'"),
        ({"x": np.zeros((1, 3, 8, 9))}, "is float64, expected float32"),
        ({"x": np.zeros((1, 3, 8, 8), np.float32)}, "x"),
        ({"x": np.zeros((3, 8, 9), np.float32)}, "x"),
        ({"x": "text"}, "expected float32"),
    ],
)
def test_wrong_feeds(model, feeds, message):
    with pytest.raises(atrous.InputError, match=message):
        model.run(None, feeds)


def test_wrong_output_name(model, picture):
    with pytest.raises(atrous.InputError, match="no output 'z'; its outputs"):
        model.run(["z"], {"x": picture})


def test_threads_run_one_model_at_once(model, picture):
    feeds = [picture * scale for scale in range(1, 9)]
    expected = [model(feed)[0] for feed in feeds]
    failures = []

    def work(index):
        for _ in range(20):
            if not np.array_equal(model(feeds[index])[0], expected[index]):
                failures.append(index)

    threads = [threading.Thread(target=work, args=[i]) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_thread_count_does_not_change_the_bytes(conv_model, picture, tmp_path):
    path = tmp_path / "m.so"
    atrous.compile(conv_model, output=path)
    outputs = [atrous.load(path, threads=n)(picture)[0] for n in (1, 2, 3)]
    for output in outputs[1:]:
        np.testing.assert_array_equal(output, outputs[0])
