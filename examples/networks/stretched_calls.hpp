// Calls of a network whose embeddings are stretched, for any number of frames: the embedding and the heads are sessions of
// their own.
#pragma once
#include "network_runner_of.hpp"
#include "soft_label_mtl.hpp"

namespace auris::networks {

template <class Network, class Backend>
class stretched_calls {
  static constexpr soft_label_sizes sizes = Network::sizes;
  struct front : bind<soft_label_embedding<sizes>, Network::in_shape> {};
  struct back : bind<soft_label_heads<sizes>, front::template shape_of<"main">> {};
  static_assert(front::parameters + back::parameters == Network::parameters && back::buffers == 0);

 public:
  explicit stretched_calls(const runner_options& o) : frames_(o.frames), front_(o), back_(o) {
    if (frames_ < 1 || frames_ > 1'000'000)
      throw failure({"wrong number of frames", "network_runner", "1 to 1000000", message::of(frames_)});
  }
  void forget() { forget_all(); }
  void forget_all() {
    copied_ = false;
    front_.forget_all();
    back_.forget_all();
  }
  template <class Collect>
  result<void> call(form f, const weights<Network>& w, typename Backend::queue q, view<const float> x,
                    Collect collect) {
    if (!copied_) copy(w);
    const auto stretch = [&](label, view<const float> steps) -> result<void> {
      const idx channels = steps.s[1];
      if (auto ok = stretched_.reserve(x.n * frames_ * channels); !ok) return ok;
      kernel_of<op::interpolate, reference, float>::forward({}, {x.n, steps.s[0], channels, frames_, true}, steps.p,
                                                            stretched_.data());
      return back_.call(f, back_weights_, q, {stretched_.data(), x.n, dims(frames_, channels)}, collect);
    };
    if (x.s.rank == 2 && x.s[0] == 0)
      return error{"the input is too short for the network", "network", {}, message::of(x.s)};
    result<void> done;
    if (auto ok = front_.call(f, front_weights_, q, x, [&](label n, view<const float> v) { done = stretch(n, v); });
        !ok)
      return ok;
    return done;
  }

 private:
  void copy(const weights<Network>& w) {
    std::copy_n(w.params(), front::parameters, front_weights_.params());
    std::copy_n(w.params() + front::parameters, back::parameters, back_weights_.params());
    std::copy_n(w.buffers(), front::buffers, front_weights_.buffers());
    copied_ = true;
  }
  idx frames_;
  bool copied_ = false;
  weights<front> front_weights_{0};
  weights<back> back_weights_{0};
  session_pair<front, Backend> front_;
  session_pair<back, Backend> back_;
  arena<float> stretched_;
};

}  // namespace auris::networks
