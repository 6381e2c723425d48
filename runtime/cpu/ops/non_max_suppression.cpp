//===- non_max_suppression.cpp - NonMaxSuppression ------------------------===//
//
// In the runtime because what is selected is data. Candidates of a class are
// sorted once; each is compared with all boxes selected so far, which lie as
// arrays of coordinates, so that one comparison is a vector of them.
//
//===----------------------------------------------------------------------===//

#include "runtime/cpu/ops/elements.h"
#include "runtime/cpu/ops/indices.h"
#include "runtime/cpu/ops/ops.h"
#include <algorithm>

using namespace atrous::runtime;

namespace {

/// Left, bottom, right, top and the area; one array each.
struct Boxes {
  float *x1, *y1, *x2, *y2, *area;

  Boxes() = default;
  Boxes(float *data, int64_t count)
      : x1(data), y1(data + count), x2(data + 2 * count), y2(data + 3 * count),
        area(data + 4 * count) {}
  void set(int64_t i, const Boxes &from, int64_t j) const {
    x1[i] = from.x1[j];
    y1[i] = from.y1[j];
    x2[i] = from.x2[j];
    y2[i] = from.y2[j];
    area[i] = from.area[j];
  }
};

/// The optional operands, with their defaults.
struct Limits {
  int64_t maxPerClass = 0;
  float iou = 0, score = 0;
  bool hasScore = false;
};

/// A class of a batch: where its candidates, and then the boxes selected of
/// them, lie.
struct Selection {
  int64_t begin, count;
};

} // namespace

/// Corners in any order become the lower and the upper one.
static void readBoxes(const float *from, int64_t count, bool isCentered,
                      const Boxes &to) {
  for (int64_t i = 0; i < count; ++i, from += 4) {
    float a = from[0], b = from[1], c = from[2], d = from[3];
    if (isCentered) {
      float halfWidth = c / 2, halfHeight = d / 2;
      to.x1[i] = a - halfWidth;
      to.x2[i] = a + halfWidth;
      to.y1[i] = b - halfHeight;
      to.y2[i] = b + halfHeight;
    } else {
      to.y1[i] = a < c ? a : c;
      to.y2[i] = a < c ? c : a;
      to.x1[i] = b < d ? b : d;
      to.x2[i] = b < d ? d : b;
    }
    to.area[i] = (to.x2[i] - to.x1[i]) * (to.y2[i] - to.y1[i]);
  }
}

/// Whether box `j` overlaps one of the `count` chosen ones by more than
/// `limit`.
static bool isSuppressed(const Boxes &boxes, int64_t j, const Boxes &chosen,
                         int64_t count, float limit) {
  constexpr int64_t kBlock = 32;
  float x1 = boxes.x1[j], y1 = boxes.y1[j], x2 = boxes.x2[j], y2 = boxes.y2[j];
  float area = boxes.area[j];
  if (!(area > 0))
    return false;
  for (int64_t begin = 0; begin < count; begin += kBlock) {
    int32_t found = 0;
    for (int64_t i = begin; i < smaller(begin + kBlock, count); ++i) {
      float left = x1 > chosen.x1[i] ? x1 : chosen.x1[i];
      float right = x2 < chosen.x2[i] ? x2 : chosen.x2[i];
      float low = y1 > chosen.y1[i] ? y1 : chosen.y1[i];
      float high = y2 < chosen.y2[i] ? y2 : chosen.y2[i];
      float width = right - left, height = high - low;
      float common = width * height;
      float whole = area + chosen.area[i] - common;
      found |= (width > 0) & (height > 0) & (common > 0) &
               (chosen.area[i] > 0) & (whole > 0) & (common / whole > limit);
    }
    if (found)
      return true;
  }
  return false;
}

/// Keeps the indices of the selected boxes at the front of `candidates`, which
/// are in the order of falling scores.
static int64_t select(uint64_t *candidates, int64_t count, const Boxes &boxes,
                      const Boxes &chosen, const Limits &limits) {
  int64_t selected = 0;
  for (int64_t i = 0; i < count && selected < limits.maxPerClass; ++i) {
    int64_t box = uint32_t(candidates[i]);
    if (isSuppressed(boxes, box, chosen, selected, limits.iou))
      continue;
    chosen.set(selected, boxes, box);
    candidates[selected++] = uint64_t(box);
  }
  return selected;
}

/// Operand 2 + `i`, if it is there and not empty, else null.
static const atrous_buffer *findOperand(const Call &call, int64_t mask, int i) {
  if (!(mask >> i & 1))
    return nullptr;
  int before = __builtin_popcountll(mask & ((int64_t(1) << i) - 1));
  const atrous_buffer *buffer = &call.buffers[2 + before];
  return getCount(*buffer) > 0 ? buffer : nullptr;
}

static Limits readLimits(const Call &call, int64_t mask) {
  Limits limits;
  if (const atrous_buffer *count = findOperand(call, mask, 0))
    limits.maxPerClass = larger(Integers(*count)[0], 0);
  if (const atrous_buffer *iou = findOperand(call, mask, 1))
    limits.iou = *static_cast<const float *>(iou->data);
  if (const atrous_buffer *score = findOperand(call, mask, 2)) {
    limits.score = *static_cast<const float *>(score->data);
    limits.hasScore = true;
  }
  return limits;
}

atrous_status atrous_non_max_suppression(atrous_exec *exec,
                                         atrous_buffer *buffers,
                                         const int64_t *arguments,
                                         const char *node) {
  Call call{exec, buffers, arguments, node};
  bool isCentered = arguments[0] != 0;
  Limits limits = readLimits(call, arguments[1]);
  atrous_buffer &result =
      buffers[2 + __builtin_popcountll(uint64_t(arguments[1]))];
  int64_t batches = buffers[0].shape[0], count = buffers[0].shape[1];
  int64_t classes = buffers[1].shape[1];
  if (buffers[1].shape[0] != batches || buffers[1].shape[2] != count ||
      buffers[0].shape[2] != 4)
    return call.fail("boxes [%lld, %lld, %lld] and scores [%lld, %lld, %lld] "
                     "do not fit together",
                     (long long)batches, (long long)count,
                     (long long)buffers[0].shape[2],
                     (long long)buffers[1].shape[0], (long long)classes,
                     (long long)buffers[1].shape[2]);
  if (count > UINT32_MAX)
    return call.fail("%lld boxes are more than 2^32", (long long)count);
  if (!(limits.iou >= 0 && limits.iou <= 1))
    return call.fail("iou_threshold is %g, out of range [0, 1]",
                     double(limits.iou));

  int64_t rows = batches * classes;
  const float *scores = static_cast<const float *>(buffers[1].data);
  auto isCandidate = [&](float score) {
    return limits.hasScore ? score > limits.score : score == score;
  };
  Scratch<Selection> selections(call, rows);
  Scratch<float> boxData(call, batches * count * 5);
  if (!selections || !boxData)
    return ATROUS_ERROR_RESOURCE;
  int64_t total = 0, most = 0;
  if (limits.maxPerClass > 0)
    parallelFor(call, rows, [&](int64_t row) {
      int64_t number = 0;
      for (int64_t i = 0; i < count; ++i)
        number += isCandidate(scores[row * count + i]);
      selections[row].count = number;
    });
  for (int64_t row = 0; row < rows; ++row) {
    int64_t number = limits.maxPerClass > 0 ? selections[row].count : 0;
    selections[row] = {total, number};
    total += number;
    most = larger(most, number);
  }

  // The coordinates that are compared with are as many as can be selected.
  most = smaller(most, limits.maxPerClass);
  Lanes lanes(rows);
  Scratch<uint64_t> candidates(call, total);
  Scratch<float> chosenData(call, lanes.lanes * most * 5);
  if (!candidates || !chosenData)
    return ATROUS_ERROR_RESOURCE;
  if (total > 0) {
    parallelFor(call, batches, [&](int64_t batch) {
      readBoxes(static_cast<const float *>(buffers[0].data) + batch * count * 4,
                count, isCentered,
                Boxes(boxData.get() + batch * count * 5, count));
    });
    parallelFor(call, lanes.lanes, [&](int64_t lane) {
      Boxes chosen(chosenData.get() + lane * most * 5, most);
      for (int64_t row = lanes.begin(lane); row < lanes.end(lane); ++row) {
        Boxes boxes(boxData.get() + row / classes * count * 5, count);
        uint64_t *keys = candidates.get() + selections[row].begin, *end = keys;
        for (int64_t i = 0; i < count; ++i) {
          float score = scores[row * count + i];
          if (isCandidate(score))
            *end++ = uint64_t(uint32_t(~getOrder(score))) << 32 | uint64_t(i);
        }
        std::sort(keys, end);
        selections[row].count = select(keys, end - keys, boxes, chosen, limits);
      }
    });
  }

  int64_t selected = 0;
  for (int64_t row = 0; row < rows; ++row)
    selected += selections[row].count;
  int64_t shape[] = {selected, 3};
  if (atrous_status status = call.create(result, shape, 2))
    return status;
  int64_t *to = static_cast<int64_t *>(result.data);
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t i = 0; i < selections[row].count; ++i, to += 3) {
      to[0] = row / classes;
      to[1] = row % classes;
      to[2] = int64_t(candidates[selections[row].begin + i]);
    }
  return ATROUS_OK;
}
