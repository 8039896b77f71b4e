// expect: has_no_deployed_form<
// expect: counter
// expect: running statistics does not say how to prepare them
#include <auris/nn.hpp>
using namespace auris;
struct counter {
  static constexpr bool accepts(shape) { return true; }
  static constexpr shape infer(shape s) { return s; }
  template <shape>
  struct bind {
    static constexpr std::array buffers{parameter{"calls", dims(1)}};
    template <class C>
    static void forward(C, in<C>, out<C>) {}
  };
};
struct network : bind<sequential<linear<4>, counter>, dims(dyn, 64)> {};
struct small : deployed<network> {};
