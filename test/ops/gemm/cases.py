from harness import case, numbers

def gemm(name, a, b, c=None, constant=True, **attributes):
    inputs, constants = {"a": numbers(*a)}, {"b": numbers(*b, seed=1)}
    if c is not None:
        constants["c"] = numbers(*c, seed=2)
    if not constant:
        inputs, constants = {**inputs, **constants}, {}
    return case(name, "Gemm", inputs, constants, atol=1e-4, **attributes)


CASES = [
    gemm("linear", (1, 128), (37, 128), (37,), transB=1),
    gemm("odd_columns", (19, 64), (64, 85), (85,)),
    gemm("many_columns", (1, 96), (96, 785), (785,)),
    gemm("plain", (5, 7), (7, 9)),
    gemm("transposed_a", (7, 5), (7, 9), (9,), transA=1),
    gemm("both_transposed", (7, 5), (9, 7), (5, 1), transA=1, transB=1),
    gemm("alpha_beta", (5, 7), (7, 9), (5, 9), alpha=0.5, beta=0.25),
    gemm("scalar_c", (5, 7), (7, 9), ()),
    gemm("all_inputs", (5, 7), (7, 9), (1, 9), constant=False),
]
