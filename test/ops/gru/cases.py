from recurrent import layer, shared_cases

CASES = [
    *shared_cases("GRU"),
    layer("GRU", "linear_before_reset", linear_before_reset=1),
    layer("GRU", "linear_before_reset_no_bias", linear_before_reset=1, bias=False),
    layer("GRU", "activations", activations=["HardSigmoid", "ScaledTanh"],
          activation_alpha=[0.25, 1.5], activation_beta=[0.4, 0.5]),
]
