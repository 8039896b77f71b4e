#include <atomic>
#include <auris/backend/cpu/thread_pool.hpp>
#include <chrono>
#include <numeric>
#include <thread>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"

using namespace auris;

TEST_CASE("thread_pool: every block runs once, by a worker of the pool") {
  for (int threads : {1, 2, 5}) {
    thread_pool pool(threads);
    REQUIRE(pool.workers() == threads);
    for (idx blocks : {0, 1, 2, 7, 1000}) {
      std::vector<std::atomic<int>> count(static_cast<std::size_t>(blocks));
      std::atomic<int> strangers{0};
      for_blocks(pool, blocks, [&](idx block, int worker) {
        ++count[static_cast<std::size_t>(block)];
        if (worker < 0 || worker >= threads) ++strangers;
      });
      CHECK(strangers == 0);
      for (const auto& c : count) REQUIRE(c == 1);
    }
  }
}

TEST_CASE("thread_pool: fewer than one thread is one") {
  thread_pool none(0), negative(-3);
  CHECK(none.workers() == 1);
  CHECK(negative.workers() == 1);
  idx sum = 0;
  for_blocks(none, 10, [&](idx block, int) { sum += block; });
  CHECK(sum == 45);
}

TEST_CASE("thread_pool: a worker is one thread at a time") {
  thread_pool pool(4);
  std::vector<std::atomic<int>> busy(4);
  std::atomic<int> clashes{0};
  for_blocks(pool, 5000, [&](idx, int worker) {
    auto& mine = busy[static_cast<std::size_t>(worker)];
    if (mine.exchange(1) != 0) ++clashes;
    mine = 0;
  });
  CHECK(clashes == 0);
}

TEST_CASE("thread_pool: what blocks wrote is there after many short runs") {
  thread_pool pool(3);
  std::vector<idx> values(16);
  for (idx round = 0; round < 5000; ++round) {
    for_blocks(pool, 1 + round % 16, [&](idx block, int) { values[static_cast<std::size_t>(block)] = round + block; });
    for (idx b = 0; b < 1 + round % 16; ++b) REQUIRE(values[static_cast<std::size_t>(b)] == round + b);
  }
}

TEST_CASE("thread_pool: sleeping workers wake up") {
  thread_pool pool(2);
  for (int round = 0; round < 5; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    // Each of two blocks waits for the other: both workers must have come.
    std::atomic<int> arrived{0};
    for_blocks(pool, 2, [&](idx, int) {
      ++arrived;
      while (arrived < 2) std::this_thread::yield();
    });
    CHECK(arrived == 2);
  }
}

#if defined(__linux__)
TEST_CASE("thread_pool: pinned threads stay on one processor, and leave the caller where it may be") {
  cpu_set_t before, after;
  REQUIRE(sched_getaffinity(0, sizeof before, &before) == 0);
  thread_pool pool(3, thread_placement::pinned);
  const auto caller = std::this_thread::get_id();
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> arrived{0}, elsewhere{0};
    for_blocks(pool, 3, [&](idx, int) {
      cpu_set_t mine;
      const bool known = sched_getaffinity(0, sizeof mine, &mine) == 0;
      if (std::this_thread::get_id() != caller && (!known || CPU_COUNT(&mine) != 1)) ++elsewhere;
      ++arrived;
      while (arrived < 3) std::this_thread::yield();
    });
    CHECK(elsewhere == 0);
  }
  REQUIRE(sched_getaffinity(0, sizeof after, &after) == 0);
  CHECK(CPU_EQUAL(&before, &after));
}
#endif

TEST_CASE("thread_pool: workers that were about to sleep are there") {
  thread_pool pool(2);
  for (int round = 0; round < 200; ++round) {
    std::this_thread::sleep_for(std::chrono::microseconds(round));  // around the time that workers look for work
    std::atomic<int> arrived{0};
    for_blocks(pool, 2, [&](idx, int) {
      ++arrived;
      while (arrived < 2) std::this_thread::yield();
    });
    REQUIRE(arrived == 2);
  }
}

TEST_CASE("thread_pool: a run allocates nothing") {
  if (!testing::counts_allocations()) return;
  thread_pool pool(2);
  std::vector<idx> values(64);
  const long before = testing::allocation_count();
  for (int round = 0; round < 100; ++round)
    for_blocks(pool, 64, [&](idx block, int) { values[static_cast<std::size_t>(block)] += block; });
  CHECK(testing::allocation_count() == before);
  CHECK(values[63] == 6300);
}

TEST_CASE("thread_pool: a run inside of a block runs on that thread") {
  thread_pool pool(3);
  std::vector<idx> sums(20);
  std::atomic<int> elsewhere{0};
  for_blocks(pool, 20, [&](idx block, int) {
    const auto thread = std::this_thread::get_id();
    for_blocks(pool, 10, [&](idx inner, int worker) {
      if (worker != 0 || std::this_thread::get_id() != thread) ++elsewhere;
      sums[static_cast<std::size_t>(block)] += inner;
    });
  });
  CHECK(elsewhere == 0);
  CHECK(sums == std::vector<idx>(20, 45));
}

TEST_CASE("thread_pool: several threads may call at once") {
  thread_pool pool(2);
  std::vector<idx> sums(3);
  std::vector<std::thread> callers;
  for (std::size_t caller = 0; caller < 3; ++caller)
    callers.emplace_back([&, caller] {
      for (int round = 0; round < 300; ++round) {
        idx squares[8];
        for_blocks(pool, 8, [&](idx block, int) { squares[block] = block * block; });
        sums[caller] += std::accumulate(squares, squares + 8, idx(0));
      }
    });
  for (std::thread& t : callers) t.join();
  CHECK(sums == std::vector<idx>(3, 300 * 140));
}
