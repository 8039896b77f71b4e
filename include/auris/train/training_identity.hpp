#pragma once
#include <auris/core/message.hpp>
#include <auris/core/parameter.hpp>
#include <auris/core/random.hpp>
#include <auris/optim/schedule.hpp>
#include <string>
#include <utility>
#include <vector>

namespace auris::detail {

/// What must be the same for a training to go on from a checkpoint: names and texts, compared one by one so that an
/// error can say what differs. The largest number of epochs is left out: a training may be made longer.
using training_identity = std::vector<std::pair<std::string, std::string>>;

/// A number for the layout of a network: names, shapes and places of its parameters and buffers, and which of them train.
template <class Network>
std::uint64_t layout_of() {
  struct hasher final : table_visitor {
    std::uint64_t h = 0;
    void add(std::uint64_t v) { h = mix(h + v + 0x9E3779B97F4A7C15u); }
    void operator()(const table_entry& e) override {
      for (const char* c = e.name; *c; ++c) add(static_cast<unsigned char>(*c));
      for (int i = 0; i < e.stored.rank; ++i) add(static_cast<std::uint64_t>(e.stored[i]));
      for (const bool b : {e.is_buffer, e.trains, e.used}) add(b);
    }
  } visitor;
  Network::visit_parameters(visitor);
  return visitor.h;
}

template <class Trainer, class Training, class Validation>
training_identity identity_of(const Trainer& t, idx batch, const plateau_options& schedule, const std::string& setting,
                              const Training& training, const Validation& validation) {
  using network = typename Trainer::network;
  const auto text = [](const auto&... part) { return std::string(message::of(part...).c_str()); };
  std::string changes;
  if constexpr (requires { training.describe(); }) changes = text(", ", training.describe());
  return {{"network", text(network::parameters, " parameters, ", network::output_count, " outputs, layout ",
                           layout_of<network>() >> 1)},  // messages know signed numbers only
          {"objective", t.objective.describe().c_str()},
          {"optimiser", t.optimiser.method.describe().c_str()},
          {"largest norm", text(t.largest_norm)},
          {"seed", std::to_string(t.seed)},
          {"batch", text(batch)},
          {"schedule", text("rate patience ", schedule.rate_patience, ", stop patience ", schedule.stop_patience,
                            ", divisor ", schedule.divisor)},
          {"setting", setting},
          {"training data", text(idx(training.count()), " x ", shape(training.item())) + changes},
          {"validation data", text(idx(validation.count()), " x ", shape(validation.item()))}};
}

}  // namespace auris::detail
