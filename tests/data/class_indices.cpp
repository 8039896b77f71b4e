#include <auris/data/class_indices.hpp>

#include "support/catch.hpp"
#include "temporary_folder.hpp"

namespace class_indices_test {

using namespace auris;

using names = std::vector<std::string>;
const std::string header = "index,mid,display_name\n";

TEST_CASE("class indices: names in their order") {
  CHECK(parse_class_indices(
            header + "0,/m/09x0r,\"Speech\"\r\n1,/m/05zppz,\"Male speech, man speaking\"\n2,/t/x,Bark\n", "c.csv")
            .value() == names{"Speech", "Male speech, man speaking", "Bark"});
  CHECK(parse_class_indices(header, "c.csv").value().empty());
}

TEST_CASE("class indices: broken files are errors that name file and line") {
  CHECK(parse_class_indices("0,/m/09x0r,\"Speech\"\n", "c.csv").error().text() ==
        "bad header of classes: c.csv, line 1: expected index,mid,display_name, got '0,/m/09x0r,\"Speech\"'");
  CHECK(parse_class_indices(header + "0,a,\"A\"\n2,b,\"B\"\n", "c.csv").error().text() ==
        "bad row of classes: c.csv, line 3: expected 1, an identifier, a name, got '2,b,\"B\"'");
  for (const char* bad : {"1,a,A\n", "-0,a,A\n", "zero,a,A\n", "0\n", "0,a\n", "0,a,\n", "0,a,\"\"\n", "0,a,\"A\n",
                          "0,a,A,B\n", "0,a,A\"B\n", "0,a,\"\n", "99999999999999999999,a,A\n", "0,a,A\n0,a,A\n"})
    CHECK_FALSE(parse_class_indices(header + bad, "c.csv"));
  CHECK_FALSE(parse_class_indices("", "c.csv"));
}

TEST_CASE("class indices: from a file") {
  const temporary_folder folder;
  folder.write("c.csv", header + "0,a,A\n");
  CHECK(read_class_indices(folder / "c.csv").value() == names{"A"});
  CHECK_FALSE(read_class_indices(folder / "none.csv"));
}

}  // namespace class_indices_test
