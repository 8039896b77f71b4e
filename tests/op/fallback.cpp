// Which operations the CPU backend leaves to the reference backend.
#include <auris/op/attention.hpp>
#include <auris/op/attention_pool.hpp>
#include <auris/op/bands.hpp>
#include <auris/op/clamp.hpp>
#include <auris/op/constant_q.hpp>
#include <auris/op/dct.hpp>
#include <auris/op/filter_bank.hpp>
#include <auris/op/logarithm.hpp>
#include <auris/op/pad.hpp>
#include <auris/op/stft.hpp>
#include <auris/op/transpose.hpp>
#include <auris/op/weighted_mean.hpp>
#include <auris/op/weighted_rank.hpp>
#include <string>
#include <utility>
#include <vector>

#include "op/backends.hpp"
#include "op/table/all.hpp"
#include "support/catch.hpp"

using namespace auris;

namespace {
template <class Operation>
constexpr bool own = has_kernel<Operation, cpu, float>;

using operations = std::vector<std::pair<const char*, bool>>;
std::string left_to_reference(const operations& list) {
  std::string names;
  for (const auto& [name, has_own] : list)
    if (!has_own) names += (names.empty() ? "" : ", ") + std::string(name);
  return names.empty() ? "none" : names;
}
}  // namespace

TEST_CASE("cpu has its own kernel for everything that the networks need", "[cpu]") {
  const operations needed{
      {"linear", own<op::linear>},
      {"conv2d", own<op::conv2d>},
      {"batch_norm", own<op::batch_norm>},
      {"scale_shift", own<op::scale_shift>},
      {"relu", own<op::relu>},
      {"sigmoid", own<op::sigmoid>},
      {"tanh", own<op::tanh>},
      {"gelu", own<op::gelu>},
      {"softmax", own<op::softmax>},
      {"log_softmax", own<op::log_softmax>},
      {"max_pool", own<op::max_pool>},
      {"avg_pool", own<op::avg_pool>},
      {"dropout", own<op::dropout>},
      {"gru", own<op::gru>},
      {"mean_axis", own<op::mean_axis>},
      {"copy", own<op::copy>},
      {"add", own<op::add>},
      {"multiply", own<op::multiply>},
      {"mean_squared_error", own<op::mean_squared_error>},
      {"weighted_soft_label", own<op::weighted_soft_label>},
      {"cross_entropy", own<op::cross_entropy>},
      {"binary_cross_entropy", own<op::binary_cross_entropy>},
      {"adam", own<op::adam>},
      {"sgd", own<op::sgd>},
      {"squared_norm", own<op::squared_norm>},
      {"clip", own<op::clip>},
      {"stft", own<op::stft>},
      {"filter_bank", own<op::filter_bank>},
      {"logarithm", own<op::logarithm>},
      {"bands", own<op::bands>},
      {"dct", own<op::dct>},
      {"clamp", own<op::clamp>},
      {"transpose", own<op::transpose>},
      {"weighted_mean", own<op::weighted_mean>},
      {"weighted_rank", own<op::weighted_rank>},
      {"attention_pool", own<op::attention_pool>},
      {"attention", own<op::attention>},
      {"constant_q", own<op::constant_q>},
  };
  const operations others{
      {"max_axis", own<op::max_axis>},
      {"layer_norm", own<op::layer_norm>},
      {"l2_normalize", own<op::l2_normalize>},
      {"repeat", own<op::repeat>},
      {"adaptive_avg_pool", own<op::adaptive_avg_pool>},
      {"interpolate", own<op::interpolate>},
      {"nt_xent", own<op::nt_xent>},
      {"pad", own<op::pad>},
      {"spec_augment", own<op::spec_augment>},
  };
  WARN("cpu leaves to reference, of the operations that its networks need: "
       << left_to_reference(needed) << "; of the others: " << left_to_reference(others));
  CHECK(left_to_reference(needed) == "none");
}
