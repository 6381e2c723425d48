//===- SkipPaddedTaps.cpp - Convolutions without their padding ------------===//

#include "dialects/graph/Constants.h"
#include "passes/graph/ConvDim.h"
#include "passes/graph/Passes.h"
#include "passes/graph/SpatialPad.h"

using namespace mlir;

namespace atrous {
#define GEN_PASS_DEF_SKIPPADDEDTAPS
#include "passes/graph/Passes.h.inc"
} // namespace atrous

using namespace atrous;

/// A convolution is taken apart where less than this part of its taps meet the
/// input: minimal filtering saves about as much.
constexpr double kMostMet = 0.5;

/// Multiply-adds of a tap that pay for adding up its outputs.
constexpr double kTapWork = 1 << 24;

namespace {
using Tap = SmallVector<int64_t, 3>;

/// Replaces one convolution.
class TapSkipper {
public:
  explicit TapSkipper(graph::ConvOp conv);
  void run();

private:
  bool isSplit();
  void dropTaps();
  void split(const Tap &center);
  std::optional<Tap> findCenter() const;
  /// Calls `body` with each tap that meets the input.
  void forEachTap(llvm::function_ref<void(const Tap &)> body) const;
  bool coversOutput(const Tap &tap) const;
  Value createTap(const Tap &tap, Value bias);
  Value createSlice(Value value, ArrayRef<Span> spans);

  graph::ConvOp conv;
  OpBuilder b;
  Location loc;
  SmallVector<ConvDim, 3> dims;
};
} // namespace

TapSkipper::TapSkipper(graph::ConvOp conv)
    : conv(conv), b(conv), loc(conv.getLoc()) {
  auto shapeOf = [](Value value) {
    return cast<ShapedType>(value.getType()).getShape().drop_front(2);
  };
  size_t rank = shapeOf(conv.getInput()).size();
  for (size_t i = 0; i < rank; ++i)
    dims.push_back({shapeOf(conv.getInput())[i], shapeOf(conv.getOutput())[i],
                    shapeOf(conv.getWeights())[i], conv.getStrides()[i],
                    conv.getDilations()[i], conv.getPads()[i],
                    conv.getPads()[rank + i]});
}

Value TapSkipper::createSlice(Value value, ArrayRef<Span> spans) {
  SmallVector<int64_t> begins, ends, axes;
  for (auto [i, span] : llvm::enumerate(spans)) {
    begins.push_back(span.begin);
    ends.push_back(span.end);
    axes.push_back(i + 2);
  }
  auto vector = [&](ArrayRef<int64_t> values) {
    return graph::createI64Vector(b, loc, values);
  };
  return b.create<graph::SliceOp>(loc, value, vector(begins), vector(ends),
                                  vector(axes), /*steps=*/Value());
}

//===----------------------------------------------------------------------===//
// Taps at the edges of a kernel
//===----------------------------------------------------------------------===//

/// Taps that meet the input nowhere go, with the padding that they read.
void TapSkipper::dropTaps() {
  SmallVector<Span> kept;
  SmallVector<int64_t> pads(conv.getPads()), crops(pads.size(), 0);
  for (auto [i, dim] : llvm::enumerate(dims)) {
    kept.push_back(dim.getTaps());
    pads[i] -= kept.back().begin * dim.dilation;
    pads[dims.size() + i] -= (dim.taps - kept.back().end) * dim.dilation;
  }
  for (auto [pad, crop] : llvm::zip_equal(pads, crops)) {
    crop = std::min<int64_t>(pad, 0);
    pad -= crop;
  }
  ArrayRef<int64_t> all(crops);
  Value input =
      createSpatialPad(b, loc, conv.getInput(), all.take_front(dims.size()),
                       all.drop_front(dims.size()));
  Value output = b.create<graph::ConvOp>(
      loc, input, createSlice(conv.getWeights(), kept), conv.getBias(),
      conv.getStrides(), conv.getDilations(), pads, conv.getGroup());
  conv.getOutput().replaceAllUsesWith(output);
  conv.erase();
}

//===----------------------------------------------------------------------===//
// Taps as convolutions
//===----------------------------------------------------------------------===//

void TapSkipper::forEachTap(llvm::function_ref<void(const Tap &)> body) const {
  Tap tap(dims.size(), 0);
  for (bool more = true; more;) {
    if (llvm::all_of(llvm::zip_equal(dims, tap), [](auto pair) {
          auto [dim, number] = pair;
          return dim.getOutputs(number).size() > 0;
        }))
      body(tap);
    size_t digit = dims.size();
    while (digit > 0 && ++tap[digit - 1] == dims[digit - 1].taps)
      tap[--digit] = 0;
    more = digit > 0;
  }
}

bool TapSkipper::coversOutput(const Tap &tap) const {
  return llvm::all_of(llvm::zip_equal(dims, tap), [](auto pair) {
    auto [dim, number] = pair;
    return dim.getOutputs(number).size() == dim.output;
  });
}

/// A tap that meets the input everywhere: it brings the bias.
std::optional<Tap> TapSkipper::findCenter() const {
  std::optional<Tap> center;
  forEachTap([&](const Tap &tap) {
    if (coversOutput(tap))
      center = tap;
  });
  return center;
}

/// Whether so many taps read padding alone that the others are better done one
/// by one.
bool TapSkipper::isSplit() {
  auto weights = cast<ShapedType>(conv.getWeights().getType());
  double met = 1, points = 1, taps = 1;
  for (const ConvDim &dim : dims) {
    met *= dim.getMet();
    points *= dim.output;
    taps *= dim.taps;
  }
  double work = points * weights.getNumElements() / taps;
  return met < kMostMet && work * met >= kTapWork;
}

/// The outputs that a tap meets, as a convolution by a single one.
Value TapSkipper::createTap(const Tap &tap, Value bias) {
  SmallVector<Span> inputs, taps;
  for (auto [dim, number] : llvm::zip_equal(dims, tap)) {
    Span outputs = dim.getOutputs(number);
    int64_t begin = dim.getStart(number) + outputs.begin * dim.stride;
    inputs.push_back({begin, begin + (outputs.size() - 1) * dim.stride + 1});
    taps.push_back({number, number + 1});
  }
  return b.create<graph::ConvOp>(
      loc, createSlice(conv.getInput(), inputs),
      createSlice(conv.getWeights(), taps), bias, conv.getStrides(),
      SmallVector<int64_t>(dims.size(), 1),
      SmallVector<int64_t>(2 * dims.size(), 0), conv.getGroup());
}

void TapSkipper::split(const Tap &center) {
  Value sum;
  forEachTap([&](const Tap &tap) {
    if (tap == center)
      return;
    SmallVector<int64_t> before, after;
    for (auto [dim, number] : llvm::zip_equal(dims, tap)) {
      Span outputs = dim.getOutputs(number);
      before.push_back(outputs.begin);
      after.push_back(dim.output - outputs.end);
    }
    Value part = createSpatialPad(b, loc, createTap(tap, /*bias=*/Value()),
                                  before, after);
    sum = sum ? b.create<graph::AddOp>(loc, sum, part).getResult() : part;
  });
  Value output = createTap(center, conv.getBias());
  if (sum)
    output = b.create<graph::AddOp>(loc, output, sum);
  conv.getOutput().replaceAllUsesWith(output);
  conv.erase();
}

void TapSkipper::run() {
  if (llvm::any_of(dims, [](const ConvDim &dim) {
        return dim.getTaps().size() == 0 || dim.padBegin < 0 || dim.padEnd < 0;
      }))
    return;
  std::optional<Tap> center = findCenter();
  if (center && isSplit())
    return split(*center);
  if (llvm::any_of(dims, [](const ConvDim &dim) {
        return dim.getTaps().size() < dim.taps;
      }))
    dropTaps();
}

namespace {
struct SkipPaddedTaps : atrous::impl::SkipPaddedTapsBase<SkipPaddedTaps> {
  void runOnOperation() override {
    SmallVector<graph::ConvOp> convs;
    getOperation().walk([&](graph::ConvOp conv) {
      auto isStatic = [](Value value) {
        auto type = dyn_cast<RankedTensorType>(value.getType());
        return type && type.hasStaticShape() && type.getNumElements() > 0;
      };
      if (isStatic(conv.getInput()) && isStatic(conv.getWeights()) &&
          isStatic(conv.getOutput()) &&
          llvm::any_of(conv.getPads(), [](int64_t pad) { return pad != 0; }))
        convs.push_back(conv);
    });
    for (graph::ConvOp conv : convs)
      TapSkipper(conv).run();
  }
};
} // namespace
