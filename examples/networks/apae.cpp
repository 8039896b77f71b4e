#include "apae.hpp"

#include "network_runner_of.hpp"
#include "registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_apae_paper(const runner_options&);

std::unique_ptr<network_runner> make_apae(const runner_options& o) {
  runner_options rest = o;
  std::string attention = "code";
  if (const auto asked = rest.options.extract("attention")) attention = asked.mapped();
  if (attention == "paper") return make_apae_paper(rest);
  if (attention != "code")
    throw failure({"unknown option", "attention", "code or paper", message::of("'", attention, "'")});
  return make_runner<apae, only<apae, "y_pred", "x_rec">>(rest);
}
}  // namespace auris::networks
