from recurrent import layer, shared_cases

CASES = [
    *shared_cases("LSTM"),
    layer("LSTM", "peepholes", peepholes=True),
    layer("LSTM", "peepholes_lengths", peepholes=True, lengths=[4, 2, 1], initial=True),
    layer("LSTM", "coupled", input_forget=1),
    layer("LSTM", "activations", directions=2, direction="bidirectional",
          activations=["HardSigmoid", "Relu", "Elu", "Sigmoid", "Affine", "Softsign"],
          activation_alpha=[0.25, 0.5, 1.5], activation_beta=[0.4, 0.1]),
]
