// What `evaluate --report` writes: one page with figures, confusions of scenes, and the lwlrap of every tag.
#pragma once
#include <string>
#include <vector>

#include "scoring.hpp"

namespace dcasenet {

struct evaluated_model {
  std::string name;
  scores s;
};

/// An HTML page.
std::string report_of(const std::vector<evaluated_model>&, const data_sets&);

}  // namespace dcasenet
