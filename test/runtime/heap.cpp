//===- heap.cpp - Blocks whose sizes are known at run time ----------------===//

#include "runtime/base/heap.h"
#include "runtime/abi/atrous_abi.h"
#include <gtest/gtest.h>
#include <random>
#include <string.h>
#include <string>
#include <vector>

using atrous::runtime::Heap;

namespace {

constexpr size_t kMiB = size_t(1) << 20;

TEST(Heap, alignsAndKeepsBlocksApart) {
  Heap heap;
  std::vector<unsigned char *> blocks;
  const size_t sizes[] = {0, 1, 63, 64, 65, 4096, kMiB, 3 * kMiB};
  for (size_t size : sizes) {
    auto *block = static_cast<unsigned char *>(heap.allocate(size));
    ASSERT_TRUE(block);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % ATROUS_ALIGNMENT, 0u);
    memset(block, static_cast<int>(blocks.size()), size);
    blocks.push_back(block);
  }
  for (size_t i = 0; i < blocks.size(); ++i)
    for (size_t byte = 0; byte < sizes[i]; ++byte)
      ASSERT_EQ(blocks[i][byte], i);
}

TEST(Heap, usesReleasedBlocksAgain) {
  Heap heap;
  void *a = heap.allocate(1000);
  heap.retain(a);
  heap.release(a);
  EXPECT_NE(heap.allocate(1000), a) << "one user is left";
  heap.release(a);
  EXPECT_EQ(heap.allocate(1000), a);
}

// The smallest block that is large enough.
TEST(Heap, takesTheBestFit) {
  Heap heap;
  void *large = heap.allocate(10000);
  heap.allocate(1);
  void *small = heap.allocate(9000);
  heap.allocate(1);
  heap.release(large);
  heap.release(small);
  EXPECT_EQ(heap.allocate(8800), small);
  EXPECT_EQ(heap.allocate(9500), large);
}

// Neighbours become one, whichever is freed first.
TEST(Heap, joinsNeighbours) {
  const std::vector<std::vector<int>> orders = {
      {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  for (const std::vector<int> &order : orders) {
    Heap heap;
    void *parts[] = {heap.allocate(4096), heap.allocate(4096),
                     heap.allocate(4096)};
    heap.allocate(1);
    for (int part : order)
      heap.release(parts[part]);
    EXPECT_EQ(heap.allocate(3 * 4096), parts[0]);
  }
}

TEST(Heap, leavesOtherAddressesAlone) {
  Heap heap;
  int other;
  heap.retain(nullptr);
  heap.release(nullptr);
  heap.retain(&other);
  heap.release(&other);
  EXPECT_FALSE(heap.contains(&other));
  EXPECT_TRUE(heap.contains(heap.allocate(1)));
}

TEST(Heap, refusesWhatIsTooLarge) {
  Heap heap(4 * kMiB);
  EXPECT_FALSE(heap.allocate(SIZE_MAX));
  EXPECT_FALSE(heap.allocate(SIZE_MAX - 100));
  EXPECT_FALSE(heap.allocate(4 * kMiB));
  void *block = heap.allocate(3 * kMiB);
  EXPECT_TRUE(block) << "usable afterwards";
  EXPECT_FALSE(heap.allocate(2 * kMiB));
  heap.release(block);
  EXPECT_TRUE(heap.allocate(2 * kMiB));
  EXPECT_LE(heap.getCapacity(), 4 * kMiB);
}

// What did not fit in one chunk does after a reset, without growing again.
TEST(Heap, isOneChunkAfterReset) {
  Heap heap;
  auto run = [&] {
    std::vector<void *> blocks;
    for (int i = 0; i < 20; ++i) {
      blocks.push_back(heap.allocate(size_t(i) * 300000));
      ASSERT_TRUE(blocks.back());
      if (i % 3 == 2) {
        heap.release(blocks[size_t(i) - 1]);
        heap.release(blocks[size_t(i) - 2]);
      }
    }
  };
  run();
  EXPECT_GT(heap.getNumChunks(), 1u);
  heap.reset();
  EXPECT_EQ(heap.getNumChunks(), 1u);
  size_t capacity = heap.getCapacity();
  for (int i = 0; i < 3; ++i) {
    run();
    EXPECT_EQ(heap.getNumChunks(), 1u);
    EXPECT_EQ(heap.getCapacity(), capacity);
    heap.reset();
  }
}

TEST(Heap, growsAgainWhereAResetFindsNoMemory) {
  Heap heap(3 * kMiB + 500);
  ASSERT_TRUE(heap.allocate(kMiB));
  ASSERT_TRUE(heap.allocate(2 * kMiB));
  heap.reset(); // one chunk would need a little more than two
  EXPECT_EQ(heap.getNumChunks(), 0u);
  ASSERT_TRUE(heap.allocate(2 * kMiB));
  ASSERT_TRUE(heap.allocate(1000));
}

// Appending byte by byte copies as often as the room doubles.
TEST(Heap, growsInPlace) {
  Heap heap;
  auto *data = static_cast<unsigned char *>(heap.allocate(1));
  data[0] = 0;
  int moves = 0;
  for (size_t size = 1; size < 100000; ++size) {
    auto *next = static_cast<unsigned char *>(heap.grow(data, size, size + 1));
    ASSERT_TRUE(next);
    moves += next != data;
    heap.release(data);
    data = next;
    data[size] = static_cast<unsigned char>(size);
  }
  EXPECT_LE(moves, 16);
  for (size_t i = 0; i < 100000; ++i)
    ASSERT_EQ(data[i], static_cast<unsigned char>(i));
  heap.release(data);
}

// Two values that go on from the same one do not see each other.
TEST(Heap, growsOnceFromTheSameBytes) {
  Heap heap;
  auto *first = static_cast<char *>(heap.grow("ab", 2, 2));
  auto *second = static_cast<char *>(heap.grow(first, 2, 3));
  EXPECT_EQ(first, second);
  second[2] = 'c';
  auto *third = static_cast<char *>(heap.grow(first, 2, 3));
  EXPECT_NE(first, third);
  third[2] = 'd';
  EXPECT_EQ(std::string(second, 3), "abc");
  EXPECT_EQ(std::string(third, 3), "abd");
  heap.release(first);
  EXPECT_EQ(std::string(second, 3), "abc") << "it has a user of its own";
  heap.release(second);
  heap.release(third);
}

// What allocate gave, what lies within a block, and what is no block at all.
TEST(Heap, growsOnlyWhatItMadeForThat) {
  Heap heap;
  auto *plain = static_cast<char *>(heap.allocate(1));
  EXPECT_NE(heap.grow(plain, 1, 2), plain);
  auto *grown = static_cast<char *>(heap.grow(plain, 1, 100));
  EXPECT_NE(heap.grow(grown + 64, 36, 37), grown + 64);
  char outside[2] = {};
  EXPECT_NE(heap.grow(outside, 1, 2), outside);
  EXPECT_FALSE(heap.grow(outside, 1, SIZE_MAX));
  heap.reset();
  EXPECT_NE(heap.grow(grown, 0, 200), nullptr);
}

// A limit leaves no room to spare, but room for what is asked.
TEST(Heap, growsWithoutSpareRoom) {
  Heap heap(2 * kMiB);
  EXPECT_TRUE(heap.grow(nullptr, 0, kMiB + kMiB / 2));
}

TEST(Heap, keepsContentsThroughRandomUse) {
  std::mt19937 random(7);
  Heap heap;
  struct Entry {
    unsigned char *data;
    size_t size;
    unsigned char value;
  };
  std::vector<Entry> entries;
  for (int step = 0; step < 20000; ++step) {
    if (entries.size() < 100 && random() % 5 != 0) {
      size_t size = random() % (random() % 8 ? 2000 : 200000);
      auto *data = static_cast<unsigned char *>(heap.allocate(size));
      ASSERT_TRUE(data);
      entries.push_back({data, size, static_cast<unsigned char>(step)});
      memset(data, entries.back().value, size);
      continue;
    }
    if (entries.empty())
      continue;
    std::swap(entries[random() % entries.size()], entries.back());
    Entry entry = entries.back();
    entries.pop_back();
    for (size_t i = 0; i < entry.size; ++i)
      ASSERT_EQ(entry.data[i], entry.value);
    heap.release(entry.data);
  }
  for (const Entry &entry : entries)
    heap.release(entry.data);
  EXPECT_LE(heap.getCapacity(), 64 * kMiB);
}

} // namespace
