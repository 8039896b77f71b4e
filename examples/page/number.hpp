// Numbers as text.
#pragma once
#include <string>

namespace page {

/// A number in as few digits as it needs, at most `digits`; "-" where it is not finite.
std::string number(double, int digits = 4);
/// With so many decimals; "-" where it is not finite.
std::string fixed(double, int decimals);
/// With six decimals for JSON; null where it is not finite.
std::string json_number(double);

}  // namespace page
