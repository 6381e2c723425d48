//===- thread-pool.cpp - Nothing lost, nothing twice ----------------------===//

#include "runtime/cpu/thread_pool.h"
#include <atomic>
#include <gtest/gtest.h>
#include <mutex>
#include <numeric>
#include <random>
#include <set>
#include <thread>
#include <vector>

using namespace atrous::runtime;

namespace {

class ThreadPoolTest : public testing::Test {
protected:
  ThreadPool *pool = createPool();
  ~ThreadPoolTest() override { destroyPool(pool); }
};

void countTask(void *const *buffers, int64_t begin, int64_t end, void *) {
  auto *counts = static_cast<std::atomic<int> *>(buffers[0]);
  for (int64_t i = begin; i < end; ++i)
    counts[i].fetch_add(1, std::memory_order_relaxed);
}

void expectEachOnce(ThreadPool *pool, int32_t threads, int64_t tasks) {
  std::vector<std::atomic<int>> counts(static_cast<size_t>(tasks));
  void *buffers[] = {counts.data()};
  parallelFor(pool, threads, countTask, buffers, tasks, {});
  for (auto &count : counts)
    ASSERT_EQ(count.load(), 1);
}

TEST_F(ThreadPoolTest, runsEachTaskOnce) {
  for (int32_t threads : {1, 2, 3, 8}) {
    ASSERT_TRUE(growPool(pool, threads));
    for (int64_t tasks : {0, 1, 2, 3, 7, 8, 100, 1001})
      expectEachOnce(pool, threads, tasks);
  }
}

// Workers must be found in every state: spinning, falling asleep, asleep.
TEST_F(ThreadPoolTest, losesNoWakeUp) {
  ASSERT_TRUE(growPool(pool, 4));
  std::mt19937 random(1);
  for (int i = 0; i < 4000; ++i) {
    expectEachOnce(pool, 4, 1 + random() % 20);
    unsigned pause = random() % 8;
    if (pause == 0)
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 300));
    else if (pause == 1)
      std::this_thread::yield();
  }
}

struct SlowTail {
  std::atomic<int64_t> sum{0};
  std::mutex mutex;
  std::set<std::thread::id> threads; ///< of slow tasks
};

TEST_F(ThreadPoolTest, sharesASlowTail) {
  ASSERT_TRUE(growPool(pool, 4));
  // All the work lies in the first thread's share.
  auto task = [](void *const *buffers, int64_t begin, int64_t end, void *) {
    auto *tail = static_cast<SlowTail *>(buffers[0]);
    for (int64_t i = begin; i < end; ++i) {
      tail->sum += i;
      if (i >= 16)
        continue;
      {
        std::lock_guard lock(tail->mutex);
        tail->threads.insert(std::this_thread::get_id());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  };
  SlowTail tail;
  void *buffers[] = {&tail};
  parallelFor(pool, 4, task, buffers, 64, {});
  EXPECT_EQ(tail.sum.load(), 63 * 64 / 2);
  EXPECT_GT(tail.threads.size(), 1u);
}

TEST_F(ThreadPoolTest, givesEachThreadItsScratch) {
  ASSERT_TRUE(growPool(pool, 4));
  constexpr size_t stride = 64;
  std::vector<char> memory(4 * stride);
  // Two tasks at once on the same bytes would lose increments.
  auto task = [](void *const *, int64_t begin, int64_t end, void *scratch) {
    auto *count = static_cast<volatile int64_t *>(scratch);
    for (int64_t i = begin; i < end; ++i)
      *count = *count + 1;
  };
  parallelFor(pool, 4, task, nullptr, 100000, {memory.data(), stride});
  int64_t sum = 0;
  for (int i = 0; i < 4; ++i)
    sum += *reinterpret_cast<int64_t *>(memory.data() + i * stride);
  EXPECT_EQ(sum, 100000);
}

struct Nested {
  ThreadPool *pool;
  std::atomic<int64_t> count{0};
};

void innerTask(void *const *buffers, int64_t begin, int64_t end, void *) {
  static_cast<Nested *>(buffers[0])->count += end - begin;
}

void outerTask(void *const *buffers, int64_t begin, int64_t end, void *) {
  for (int64_t i = begin; i < end; ++i)
    parallelFor(static_cast<Nested *>(buffers[0])->pool, 4, innerTask, buffers,
                10, {});
}

TEST_F(ThreadPoolTest, nests) {
  ASSERT_TRUE(growPool(pool, 4));
  Nested nested{pool};
  void *buffers[] = {&nested};
  for (int i = 0; i < 100; ++i)
    parallelFor(pool, 4, outerTask, buffers, 20, {});
  EXPECT_EQ(nested.count.load(), 100 * 20 * 10);
}

TEST_F(ThreadPoolTest, servesManyCallersAtOnce) {
  std::vector<std::thread> callers;
  for (int c = 0; c < 8; ++c)
    callers.emplace_back([&, c] {
      std::mt19937 random(static_cast<unsigned>(c));
      for (int i = 0; i < 500; ++i) {
        if (i % 50 == 0)
          growPool(pool, 1 + i / 100);
        expectEachOnce(pool, 4, 1 + random() % 50);
      }
    });
  for (std::thread &caller : callers)
    caller.join();
}

TEST_F(ThreadPoolTest, takesMoreTasksThan32BitsCount) {
  ASSERT_TRUE(growPool(pool, 3));
  auto task = [](void *const *buffers, int64_t begin, int64_t end, void *) {
    *static_cast<std::atomic<int64_t> *>(buffers[0]) += end - begin;
  };
  std::atomic<int64_t> sum{0};
  void *buffers[] = {&sum};
  int64_t tasks = (int64_t(1) << 40) + 12345;
  parallelFor(pool, 3, task, buffers, tasks, {});
  EXPECT_EQ(sum.load(), tasks);
}

TEST(ThreadPool, createsAndDestroys) {
  for (int i = 0; i < 200; ++i) {
    ThreadPool *pool = createPool();
    growPool(pool, 1 + i % 5);
    if (i % 2)
      expectEachOnce(pool, 5, 10);
    destroyPool(pool);
  }
  destroyPool(nullptr);
  EXPECT_GE(availableCores(), 1);
}

} // namespace
