#pragma once
#include <auris/backend/cuda/device.hpp>

namespace auris {

/// Work of a stream, captured once and queued as a whole from then on: one launch instead of one for each kernel and
/// copy.
///
/// A replay uses the memory that was captured, which has to stay where it is; the values there may change. Empty until
/// something was captured, and when moved from.
///
/// Errors      `capture`: the default stream, which CUDA cannot capture; what failed while the work was queued.
///
///     struct network : bind<linear<17>, dims(dyn, 64)> {};
///     weights<network> w(1);
///     const cuda_queue q = cuda_queue::make().value();
///     session<network, cuda> run(w, q);
///     auto x = arena<float, cuda::memory>::make(5 * 64).value();
///     const auto work = [&] { run.queue({x.data(), 1, dims(5, 64)}).value(); };
///     work();                                                          // allocates what it needs
///     const cuda_graph graph = cuda_graph::capture(q, work).value();   // allocates nothing and does not run
///     graph.launch(q);                                                 // runs
class cuda_graph {
 public:
  /// What `work()` queues on s; it may queue on no other stream, and may neither allocate nor wait.
  template <class Work>
  static result<cuda_graph> capture(cuda_stream s, const Work& work) {
    if (!s) return error{"the default stream cannot be captured", "cuda_graph", "the stream of a cuda_queue"};
    cuda_graph g;
    {
      const capturing until_the_end{s, g.graph_};
      work();
    }
    if (auto ok = cuda_device<>::status(); !ok) return ok.error();
    return static_cast<cuda_graph&&>(g);
  }
  cuda_graph() noexcept = default;
  cuda_graph(cuda_graph&& o) noexcept : graph_(o.graph_) { o.graph_ = nullptr; }
  cuda_graph& operator=(cuda_graph&& o) noexcept {
    if (this != &o) {
      cuda_device<>::release_graph(graph_);
      graph_ = o.graph_;
      o.graph_ = nullptr;
    }
    return *this;
  }
  ~cuda_graph() { cuda_device<>::release_graph(graph_); }

  /// Whether there is something to launch.
  explicit operator bool() const noexcept { return graph_; }
  /// Queues it; `cuda::status` tells what failed.
  void launch(cuda_stream s) const noexcept {
    if (graph_) cuda_device<>::launch_graph(graph_, s);
  }

 private:
  /// Ends the capture also where `work` throws.
  struct capturing {
    capturing(cuda_stream s, CUgraphExec_st*& to) noexcept : stream(s), graph(to) { cuda_device<>::begin_capture(s); }
    ~capturing() { graph = cuda_device<>::end_capture(stream); }
    capturing(const capturing&) = delete;
    capturing& operator=(const capturing&) = delete;

    cuda_stream stream;
    CUgraphExec_st*& graph;
  };

  CUgraphExec_st* graph_ = nullptr;
};

}  // namespace auris
