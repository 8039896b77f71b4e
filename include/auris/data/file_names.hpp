#pragma once
#include <string>
#include <string_view>

namespace auris::detail {

/// "cafe_restaurant/cafe_restaurant_00", "...\cafe_restaurant_00.wav" -> "cafe_restaurant_00".
inline std::string bare_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  if (slash != name.npos) name.remove_prefix(slash + 1);
  if (name.ends_with(".wav")) name.remove_suffix(4);
  return std::string(name);
}

}  // namespace auris::detail
