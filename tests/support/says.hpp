#pragma once
#include <string>

/// That a result is an error whose text holds these words.
bool says(const auto& r, const std::string& text) {
  return !r && std::string(r.error().text().c_str()).find(text) != std::string::npos;
}
