// A layer of one's own: written once, then trained, pruned, deployed and streamed like any other.
//
// soft_gain multiplies every channel by log(1 + exp(g)), a gain that is always positive. It needs no base class and no
// registration: a spec says which shapes it takes, and bind<In> computes. In a deployed network the gain is computed once, by a
// rule of four lines.
#include <auris/backend/reference.hpp>
#include <auris/nn.hpp>
#include <auris/testing/check_layer.hpp>
#include <cmath>
#include <cstdio>

using namespace auris;

struct soft_gain {
  using input = expects<any_axes, known<axis::channel>>;
  static constexpr bool accepts(shape s) { return s.rank >= 1 && s[-1] != dyn; }
  static constexpr shape infer(shape s) { return s; }

  template <shape In>
  struct bind {
    static constexpr bool streams = true;
    static constexpr idx channels = In[-1];
    static constexpr std::array params{parameter{"gain", dims(channels)}};

    template <class T>
    static T gain(T g) {
      return std::log1p(std::exp(g));
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      for (idx i = 0; i < x.size(); ++i) y.p[i] = x.p[i] * gain(c.params[i % channels]);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
      for (idx i = 0; i < x.size(); ++i) {
        const auto g = c.params[i % channels];
        if (c.gradients) c.gradients[i % channels] += dy.p[i] * x.p[i] / (1 + std::exp(-g));
        if (dx.p) dx.p[i] = dy.p[i] * gain(g);
      }
    }
  };
};

// What becomes of it in a deployed network: the gain itself is stored.
struct fixed_gain {
  static constexpr bool accepts(shape s) { return soft_gain::accepts(s); }
  static constexpr shape infer(shape s) { return s; }

  template <shape In>
  struct bind {
    static constexpr bool streams = true;
    static constexpr std::array params = soft_gain::bind<In>::params;
    template <class C>
    static constexpr idx prepared() {
      return In[-1];
    }
    template <class C, class T = typename C::scalar>
    static void prepare(const T* trained, const T*, T* gains) {
      for (idx k = 0; k < In[-1]; ++k) gains[k] = soft_gain::bind<In>::gain(trained[k]);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      for (idx i = 0; i < x.size(); ++i) y.p[i] = x.p[i] * c.params[i % In[-1]];
    }
  };
};
template <>
struct auris::deployment_rule<soft_gain> {
  using type = specs<fixed_gain>;
};

struct network : bind<sequential<linear<4>, soft_gain, gru<3>>, dims(dyn, 5)> {};

int main() {
  // Gradients against finite differences, arena bounds, the deployed form, pieces of a stream.
  const result<void> verdict = testing::check_layer<network, reference>();
  if (!verdict) {
    std::fprintf(stderr, "%s\n", verdict.error().text().c_str());
    return 1;
  }
  std::printf("soft_gain keeps every promise; the network has %td parameters\n", network::parameters);
}
