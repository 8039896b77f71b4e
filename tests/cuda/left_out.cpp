// Every barrier of the kernels is needed: where one is left out, a row of the table fails.
#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "cuda/support.hpp"
#include "op/checks.hpp"

using namespace cuda_test;

namespace {
/// A test of a row, and how long it takes.
struct tested {
  const table::checked_row* row;
  std::size_t test;
  std::chrono::steady_clock::duration time;
};
using tests_of_barriers = std::map<std::string, std::vector<tested>>;

/// The lines "file:line" of a folder's kernels that have a barrier. What compat.cuh has is nvcc's part, for which the executor
/// has its own.
std::set<std::string> barriers_in(const char* folder) {
  std::set<std::string> lines;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".cuh" || file.path().filename() == "compat.cuh") continue;
    std::ifstream in(file.path());
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      line.erase(std::min(line.find("//"), line.size()));
      for (const char* call : {"__syncthreads", "__syncwarp(", "grid_barrier("})
        if (contains(line, call)) lines.insert(file.path().filename().string() + ":" + std::to_string(number));
    }
  }
  return lines;
}

/// Runs every test of every row: which barriers do they come to?
tests_of_barriers run_all_tests() {
  using clock = std::chrono::steady_clock;
  tests_of_barriers all;
  const restored_settings restored;
  for (const table::checked_row& row : table::checked_rows())
    for (std::size_t test = 0; test < row.tests; ++test) {
      cuda_executor::barrier_log seen;
      settings.seen = &seen;
      const auto start = clock::now();
      CHECK(row.faults_of_values(test) == "");
      for (const std::string& barrier : seen.lines()) all[barrier].push_back({&row, test, clock::now() - start});
    }
  for (auto& [barrier, tests] : all)
    std::sort(tests.begin(), tests.end(), [](const tested& a, const tested& b) { return a.time < b.time; });
  return all;
}
bool fails(const tested& t) {
  try {
    return !t.row->faults_of_values(t.test).empty();
  } catch (const std::exception&) {
    return true;
  }
}

/// Starts a process that ends with 1 where all tests pass without the barrier: a kernel without order may well crash, or
/// never end.
pid_t start_without(const std::string& barrier, const std::vector<tested>& tests) {
  return start_child([&] {
    settings.left_out = cuda_executor::site(barrier);
    return std::any_of(tests.begin(), tests.end(), fails) ? 0 : 1;
  });
}
}  // namespace

TEST_CASE("Every barrier of the kernels is needed by a row of the table", "[left_out]") {
  if (cuda_executor::tsan::on || cuda_executor::asan::on) {
    SUCCEED("skipped: a test of the tests, without sanitizers");
    return;
  }
  const tests_of_barriers tests = run_all_tests();
  const auto processors = std::max(1u, std::thread::hardware_concurrency());
  std::deque<std::pair<pid_t, std::string>> running;
  const auto end_one = [&] {
    const auto [process, barrier] = running.front();
    running.pop_front();
    INFO(barrier << ": no row of the table fails where this barrier is left out");
    CHECK(status_of(process) != 1);
  };
  for (const std::string& barrier : barriers_in("include/auris/backend/cuda")) {
    const auto found = tests.find(barrier);
    if (found == tests.end()) {
      FAIL_CHECK(barrier << ": no row of the table comes to this barrier");
      continue;
    }
    if (running.size() == processors) end_one();
    running.emplace_back(start_without(barrier, found->second), barrier);
  }
  while (!running.empty()) end_one();
}
