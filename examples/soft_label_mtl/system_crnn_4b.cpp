#include <networks/crnn_4b.hpp>

#include "system_of.hpp"

namespace soft_label {

std::unique_ptr<system> make_crnn_4b(const system_options& o) {
  if (o.time != networks::time_mode::whole || o.linear_layers == 2 || o.features != 64) return nullptr;
  if (o.reduced) return std::make_unique<system_of<networks::crnn_4b_sized<16, 8>>>(o);
  return std::make_unique<system_of<networks::crnn_4b>>(o);
}

}  // namespace soft_label
