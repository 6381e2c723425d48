"""What layers take: Model.layers and Model.profile."""
import numpy as np
import pytest

import atrous


def test_describes_layers(conv_model):
    layers = atrous.compile(conv_model).layers
    [conv] = [layer for layer in layers if "conv_1" in layer["nodes"] and "relu_1" in layer["nodes"]]
    assert conv["schedule"].startswith("#kernel.cpu<") and conv["outputs"]
    # At least a multiplication and an addition for each tap of the four outputs.
    assert conv["operations"] >= 2 * 4 * 3 * 9 * 8 * 9
    assert conv["bytes"] >= 4 * (3 * 8 * 9 + 4 * 8 * 9)


@pytest.mark.parametrize("threads", [1, 2])
def test_measures_layers(conv_model, picture, threads):
    model = atrous.compile(conv_model, threads=threads, profile=True)
    times = model.profile({"x": picture})
    assert times.shape == (len(model.layers),)
    assert np.all(times > 0) and np.all(times < 1)
    plain = atrous.compile(conv_model, threads=threads)
    for ours, theirs in zip(model.run(None, {"x": picture}), plain.run(None, {"x": picture})):
        np.testing.assert_array_equal(ours, theirs)


def test_refuses_models_that_measure_nothing(conv_model, picture):
    model = atrous.compile(conv_model)
    with pytest.raises(atrous.InputError, match="compiled without profiling"):
        model.profile({"x": picture})
