#include "given_list.hpp"

#include <auris/data/mixture_yaml.hpp>

auris::result<std::vector<auris::named_mixture>> weak_labels::read_given_list(const std::filesystem::path& file) {
  return auris::read_mixture_yaml(file);
}
