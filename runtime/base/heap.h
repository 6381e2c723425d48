//===- heap.h - Blocks whose sizes are known at run time --------*- C++ -*-===//
//
//   chunk:  | Chunk | Block | data ... | Block | data ... | Block (end) |
//
// Chunks come from the system and never move; each is cut into blocks that fill
// it, with a header of ATROUS_ALIGNMENT bytes before the data. Free neighbours
// are one block. Free blocks are listed by the power of two below their size.
//
// One thread at a time.
//
//===----------------------------------------------------------------------===//

#ifndef ATROUS_RUNTIME_BASE_HEAP_H
#define ATROUS_RUNTIME_BASE_HEAP_H

#include <stddef.h>
#include <stdint.h>

namespace atrous::runtime {

class Heap {
public:
  /// Takes no more than `limit` bytes from the system; none so far.
  explicit Heap(size_t limit = SIZE_MAX) : limit(limit) {}
  ~Heap();
  Heap(const Heap &) = delete;
  Heap &operator=(const Heap &) = delete;

  /// The smallest free block of at least `size` bytes (ATROUS_ALIGNMENT
  /// aligned, one user), of a new chunk if there is none. Null where the system
  /// or the limit gives none.
  void *allocate(size_t size);

  /// A block of at least `bytes` bytes that begins with the first `used` bytes
  /// at `data`: the block at `data` with one more user, where grow made it, none
  /// of its bytes behind those is taken and it has room; else a new one with as
  /// much room again. What is appended to piece by piece is so copied a few
  /// times only, and those who hold fewer bytes of the block keep them.
  void *grow(const void *data, size_t used, size_t bytes);

  /// One user more, or less: the block is free without any. Addresses that are
  /// no blocks of this heap, and null, are left alone.
  void retain(void *data);
  void release(void *data);

  /// Frees all blocks. Several chunks become one of their size, so that what
  /// fitted once fits again without asking the system.
  void reset();

  /// Whether the address lies in a chunk.
  bool contains(const void *address) const;
  /// Bytes that chunks take.
  size_t getCapacity() const { return capacity; }
  size_t getNumChunks() const;

private:
  struct Block;
  struct Chunk;
  static constexpr int kNumBins = 64;

  bool addChunk(size_t bytes);
  void freeChunks();
  void insert(Block *block);
  void remove(Block *block);
  Block *findBest(size_t bytes) const;
  Block *getBlock(void *data) const;
  void forgetGrown(const Block *block);

  size_t limit;
  size_t capacity = 0;
  Chunk *chunks = nullptr;
  Block *bins[kNumBins] = {};
  Block *grown = nullptr;
};

} // namespace atrous::runtime

#endif // ATROUS_RUNTIME_BASE_HEAP_H
