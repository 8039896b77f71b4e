#include <networks/crnn_4b.hpp>

#include "system_of.hpp"

std::unique_ptr<soft_label::system> soft_label::make_crnn_4b(std::uint64_t seed, backend_kind backend) {
  return std::make_unique<system_of<auris::networks::crnn_4b>>(seed, backend);
}
