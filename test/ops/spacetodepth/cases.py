from onnx.reference import ReferenceEvaluator

from harness import case, numbers

CASES = [
    case(f"{block}_{channels}", "SpaceToDepth",
         {"x": numbers(2, channels, 6, 12)}, blocksize=block)
    for block, channels in [(2, 3), (2, 16), (3, 5)]
]

crd = case("crd", "SpaceToDepth", {"x": numbers(2, 3, 6, 12)}, blocksize=2,
           mode="CRD", opset=28)
crd.expected = ReferenceEvaluator(crd.model).run(None, crd.feeds)
CASES.append(crd)
