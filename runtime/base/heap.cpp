//===- heap.cpp - Blocks whose sizes are known at run time ----------------===//

#include "runtime/base/heap.h"

#include "runtime/abi/atrous_abi.h"
#include "runtime/base/memory.h"
#include <string.h>

using namespace atrous::runtime;

/// The header of a block. The last one of a chunk is always in use.
struct alignas(ATROUS_ALIGNMENT) Heap::Block {
  size_t size;        ///< in bytes, with this header
  Block *before;      ///< the neighbour in the chunk; null for the first
  uint64_t users;     ///< 0: free
  Block *next, *last; ///< neighbours in the list, while free
  Block *nextGrown;   ///< of those that grow made, while in use
  size_t filled;      ///< bytes of such a block that are taken

  Block *after() {
    return reinterpret_cast<Block *>(reinterpret_cast<char *>(this) + size);
  }
  void *data() { return this + 1; }
};

struct alignas(ATROUS_ALIGNMENT) Heap::Chunk {
  size_t size; ///< in bytes, with this header
  Chunk *next;

  Block *first() { return reinterpret_cast<Block *>(this + 1); }
};

namespace {

/// A chunk is at least as large as all before it, up to this, so that few are
/// needed; what is never touched costs no memory.
constexpr size_t kSmallestChunk = size_t(1) << 20;
constexpr size_t kLargestGrowth = size_t(1) << 30;

constexpr size_t kNotGrown = SIZE_MAX;

int getBin(size_t size) { return 63 - __builtin_clzll(size); }

size_t clampGrowth(size_t size) {
  return size < kSmallestChunk   ? kSmallestChunk
         : size > kLargestGrowth ? kLargestGrowth
                                 : size;
}

} // namespace

Heap::~Heap() { freeChunks(); }

void Heap::freeChunks() {
  while (Chunk *chunk = chunks) {
    chunks = chunk->next;
    free(chunk);
  }
  capacity = 0;
  grown = nullptr;
  for (Block *&bin : bins)
    bin = nullptr;
}

size_t Heap::getNumChunks() const {
  size_t count = 0;
  for (Chunk *chunk = chunks; chunk; chunk = chunk->next)
    ++count;
  return count;
}

bool Heap::contains(const void *address) const {
  uintptr_t place = reinterpret_cast<uintptr_t>(address);
  for (Chunk *chunk = chunks; chunk; chunk = chunk->next)
    if (place - reinterpret_cast<uintptr_t>(chunk) < chunk->size)
      return true;
  return false;
}

//===----------------------------------------------------------------------===//
// Free blocks
//===----------------------------------------------------------------------===//

void Heap::insert(Block *block) {
  Block *&bin = bins[getBin(block->size)];
  block->users = 0;
  block->last = nullptr;
  block->next = bin;
  if (bin)
    bin->last = block;
  bin = block;
}

void Heap::remove(Block *block) {
  if (block->next)
    block->next->last = block->last;
  if (block->last)
    block->last->next = block->next;
  else
    bins[getBin(block->size)] = block->next;
}

/// The first list may have blocks that are too small; all later ones fit.
Heap::Block *Heap::findBest(size_t bytes) const {
  for (int bin = getBin(bytes); bin < kNumBins; ++bin) {
    Block *best = nullptr;
    for (Block *block = bins[bin]; block; block = block->next)
      if (block->size >= bytes && (!best || block->size < best->size))
        best = block;
    if (best)
      return best;
  }
  return nullptr;
}

/// Adds a chunk with a free block of at least `bytes`.
bool Heap::addChunk(size_t bytes) {
  constexpr size_t kOverhead = sizeof(Chunk) + sizeof(Block);
  size_t least, size = clampGrowth(capacity);
  if (!checkedAdd(bytes, kOverhead, least))
    return false;
  void *memory = size > least && size <= limit - capacity
                     ? allocateAligned(size)
                     : nullptr;
  if (!memory) {
    size = least;
    memory = size <= limit - capacity ? allocateAligned(size) : nullptr;
  }
  if (!memory)
    return false;
  Chunk *chunk = static_cast<Chunk *>(memory);
  size = size / sizeof(Block) * sizeof(Block);
  chunk->size = size;
  chunk->next = chunks;
  chunks = chunk;
  capacity += size;
  Block *block = chunk->first();
  block->size = size - kOverhead;
  block->before = nullptr;
  Block *end = block->after();
  end->size = 0;
  end->before = block;
  end->users = 1;
  insert(block);
  return true;
}

//===----------------------------------------------------------------------===//
// Users
//===----------------------------------------------------------------------===//

void *Heap::allocate(size_t size) {
  size_t bytes;
  if (!checkedAdd(size ? size : 1, 2 * sizeof(Block) - 1, bytes))
    return nullptr;
  bytes = bytes / sizeof(Block) * sizeof(Block);
  Block *block = findBest(bytes);
  if (!block) {
    if (!addChunk(bytes))
      return nullptr;
    block = findBest(bytes);
  }
  remove(block);
  if (block->size - bytes >= 2 * sizeof(Block)) {
    Block *after = block->after();
    size_t rest = block->size - bytes;
    block->size = bytes;
    Block *middle = block->after();
    middle->size = rest;
    middle->before = block;
    after->before = middle;
    insert(middle);
  }
  block->users = 1;
  block->filled = kNotGrown;
  return block->data();
}

void *Heap::grow(const void *data, size_t used, size_t bytes) {
  // Not by its header: the data may lie anywhere, within a block, too.
  for (Block *block = grown; block; block = block->nextGrown)
    if (block->data() == data && block->filled == used &&
        bytes <= block->size - sizeof(Block)) {
      block->filled = bytes;
      ++block->users;
      return block->data();
    }
  size_t room;
  void *result = checkedAdd(bytes, bytes, room) ? allocate(room) : nullptr;
  if (!result)
    result = allocate(bytes);
  if (!result)
    return nullptr;
  if (used)
    memcpy(result, data, used);
  Block *block = getBlock(result);
  block->filled = bytes;
  block->nextGrown = grown;
  grown = block;
  return result;
}

void Heap::forgetGrown(const Block *block) {
  Block **place = &grown;
  while (*place != block)
    place = &(*place)->nextGrown;
  *place = block->nextGrown;
}

Heap::Block *Heap::getBlock(void *data) const {
  return contains(data) ? static_cast<Block *>(data) - 1 : nullptr;
}

void Heap::retain(void *data) {
  if (Block *block = getBlock(data))
    ++block->users;
}

void Heap::release(void *data) {
  Block *block = getBlock(data);
  if (!block || --block->users)
    return;
  if (block->filled != kNotGrown)
    forgetGrown(block);
  Block *after = block->after();
  if (!after->users) {
    remove(after);
    block->size += after->size;
  }
  if (Block *before = block->before; before && !before->users) {
    remove(before);
    before->size += block->size;
    block = before;
  }
  block->after()->before = block;
  insert(block);
}

void Heap::reset() {
  if (!chunks)
    return;
  grown = nullptr;
  if (!chunks->next) {
    for (Block *&bin : bins)
      bin = nullptr;
    Block *block = chunks->first();
    block->size = chunks->size - sizeof(Chunk) - sizeof(Block);
    block->before = nullptr;
    block->after()->before = block;
    insert(block);
    return;
  }
  size_t bytes = capacity;
  freeChunks();
  // Where it fails, the heap grows by pieces again.
  addChunk(bytes);
}
