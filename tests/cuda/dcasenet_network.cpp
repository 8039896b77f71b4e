#include <auris/backend/cpu.hpp>
#include <auris/backend/cuda.cuh>
#include <auris/nn.hpp>
#include <networks/dcasenet.hpp>

#include "support/catch.hpp"
#include "support/noise.hpp"

namespace dcasenet_network_test {

using namespace auris;
using namespace auris::networks;

TEST_CASE("a narrow dcasenet_v3 on cuda gives the outputs of the cpu", "[cuda]") {
  using network = dcasenet_v3_with<dcasenet_sizes{.narrower = 8}>;
  const weights<network> w(1);
  const auto x = noise(80 * 128);
  const view<const float> item{x.data(), 1, dims(80, 128)};
  session<deployed<network>, cpu> expected(w);
  session<deployed<network>, cuda> run(w);
  const auto y = expected(item).value(), found = run(item).value();
  for (std::size_t o = 0; o < network::output_count; ++o) {
    REQUIRE(found.at(o).size() == y.at(o).size());
    for (idx i = 0; i < y.at(o).size(); ++i) CHECK(found.at(o).p[i] == Approx(y.at(o).p[i]).margin(1e-5));
  }
}

}  // namespace dcasenet_network_test
