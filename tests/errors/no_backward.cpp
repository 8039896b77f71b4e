// expect: has_no_backward<
// expect: quantise
// expect: a layer of this network cannot be trained
#include <auris/backend/reference.hpp>
#include <auris/nn.hpp>
using namespace auris;
struct quantise {
  static constexpr bool accepts(shape) { return true; }
  static constexpr shape infer(shape s) { return s; }
  template <shape>
  struct bind {
    template <class C>
    static void forward(C, in<C> x, out<C> y) {
      for (idx i = 0; i < x.size(); ++i) y.p[i] = x.p[i] > 0 ? 1 : 0;
    }
  };
};
struct network : bind<sequential<linear<4>, quantise>, dims(dyn, 64)> {};
void train(context<reference, float, training> c, view<const float> x) { network::backward(c, x); }
