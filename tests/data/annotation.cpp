#include <auris/data/annotation.hpp>

#include "support/catch.hpp"

namespace annotation_test {

using namespace auris;

using files = std::vector<annotated_file>;

static files parsed(std::string_view content) { return parse_annotation(content, "a.tsv").value(); }
static std::string problem(std::string_view content) {
  const auto r = parse_annotation(content, "a.tsv");
  return r ? "" : r.error().text().c_str();
}

TEST_CASE("annotation: rows without header") {
  CHECK(parsed("0\t1.5\n") == files{{"", {{0, 1.5, ""}}}});
  CHECK(parsed("0\t1.5\tdog bark\n2\t3\tcat") == files{{"", {{0, 1.5, "dog bark"}, {2, 3, "cat"}}}});
  CHECK(parsed("a.wav\t0\t1.5\tdog\n") == files{{"a.wav", {{0, 1.5, "dog"}}}});
  CHECK(parsed("a.wav\tstreet\t0\t1.5\tdog\n") == files{{"a.wav", {{0, 1.5, "dog"}}}});
}

TEST_CASE("annotation: a row with only a file name is a file without events") {
  CHECK(parsed("b.wav\na.wav\t0\t1\tdog\nc.wav\n") == files{{"b.wav", {}}, {"a.wav", {{0, 1, "dog"}}}, {"c.wav", {}}});
  CHECK(parsed("b.wav\nc.wav\n") == files{{"b.wav", {}}, {"c.wav", {}}});
  CHECK(parsed("filename\nb.wav\n") == files{{"b.wav", {}}});
}

TEST_CASE("annotation: files keep the order of their first row") {
  CHECK(parsed("b\t0\t1\tx\na\t1\t2\tx\nb\t3\t4\ty\n") ==
        files{{"b", {{0, 1, "x"}, {3, 4, "y"}}}, {"a", {{1, 2, "x"}}}});
}

TEST_CASE("annotation: tab, comma, semicolon, Windows line ends, byte order mark, blank lines") {
  const files expected{{"a.wav", {{0, 1.5, "dog"}}}};
  CHECK(parsed("a.wav,0,1.5,dog\n") == expected);
  CHECK(parsed("a.wav;0;1.5;dog\n") == expected);
  CHECK(parsed("a.wav; 0; 1.5; dog\r\n\r\n") == expected);
  CHECK(parsed("\xEF\xBB\xBF"
               "a.wav\t0\t1.5\tdog\r\n\n") == expected);
  CHECK(parsed("a.wav\t0\t1.5\tdog, small; brown\n") == files{{"a.wav", {{0, 1.5, "dog, small; brown"}}}});
  CHECK(parsed("0,1,dog;cat\n") == files{{"", {{0, 1, "dog;cat"}}}});
}

TEST_CASE("annotation: DESED strong labels") {
  CHECK(parsed("filename\tonset\toffset\tevent_label\na.wav\t0.5\t1\tDog\nb.wav\t\t\t\nc.wav\n") ==
        files{{"a.wav", {{0.5, 1, "Dog"}}}, {"b.wav", {}}, {"c.wav", {}}});
}

TEST_CASE("annotation: a header names the columns in any order, beside others") {
  CHECK(parsed("event_label,offset,scene,onset,filename\ndog,2,street,1,a.wav\n") == files{{"a.wav", {{1, 2, "dog"}}}});
  CHECK(parsed("event_onset\tevent_offset\tevent_label\n1\t2\tdog\n") == files{{"", {{1, 2, "dog"}}}});
  CHECK(parsed("filename\tonset\toffset\tevent_label\n").empty());
}

TEST_CASE("annotation: nothing") {
  CHECK(parsed("").empty());
  CHECK(parsed("\n \n").empty());
}

TEST_CASE("annotation: broken lines are errors that name file and line") {
  CHECK(problem("0\t1\tdog\n0\tx\tdog\n") == "not a number: a.tsv, line 2: expected a finite number, got 'x'");
  CHECK(problem("0\t1\tdog\n\n2\t1\tdog\n") == "bad event: a.tsv, line 3: expected 0 <= onset <= offset, got 2 to 1");
  CHECK(problem("filename\tonset\toffset\tevent_label\na.wav\t0\t1\n") ==
        "annotation row too short: a.tsv, line 2: expected at least 4 fields, got 3");
  CHECK(problem("filename\tonset\tevent_label\na.wav\t0\tdog\n") ==
        "bad annotation header: a.tsv, line 1: expected both onset and offset, got no offset");
  for (const char* bad :
       {"-1\t1\tdog\n", "nan\t1\tdog\n", "0\tinf\tdog\n", "0\n", "a\tb\tc\td\te\tf\n", "0 1 dog\n",
        "0\t1\tdog\n1 2 dog\n", "0\t1\tdog\n1,2,dog\n", "filename\tevent_labels\na.wav\tdog\n", "a.wav\t0\t\tdog\n"})
    CHECK_FALSE(parse_annotation(bad, "a.tsv"));
}

TEST_CASE("annotation: clip id") {
  CHECK(clip_id("a.wav") == "a");
  CHECK(clip_id("street/a.b.wav") == "street/a.b");
  CHECK(clip_id("street.v2/a") == "street.v2/a");
  CHECK(clip_id(".hidden") == ".hidden");
  CHECK(clip_id("") == "");
}

TEST_CASE("annotation: written with three decimals") {
  const files found{{"a.wav", {{0, 1.23456, "dog"}, {10.5, 11, "cat"}}}, {"b.wav", {}}};
  const std::string header = "filename\tonset\toffset\tevent_label\n";
  const std::string events = "a.wav\t0.000\t1.235\tdog\na.wav\t10.500\t11.000\tcat\n";
  CHECK(format_annotation(found).value() == header + events);
  CHECK(format_annotation(found, {.list_empty_files = true}).value() == header + events + "b.wav\t\t\t\n");
  CHECK(format_annotation({}).value() == header);
}

TEST_CASE("annotation: comes back from a file as it was") {
  const auto folder = std::filesystem::temp_directory_path() / "auris_annotation_test";
  const files found{{"a.wav", {{0.1, 1.0 / 3, "dog bark"}}}, {"b.wav", {}}, {"c.wav", {{0, 1e9, "x;y"}}}};
  write_annotation(folder / "out" / "events.tsv", found, {.decimals = 17, .list_empty_files = true}).value();
  CHECK(read_annotation(folder / "out" / "events.tsv").value() == found);
  std::filesystem::remove_all(folder);
  CHECK_FALSE(read_annotation(folder / "out" / "events.tsv"));
}

TEST_CASE("annotation: what the format cannot hold is not written") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(format_annotation(files{{"", {}}}));
  CHECK_FALSE(format_annotation(files{{"a\tb", {}}}));
  CHECK_FALSE(format_annotation(files{{"a", {{0, 1, "dog\n"}}}}));
  CHECK_FALSE(format_annotation(files{{"a", {{0, 1, ""}}}}));
  CHECK_FALSE(format_annotation(files{{"a", {{0, nan, "dog"}}}}));
  CHECK_FALSE(format_annotation(files{{"a", {{2, 1, "dog"}}}}));
  CHECK_FALSE(format_annotation({}, {.decimals = -1}));
}

}  // namespace annotation_test
