//===- RuntimeFunctions.cpp - Runtime functions at compile time -----------===//

#include "passes/support/RuntimeFunctions.h"

#include "dialects/kernel/Kernel.h"
#include "mlir/IR/TypeUtilities.h"
#include "runtime/cpu/ops/ops.h"
#include "llvm/ADT/StringSwitch.h"
#include <map>

using namespace mlir;

/// What a call may take altogether, so that a wrong size does not eat the
/// machine.
static constexpr int64_t kMaxBytes = int64_t(1) << 30;

/// The function of this name, or null.
static atrous_extern_fn findFunction(StringRef name) {
  llvm::StringSwitch<atrous_extern_fn> function(name);
#define ATROUS_FUNCTION(name) function.Case(#name, name);
  ATROUS_FUNCTION(atrous_compress)
  ATROUS_FUNCTION(atrous_concat)
  ATROUS_FUNCTION(atrous_cumulate)
  ATROUS_FUNCTION(atrous_det)
  ATROUS_FUNCTION(atrous_expand)
  ATROUS_FUNCTION(atrous_flatten_shape)
  ATROUS_FUNCTION(atrous_gather)
  ATROUS_FUNCTION(atrous_gather_elements)
  ATROUS_FUNCTION(atrous_gather_nd)
  ATROUS_FUNCTION(atrous_max_roi_pool)
  ATROUS_FUNCTION(atrous_max_unpool)
  ATROUS_FUNCTION(atrous_non_max_suppression)
  ATROUS_FUNCTION(atrous_non_zero)
  ATROUS_FUNCTION(atrous_one_hot)
  ATROUS_FUNCTION(atrous_pad)
  ATROUS_FUNCTION(atrous_range)
  ATROUS_FUNCTION(atrous_reduce)
  ATROUS_FUNCTION(atrous_reshape_shape)
  ATROUS_FUNCTION(atrous_reverse_sequence)
  ATROUS_FUNCTION(atrous_roi_align)
  ATROUS_FUNCTION(atrous_scatter_elements)
  ATROUS_FUNCTION(atrous_scatter_nd)
  ATROUS_FUNCTION(atrous_sequence_at)
  ATROUS_FUNCTION(atrous_sequence_concat)
  ATROUS_FUNCTION(atrous_sequence_construct)
  ATROUS_FUNCTION(atrous_sequence_erase)
  ATROUS_FUNCTION(atrous_sequence_insert)
  ATROUS_FUNCTION(atrous_sequence_split)
  ATROUS_FUNCTION(atrous_slice)
  ATROUS_FUNCTION(atrous_split)
  ATROUS_FUNCTION(atrous_squeeze_shape)
  ATROUS_FUNCTION(atrous_tile)
  ATROUS_FUNCTION(atrous_top_k)
  ATROUS_FUNCTION(atrous_unique)
  ATROUS_FUNCTION(atrous_unsqueeze_shape)
#undef ATROUS_FUNCTION
  return function.Default(nullptr);
}

namespace {
/// What a runtime function may ask for, without a context: one thread, and
/// memory until the end of the call.
class Execution : public atrous_exec {
public:
  Execution() : atrous_exec() {
    struct_size = sizeof(atrous_exec);
    parallel_for = [](atrous_exec *, atrous_task_fn task, void *const *slots,
                      int64_t count) { task(slots, 0, count, nullptr); };
    fail = [](atrous_exec *, const char *, const char *) {};
    allocate = [](atrous_exec *self, const int64_t *shape, int32_t rank,
                  int64_t elementSize) {
      return static_cast<Execution *>(self)->take(ArrayRef(shape, rank),
                                                  elementSize);
    };
    retain = [](atrous_exec *, void *) {};
    release = [](atrous_exec *self, void *block) {
      static_cast<Execution *>(self)->giveBack(block);
    };
    node = "";
    grow = [](atrous_exec *self, const void *data, int64_t used,
              const int64_t *shape, int32_t rank, int64_t elementSize) {
      void *block = self->allocate(self, shape, rank, elementSize);
      if (block && used)
        std::memcpy(block, data, used);
      return block;
    };
  }
  ~Execution() {
    for (auto [block, bytes] : blocks)
      std::free(block);
  }

private:
  void *take(ArrayRef<int64_t> shape, int64_t elementSize) {
    FailureOr<int64_t> count = atrous::getElementCount(shape);
    int64_t bytes;
    if (failed(count) || llvm::MulOverflow(*count, elementSize, bytes) ||
        bytes > kMaxBytes - taken)
      return nullptr;
    void *block = std::calloc(bytes ? bytes : 1, 1);
    if (block) {
      blocks[block] = bytes;
      taken += bytes;
    }
    return block;
  }
  void giveBack(void *block) {
    auto found = blocks.find(block);
    if (found == blocks.end())
      return;
    taken -= found->second;
    blocks.erase(found);
    std::free(block);
  }

  std::map<void *, int64_t> blocks;
  int64_t taken = 0;
};
} // namespace

namespace atrous {

FailureOr<SmallVector<TensorBuffer>>
evaluateOp(graph::RuntimeOpInterface op, ArrayRef<TensorBuffer> operands) {
  atrous_extern_fn function = findFunction(op.getRuntimeFunction());
  // A view's function wants the sizes that are known; its lowering does it all.
  if (!function || op.givesView())
    return failure();
  Execution execution;
  SmallVector<SmallVector<int64_t>> shapes;
  SmallVector<atrous_buffer> buffers;
  for (auto [operand, type] :
       llvm::zip_equal(operands, op->getOperandTypes())) {
    shapes.emplace_back(operand.getShape());
    buffers.push_back({const_cast<char *>(operand.getBytes().data()), nullptr,
                       int32_t(operand.getShape().size()),
                       kernel::getDtype(getElementTypeOrSelf(type))});
  }
  for (Type type : op->getResultTypes()) {
    auto ranked = dyn_cast<RankedTensorType>(type);
    if (!ranked)
      return failure();
    shapes.emplace_back(ranked.getRank(), 0);
    buffers.push_back({nullptr, nullptr, int32_t(ranked.getRank()),
                       kernel::getDtype(ranked.getElementType())});
  }
  for (auto [buffer, shape] : llvm::zip_equal(buffers, shapes))
    buffer.shape = shape.data();
  SmallVector<int64_t> arguments = op.getRuntimeArguments();
  if (function(&execution, buffers.data(), arguments.data(), "") != ATROUS_OK)
    return failure();

  SmallVector<TensorBuffer> results;
  for (auto [buffer, type] :
       llvm::zip_equal(ArrayRef(buffers).drop_front(operands.size()),
                       op->getResultTypes())) {
    ArrayRef<int64_t> shape(buffer.shape, buffer.rank);
    if (failed(verifyCompatibleShape(shape, cast<ShapedType>(type).getShape())))
      return failure();
    FailureOr<TensorBuffer> result = TensorBuffer::allocate(
        shape, graph::getPhysicalElementType(getElementTypeOrSelf(type)));
    if (failed(result))
      return failure();
    FailureOr<MutableArrayRef<char>> bytes = result->getMutableBytes();
    if (failed(bytes))
      return failure();
    if (!bytes->empty())
      std::memcpy(bytes->data(), buffer.data, bytes->size());
    results.push_back(std::move(*result));
  }
  return results;
}

} // namespace atrous
