from recurrent import layer, shared_cases

# Every activation function, with its parameters and without.
FUNCTIONS = [
    ("Relu", 0, 0), ("LeakyRelu", 1, 0), ("ThresholdedRelu", 1, 0), ("Tanh", 0, 0),
    ("ScaledTanh", 1, 1), ("HardSigmoid", 1, 1), ("Elu", 1, 0), ("Softsign", 0, 0),
    ("Softplus", 0, 0), ("Affine", 1, 1), ("Sigmoid", 0, 0),
]

CASES = shared_cases("RNN")
for function, alphas, betas in FUNCTIONS:
    parameters = {}
    if alphas:
        parameters["activation_alpha"] = [0.3]
    if betas:
        parameters["activation_beta"] = [0.4]
    CASES.append(layer("RNN", f"activation_{function}", activations=[function], **parameters))
