// Streams, and what they capture: work is done when it is queued, or kept for a graph and done when that is launched.
// What is copied to the host arrives when somebody waits for it.
#pragma once
#include <auris/backend/cuda/device.hpp>
#include <cstdint>
#include <cstring>
#include <functional>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

/// The work of a graph, in order.
struct CUgraphExec_st {
  std::vector<std::function<void()>> work;
};

namespace cuda_executor {
using auris::cuda_stream;

inline std::recursive_mutex one_at_a_time;  ///< the executor serves any thread of the host, one after another

/// What the calling thread captures, if anything.
struct capture {
  cuda_stream on = nullptr;
  CUgraphExec_st kept;
  bool broken = false;
};
inline thread_local capture capturing;

/// Whether a thread that captures is told that it must not do this.
inline bool refused(const char* operation) {
  if (!capturing.on) return false;
  capturing.broken = true;
  auris::cuda_device<>::keep(operation, "not while work is captured");
  return true;
}

/// The streams that were made, and copies to the host that nobody has waited for.
class streams {
 public:
  cuda_stream make() {
    const std::lock_guard lock(one_at_a_time);
    const auto s = reinterpret_cast<cuda_stream>(++made_);
    all_.insert(s);
    return s;
  }
  bool release(cuda_stream s) {
    const std::lock_guard lock(one_at_a_time);
    return all_.erase(s) == 1;
  }
  bool has(cuda_stream s) const {
    const std::lock_guard lock(one_at_a_time);
    return !s || all_.count(s) == 1;
  }
  void copy_to_host(cuda_stream s, const void* from, std::size_t bytes, void* to) {
    const std::lock_guard lock(one_at_a_time);
    const char* p = static_cast<const char*>(from);
    under_way_.push_back({s, {p, p + bytes}, to});
  }
  void wait(cuda_stream s) {
    const std::lock_guard lock(one_at_a_time);
    std::erase_if(under_way_, [&](const copy& c) {
      if (c.on != s) return false;
      std::memcpy(c.to, c.values.data(), c.values.size());
      return true;
    });
  }

 private:
  struct copy {
    cuda_stream on;
    std::vector<char> values;
    void* to;
  };
  std::uintptr_t made_ = 0;
  std::set<cuda_stream> all_;
  std::vector<copy> under_way_;
};
inline streams all_streams;

/// Does work(), or keeps it where the stream captures.
template <class Work>
void queue(const char* operation, cuda_stream s, const Work& work) {
  if (!all_streams.has(s)) return auris::cuda_device<>::keep(operation, "not a stream, or one that was released");
  if (!capturing.on) return work();
  if (capturing.on == s)
    capturing.kept.work.push_back(work);
  else
    refused(operation);
}

}  // namespace cuda_executor

namespace auris {

template <class V>
cuda_stream cuda_device<V>::make_stream() noexcept {
  return cuda_executor::all_streams.make();
}
template <class V>
void cuda_device<V>::release_stream(cuda_stream s) noexcept {
  if (s && !cuda_executor::all_streams.release(s))
    keep("release of a stream", "not a stream, or one that was released");
}
template <class V>
void cuda_device<V>::wait(cuda_stream s) noexcept {
  if (!cuda_executor::refused("wait")) cuda_executor::all_streams.wait(s);
}
template <class V>
void cuda_device<V>::begin_capture(cuda_stream s) noexcept {
  if (!s || !cuda_executor::all_streams.has(s)) return keep("capture", "not a stream that can capture");
  if (!cuda_executor::refused("capture")) cuda_executor::capturing.on = s;
}
template <class V>
CUgraphExec_st* cuda_device<V>::end_capture(cuda_stream s) noexcept {
  const cuda_executor::capture ended = std::exchange(cuda_executor::capturing, {});
  if (s && ended.on == s && !ended.broken) return new CUgraphExec_st(ended.kept);
  keep("capture", "nothing was captured");
  return nullptr;
}
template <class V>
void cuda_device<V>::launch_graph(CUgraphExec_st* g, cuda_stream s) noexcept {
  cuda_executor::queue("graph", s, [g] {
    for (const auto& work : g->work) work();
  });
}
template <class V>
void cuda_device<V>::release_graph(CUgraphExec_st* g) noexcept {
  delete g;
}

}  // namespace auris
