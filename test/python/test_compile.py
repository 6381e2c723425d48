"""atrous.compile and atrous.load: sources, outputs, options, errors."""
import os
import pathlib
import tempfile

import numpy as np
import onnx
import pytest
from onnx import helper

import atrous
from conftest import make_model, value


def test_path_bytes_and_proto_agree(conv_model, picture, tmp_path):
    path = tmp_path / "m.onnx"
    onnx.save(conv_model, path)
    outputs = [
        atrous.compile(source).run(["y"], {"x": picture})[0]
        for source in (path, str(path), conv_model.SerializeToString(), conv_model)
    ]
    for output in outputs[1:]:
        np.testing.assert_array_equal(output, outputs[0])


def test_output_is_kept_and_loads(conv_model, picture, tmp_path):
    path = tmp_path / "m.so"
    model = atrous.compile(conv_model, output=path)
    again = atrous.load(path, threads=1)
    for ours, theirs in zip(model(picture), again(picture)):
        np.testing.assert_array_equal(ours, theirs)


def test_without_output_nothing_is_left_behind(conv_model, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    atrous.compile(conv_model)
    assert not list(tmp_path.iterdir())


def test_same_model_and_flags_give_the_same_bytes(conv_model, tmp_path):
    paths = [tmp_path / "a" / "m.so", tmp_path / "b" / "m.so"]
    for path, jobs in zip(paths, [1, 2]):
        path.parent.mkdir()
        atrous.compile(conv_model, output=path, jobs=jobs)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_relative_output(conv_model, picture, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert atrous.compile(conv_model, output="m.so")(picture)
    assert atrous.load("m.so")(picture)


def test_shapes_fix_symbols(picture):
    model = make_model(
        [helper.make_node("Relu", ["x"], ["y"])],
        [value("x", [1, 3, "h", "w"])], [value("y", [1, 3, "h", "w"])],
    )
    compiled = atrous.compile(model, shapes={"x": (1, 3, 8, 9)})
    assert compiled.outputs[0].shape == [1, 3, 8, 9]


def test_shapes_bound_sizes():
    model = make_model(
        [helper.make_node("Relu", ["x"], ["y"])],
        [value("x", [1, 3, 8, "w"])], [value("y", [1, 3, 8, "w"])],
    )
    compiled = atrous.compile(model, shapes={"x": (1, 3, (4, 16), (2, 9))})
    for height, width in [(4, 9), (16, 2), (8, 8)]:
        x = np.random.randn(1, 3, height, width).astype(np.float32)
        np.testing.assert_array_equal(compiled(x), np.maximum(x, 0))
    with pytest.raises(atrous.InputError, match="input 'x': dimension 2"):
        compiled(np.zeros((1, 3, 3, 8), np.float32))
    with pytest.raises(atrous.InputError, match="input 'x': dimension 3"):
        compiled(np.zeros((1, 3, 4, 10), np.float32))


def test_no_range():
    model = make_model(
        [helper.make_node("Relu", ["x"], ["y"])], [value("x", ["n"])], [value("y", ["n"])],
    )
    with pytest.raises(atrous.CompileError, match="is neither a dimension's size nor a range"):
        atrous.compile(model, shapes={"x": ((9, 4),)})
    with pytest.raises(atrous.CompileError, match="has rank 2, but the model says rank 1"):
        atrous.compile(model, shapes={"x": (1, (2, 4))})


def test_save_stages(conv_model, tmp_path):
    atrous.compile(conv_model, save_stages=tmp_path / "stages")
    names = sorted(os.listdir(tmp_path / "stages"))
    assert names == [
        "01-import.mlir", "02-simplify.mlir", "03-fuse.mlir", "04-schedule.mlir",
        "05-plan.mlir", "06-codegen.mlir",
    ]


def test_emit_object_writes_a_header(conv_model, tmp_path):
    output = tmp_path / "small.o"
    assert atrous.compile(conv_model, output=output, emit="obj") is None
    assert output.exists() and output.with_suffix(".h").exists()


def test_progress_is_told_and_its_exception_passes_through(conv_model):
    seen = []
    atrous.compile(conv_model, progress=lambda *what: seen.append(what))
    assert seen and all(isinstance(what[0], str) for what in seen)

    def stop(what, done, total):
        raise KeyError("stop")

    with pytest.raises(KeyError, match="stop"):
        atrous.compile(conv_model, progress=stop)


def test_errors_name_the_node():
    model = make_model(
        [helper.make_node("Conv", ["x", "w"], ["y"], "conv_7", group=5)],
        [value("x", [1, 3, 8, 8]), value("w", [4, 3, 3, 3])],
        [value("y", None)],
    )
    with pytest.raises(atrous.CompileError, match=r"Conv node 'conv_7' \(opset 17\)"):
        atrous.compile(model)


@pytest.mark.parametrize(
    "arguments,message",
    [
        ({"winograd": "always"}, "winograd is off, accurate or fast, not 'always'"),
        ({"mcpu": "z80"}, "z80"),
        ({"emit": "wasm", "output": "x"}, "cannot emit 'wasm'"),
        ({"output": "/nowhere/m.so"}, "'/nowhere' is not a folder"),
        ({"shapes": {"x": [-1]}}, "'-1' is not a dimension's size"),
        ({"threads": -1}, "negative"),
    ],
)
def test_wrong_options(conv_model, arguments, message):
    with pytest.raises(atrous.CompileError, match=message):
        atrous.compile(conv_model, **arguments)


def test_unknown_option(conv_model):
    with pytest.raises(TypeError, match="optimise"):
        atrous.compile(conv_model, optimise=True)


def test_missing_and_broken_files(tmp_path):
    with pytest.raises(atrous.CompileError, match="nowhere.onnx"):
        atrous.compile(tmp_path / "nowhere.onnx")
    with pytest.raises(atrous.CompileError):
        atrous.compile(b"not a model")
    broken = tmp_path / "broken.so"
    broken.write_bytes(b"\x7fELF not a model")
    with pytest.raises(atrous.Error):
        atrous.load(broken)
    with pytest.raises(atrous.Error):
        atrous.load(tmp_path / "nowhere.so")


def test_exceptions_are_of_the_package():
    assert issubclass(atrous.CompileError, atrous.Error)
    assert issubclass(atrous.InputError, atrous.Error)
    assert issubclass(atrous.Error, Exception)
    assert atrous.CompileError.__module__ == "atrous"
    assert (pathlib.Path(atrous.__file__).parent / "py.typed").exists()


def test_cache_gives_the_same_bytes(conv_model, tmp_path):
    cache = tmp_path / "cache"
    files = []
    for number, folder in enumerate([cache, cache, ""]):
        path = tmp_path / str(number) / "m.so"
        path.parent.mkdir()
        atrous.compile(conv_model, output=path, cache_dir=folder)
        files.append(path.read_bytes())
    assert any(cache.iterdir())
    assert files == files[:1] * 3


def test_cache_with_missing_and_damaged_files(conv_model, tmp_path):
    """What is left of a list of objects is used, the others are compiled."""
    cache = tmp_path / "cache"

    def get_bytes():
        path = tmp_path / "m.so"
        atrous.compile(conv_model, output=path, cache_dir=cache)
        return path.read_bytes()

    first = get_bytes()
    for entry in sorted(cache.glob("llvmcache-*")):
        entry.unlink()
        assert get_bytes() == first
        entry.write_bytes(entry.read_bytes()[:-1])
        assert get_bytes() == first


def test_cache_knows_what_code_depends_on(conv_model, picture, tmp_path):
    outputs = [
        atrous.compile(conv_model, mcpu="x86-64-v3", winograd=winograd,
                       threads=threads, cache_dir=tmp_path)(picture)[0]
        for winograd in ("off", "accurate") for threads in (1, 2)
    ]
    for output in outputs[1:]:
        np.testing.assert_allclose(output, outputs[0], rtol=1e-4, atol=1e-4)
    assert atrous.compile(
        conv_model, mcpu="x86-64-v3", cache_dir=tmp_path).cpu == "x86-64-v3"


def test_cache_that_cannot_be_written_is_none(conv_model, picture, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert atrous.compile(conv_model, cache_dir=tmp_path / "file")(picture)
