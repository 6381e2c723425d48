"""Which family a case of ONNX's backend tests belongs to: that of its operator.

The families of IN_SCOPE are what Atrous is for; those of OUT_OF_SCOPE are left
out by choice, and this is where the choice is explained.
"""
from __future__ import annotations

from onnx import TensorProto

IN_SCOPE: dict[str, str] = {
    "cast": "Cast CastLike",
    "control": "If Loop Scan",
    "conv": "Col2Im Conv ConvInteger ConvTranspose DeformConv QLinearConv",
    "dense": "Einsum Gemm MatMul",
    "detection": "ArgMax ArgMin MaxRoiPool NonMaxSuppression NonZero RoiAlign "
    "TopK Unique",
    "elementwise": "Abs Acos Acosh Add And Asin Asinh Atan Atanh BitShift "
    "BitwiseAnd BitwiseNot BitwiseOr BitwiseXor Ceil Celu Clip Cos Cosh Det "
    "Div Dropout Elu Equal Erf Exp Floor Gelu Greater GreaterOrEqual "
    "HardSigmoid HardSwish Hardmax IsInf IsNaN LeakyRelu Less LessOrEqual Log "
    "LogSoftmax Max Mean Min Mish Mod Mul Neg Not Or PRelu Pow Reciprocal Relu "
    "Round Selu Shrink Sigmoid Sign Sin Sinh Softmax Softplus Softsign Sqrt "
    "Sub Sum Swish Tan Tanh ThresholdedRelu Where Xor",
    "index": "Compress Gather GatherElements GatherND OneHot ReverseSequence "
    "Scatter ScatterElements ScatterND",
    "normalisation": "BatchNormalization GroupNormalization "
    "InstanceNormalization LRN LayerNormalization LpNormalization "
    "MeanVarianceNormalization",
    "pool": "AveragePool GlobalAveragePool GlobalLpPool GlobalMaxPool LpPool "
    "MaxPool MaxUnpool",
    "quantisation": "DequantizeLinear DynamicQuantizeLinear MatMulInteger "
    "QLinearMatMul QuantizeLinear",
    "recurrent": "GRU LSTM RNN",
    "reduce": "CumProd CumSum ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp "
    "ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare",
    "resample": "AffineGrid DepthToSpace GridSample Resize SpaceToDepth "
    "Upsample",
    "sequence": "ConcatFromSequence Optional OptionalGetElement "
    "OptionalHasElement SequenceAt SequenceConstruct SequenceEmpty "
    "SequenceErase SequenceInsert SequenceLength SequenceMap SplitToSequence",
    "shape": "CenterCropPad Concat Constant ConstantOfShape Expand EyeLike "
    "Flatten Identity Pad Range Reshape Shape Size Slice Split Squeeze Tile "
    "Transpose Trilu Unsqueeze",
}

# Families of whole models.
MODELS = ("simple", "pytorch-converted", "pytorch-operator", "light")

# family: (operators, reason)
OUT_OF_SCOPE: dict[str, tuple[str, str]] = {
    "audio": (
        "BlackmanWindow DFT HammingWindow HannWindow MelWeightMatrix STFT",
        "audio and signal processing: images are what Atrous compiles for",
    ),
    "bit reinterpretation": ("BitCast", "not used by networks of the field"),
    "image decoding": ("ImageDecoder", "files are decoded before the network"),
    "language models": (
        "Attention CausalConvWithState LinearAttention RMSNormalization "
        "RotaryEmbedding SwiGLU TensorScatter",
        "layers of language models, served better by engines made for them",
    ),
    "low precision": ("", "4-bit and 8-bit floating-point, 2- and 4-bit "
                      "integer types are not there yet"),
    "machine learning": (
        "ai.onnx.ml.ArrayFeatureExtractor ai.onnx.ml.Binarizer "
        "ai.onnx.ml.LabelEncoder ai.onnx.ml.TreeEnsemble",
        "ai.onnx.ml: trees, encoders and other non-neural operators",
    ),
    "preview": ("ai.onnx.preview.FlexAttention", "not standard yet"),
    "random": (
        "Bernoulli Multinomial RandomNormal RandomNormalLike RandomUniform "
        "RandomUniformLike",
        "inference is deterministic",
    ),
    "strings": (
        "RegexFullMatch StringConcat StringNormalizer StringSplit "
        "TfIdfVectorizer",
        "text is handled before the network",
    ),
    "training": (
        "NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss "
        "ai.onnx.preview.training.Adagrad ai.onnx.preview.training.Adam "
        "ai.onnx.preview.training.Gradient "
        "ai.onnx.preview.training.Momentum",
        "losses and optimizers: Atrous compiles inference",
    ),
}

_FAMILY = {
    op: family
    for table in (
        IN_SCOPE, {name: ops for name, (ops, _) in OUT_OF_SCOPE.items()}
    )
    for family, ops in table.items()
    for op in ops.split()
}

_COMMON_TYPES = {
    TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16,
    TensorProto.BFLOAT16, TensorProto.BOOL, TensorProto.STRING,
    TensorProto.INT8, TensorProto.INT16, TensorProto.INT32, TensorProto.INT64,
    TensorProto.UINT8, TensorProto.UINT16, TensorProto.UINT32,
    TensorProto.UINT64,
}


def get_op(node) -> str:
    """The operator of a node, with its domain where that is not ai.onnx."""
    return f"{node.domain}.{node.op_type}" if node.domain else node.op_type


def find_family(op: str, model) -> str:
    """The family of a case of `op`; the types of its inputs and outputs come
    first. Raises KeyError for an operator that no table has."""
    family = _FAMILY[op]
    if family in OUT_OF_SCOPE:
        return family
    for value in [*model.graph.input, *model.graph.output]:
        kind = value.type.WhichOneof("value")
        if kind in ("sequence_type", "optional_type"):
            return "sequence"
        element = value.type.tensor_type.elem_type
        if element == TensorProto.STRING:
            return "strings"
        if element not in _COMMON_TYPES:
            return "low precision"
    return family


def is_in_scope(family: str) -> bool:
    return family in IN_SCOPE or family in MODELS
