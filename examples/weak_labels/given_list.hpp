// Lists of mixtures that somebody else has made.
#pragma once
#include <auris/data/mixture_list.hpp>
#include <filesystem>

namespace weak_labels {

/// The mixtures of a list in YAML.
///
/// Errors  those of `read_mixture_yaml`; a program that was built without yaml-cpp.
auris::result<std::vector<auris::named_mixture>> read_given_list(const std::filesystem::path&);

}  // namespace weak_labels
