#include <networks/crnn_4b.hpp>

#include "system_of.hpp"

std::unique_ptr<soft_label::system> soft_label::make_crnn_4b(const system_options& o) {
  using namespace auris::networks;
  if (o.time != time_mode::whole) return nullptr;
  if (o.reduced) return std::make_unique<system_of<crnn_4b_sized<16, 8>>>(o);
  return std::make_unique<system_of<crnn_4b>>(o);
}
