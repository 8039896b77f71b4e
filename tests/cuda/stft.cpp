// What the tests of the operation do not reach: more long frames than blocks that have room for one in the workspace.
#include <auris/backend/cuda.cuh>
#include <auris/core/random.hpp>
#include <vector>

#include "support/catch.hpp"

namespace stft_test {

using namespace auris;

TEST_CASE("stft: blocks that transform several frames in the workspace", "[cuda]") {
  constexpr idx frames = 259;
  for (const idx fft : {25200, 25168}) {  // in place; and with factors of 11 and 13
    const auto transformed = [fft](idx count, const float* x) {
      const op::stft::size s{count, fft, 3, true};
      std::vector<float> window(static_cast<std::size_t>(fft), 1.0f), roots(static_cast<std::size_t>(2 * fft));
      std::vector<float> y(static_cast<std::size_t>(count * s.bins()));
      op::stft::make_table(fft, roots.data());
      using k = kernel<op::stft, cuda, float>;
      std::vector<float> workspace(static_cast<std::size_t>(k::forward_workspace(s, 1)));
      CHECK(!workspace.empty());
      k::forward({nullptr, workspace.data()}, s, x, window.data(), roots.data(), y.data());
      CHECK(cuda::status());
      return y;
    };
    std::vector<float> x(static_cast<std::size_t>(op::stft::size{frames, fft, 3}.samples()));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(uniform(3, i));
    const auto all = transformed(frames, x.data());
    for (const idx t : {idx(0), idx(2), idx(255), idx(256), frames - 1}) {
      INFO("fft " << fft << ", frame " << t);
      const auto one = transformed(1, x.data() + 3 * t);
      CHECK(std::equal(one.begin(), one.end(), all.begin() + t * static_cast<idx>(one.size())));
    }
  }
}

}  // namespace stft_test
