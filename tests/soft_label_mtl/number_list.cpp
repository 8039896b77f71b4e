#include <soft_label_mtl/number_list.hpp>

#include "support/catch.hpp"

using soft_label::parse_numbers;

TEST_CASE("number_list: numbers and ranges of them") {
  CHECK(parse_numbers("", "x").value().empty());
  CHECK(parse_numbers("1-3,5", "x").value() == std::vector<int>{1, 2, 3, 5});
  CHECK(parse_numbers("1000", "x").value() == std::vector<int>{1000});
  CHECK(parse_numbers("2-2", "x").value() == std::vector<int>{2});
}

TEST_CASE("number_list: what is none is refused") {
  for (const char* text :
       {"0", "-1", "3-1", "1-", "1,", ",1", "1,,2", "a", "1a", "1-2-3", "1 2", "1001", "99999999999999", "1.5"}) {
    INFO(text);
    CHECK_FALSE(parse_numbers(text, "x"));
  }
}
