#pragma once
#include <auris/backend/cuda/device.hpp>

namespace auris {

/// A stream of CUDA, owned: a queue for sessions, trainers and front-ends whose work need not wait for that of others,
/// the default stream's included, and that a `cuda_graph` can capture. Whoever works in it has to go before it does.
///
/// Errors      `make`: the system has none left.
///
///     struct network : bind<linear<17>, dims(dyn, 64)> {};
///     weights<network> w(1);
///     const cuda_queue q = cuda_queue::make().value();
///     session<network, cuda> run(w, q);
class cuda_queue {
 public:
  static result<cuda_queue> make() {
    cuda_queue q;
    q.stream_ = cuda_device<>::make_stream();
    if (!q.stream_) return error{"no stream to be had", "cuda_queue"};
    return static_cast<cuda_queue&&>(q);
  }
  cuda_queue(cuda_queue&& o) noexcept : stream_(o.stream_) { o.stream_ = nullptr; }
  cuda_queue& operator=(cuda_queue&& o) noexcept {
    if (this != &o) {
      cuda_device<>::release_stream(stream_);
      stream_ = o.stream_;
      o.stream_ = nullptr;
    }
    return *this;
  }
  ~cuda_queue() { cuda_device<>::release_stream(stream_); }

  operator cuda_stream() const noexcept { return stream_; }
  /// Returns when all that was queued is done.
  void wait() const noexcept { cuda_device<>::wait(stream_); }

 private:
  cuda_queue() noexcept = default;

  cuda_stream stream_ = nullptr;
};

}  // namespace auris
