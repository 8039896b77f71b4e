#include <auris/core/content_hash.hpp>
#include <set>
#include <string>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("content hash: the same pieces, the same number") {
  const auto of = [](const auto&... piece) {
    content_hash h;
    (h.add(piece), ...);
    return std::string(h.text().digits);
  };
  CHECK(of(1, 2.5) == of(1, 2.5));
  CHECK(of(1, 2) != of(2, 1));
  CHECK(of(0.0) != of(-0.0));
  CHECK(of(std::int32_t{1}) != of(std::int64_t{1}));
  CHECK(of().size() == 32);
  content_hash a, b;
  a.add("abcd", 4);
  b.add("ab", 2), b.add("cd", 2);
  CHECK(std::string(a.text().digits) != b.text().digits);
}

TEST_CASE("content hash: one bit changes about half of all") {
  std::string text(40, 'x');
  std::set<std::string> seen;
  for (std::size_t i = 0; i < text.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string other = text;
      other[i] = static_cast<char>(other[i] ^ (1 << bit));
      content_hash h;
      h.add(other.data(), other.size());
      seen.insert(h.text().digits);
    }
  CHECK(seen.size() == text.size() * 8);
}
