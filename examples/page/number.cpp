#include "number.hpp"

#include <cmath>
#include <cstdio>

namespace page {

namespace {
std::string formatted(const char* format, int digits, double v) {
  char text[400];  // a double may have over 300 digits in front of its point
  std::snprintf(text, sizeof text, format, digits, v);
  return text;
}
}  // namespace

std::string number(double v, int digits) { return std::isfinite(v) ? formatted("%.*g", digits, v) : "-"; }
std::string fixed(double v, int decimals) { return std::isfinite(v) ? formatted("%.*f", decimals, v) : "-"; }
std::string json_number(double v) { return std::isfinite(v) ? formatted("%.*f", 6, v) : "null"; }

}  // namespace page
