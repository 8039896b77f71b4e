// Golden files, found from the root of the repository.
#pragma once
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#if !defined(AURIS_GOLDEN)
#define AURIS_GOLDEN "tests/golden"
#endif

inline nlohmann::json golden(const std::string& name) {
  return nlohmann::json::parse(std::ifstream(AURIS_GOLDEN "/" + name));
}
