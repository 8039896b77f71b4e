// The two ways a GRU runs: a launch for each frame, or one launch whose blocks wait for each other.
#include <cmath>

#include "cuda/support.hpp"
#include "op/table/gru.hpp"

using namespace cuda_test;

namespace {
/// What forward and backward write on a device that holds so many blocks at the same time, and whether blocks ran together.
struct outcome {
  table::arrays<float> written;
  bool together;
};
outcome run(const auris::op::gru::size& s, unsigned resident_blocks) {
  const restored_settings restored;
  cuda_executor::barrier_log seen;
  settings.resident_blocks = resident_blocks;
  settings.seen = &seen;
  const auto calls = table::gru::calls<auris::cuda, float>(s);
  table::arrays<float> given;
  for (const auto& c : calls)
    for (const auto& a : c.arguments)
      if (a.how != table::role::output && !given.count(a.name))
        for (auris::idx i = 0; i < a.count; ++i)
          given[a.name].push_back(std::sin(static_cast<float>(given.size()) + 0.7f * static_cast<float>(i)));
  outcome all{table::run(calls[0], given), false};
  for (const char* name : {"y", "cache"}) given[name] = all.written.at(name);
  for (const auto& [name, values] : table::run(calls[1], given)) all.written[name] = values;
  for (const std::string& barrier : seen.lines()) all.together = all.together || contains(barrier, "gru_steps.cuh");
  return all;
}
}  // namespace

TEST_CASE("gru: the same bits on any device", "[gru]") {
  for (const auris::op::gru::size s :
       {auris::op::gru::size{1, 5, 3, 33, 1}, {3, 4, 2, 19, 2}, {9, 3, 5, 40, 2}, {17, 2, 1, 6, 1}}) {
    INFO(table::gru::describe(s));
    const outcome by_frames = run(s, 0);
    CHECK(!by_frames.together);
    for (const unsigned blocks : {1u, 2u, 5u, 32u}) {
      INFO(blocks << " blocks at the same time");
      const outcome other = run(s, blocks);
      CHECK(other.together == (static_cast<int>(blocks) >= s.directions));
      CHECK(other.written == by_frames.written);
    }
  }
}
