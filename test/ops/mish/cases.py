from harness import unary

CASES = unary("Mish", opset=18, low=-30, high=30)
