#include <auris/backend/reference.hpp>
#include <auris/nn/session.hpp>
#include <networks/apae.hpp>

#include "support/catch.hpp"

using namespace auris;
using networks::apae_sizes;

namespace {

constexpr apae_sizes small{.classes = 3, .frames = 8, .mels = 4, .channels = 1};
constexpr apae_sizes with_maximum{.classes = 3, .frames = 8, .mels = 4, .channels = 1, .max_pooling = true};
constexpr apae_sizes of_class_maps{.classes = 3, .frames = 8, .mels = 4, .channels = 1, .decode_class_maps = true};
struct usual : networks::apae_with<small> {};
struct maximum : networks::apae_with<with_maximum> {};
struct decoded_maps : networks::apae_with<of_class_maps> {};

static_assert(maximum::parameters == usual::parameters);
static_assert(decoded_maps::parameters == usual::parameters + 9 * (3 * 8 + 8 * 8) + 4 * 8);  // a block more: 3 -> 8

template <class Network>
std::vector<float> reconstruction(const std::vector<float>& x, std::vector<float>* scores = nullptr) {
  const weights<Network> w(1);
  session<Network, reference> run(w);
  const auto y = run({x.data(), 1, dims(8, 4)}).value();
  const auto map = y.template get<"x_rec">();
  const auto p = y.template get<"y_pred">();
  if (scores) scores->assign(p.p, p.p + p.size());
  return {map.p, map.p + map.size()};
}

}  // namespace

TEST_CASE("2apae: max pooling, and a decoder of the class maps") {
  std::vector<float> x(32);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 7) - 3;
  const std::vector<float> mean = reconstruction<usual>(x);
  std::vector<float> scores, scores_of_maps;
  for (const auto& other : {reconstruction<maximum>(x, &scores), reconstruction<decoded_maps>(x, &scores_of_maps)}) {
    REQUIRE(other.size() == 32);
    CHECK(other != mean);
    for (float v : other) CHECK((v >= 0 && std::isfinite(v)));
  }
  for (const auto& all : {scores, scores_of_maps}) {
    REQUIRE(all.size() == 3);
    for (float p : all) CHECK((p > 0 && p < 1));
  }
}
