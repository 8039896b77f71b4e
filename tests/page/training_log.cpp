#include <auris/io/file.hpp>
#include <auris/train/history.hpp>
#include <cmath>
#include <page/training_log.hpp>

#include "support/catch.hpp"

using namespace auris;

namespace {
const std::filesystem::path file = "build/page_test_log.csv";
}

TEST_CASE("training_log: what fit writes") {
  const std::vector<label> terms{"sed", "asc"};
  const std::vector<epoch_record> epochs{{1, 3, 4, {1, 2}, {2.5, 1.5}, 1e-3, 2, true},
                                         {2, 2, 5, {1, 1}, {3, 2}, 1e-3, 2, false}};
  write_file(file, history_csv(terms, epochs)).value();
  const page::training_log log = page::read_training_log(file).value();
  REQUIRE(log.find("validation_sed"));
  CHECK(*log.find("validation_sed") == std::vector<double>{2.5, 3});
  CHECK_FALSE(log.find("nothing"));
  const auto charts = page::loss_curves(log, "net");
  REQUIRE(charts.size() == 2);
  REQUIRE(charts[0].lines.size() == 2);
  CHECK(charts[0].lines[0].name == "validation");
  CHECK(charts[0].lines[0].y == std::vector<double>{4, 5});
  REQUIRE(charts[1].lines.size() == 4);
  CHECK(charts[1].lines[3].name == "asc, training");
  CHECK(charts[1].lines[3].colour == 1);
  CHECK(page::curves_of(log, "t", "rate", {"rate", "nothing"}).lines.size() == 1);
}

TEST_CASE("training_log: one term is the loss itself") {
  const std::vector<label> terms{"sed"};
  const std::vector<epoch_record> epochs{{1, 3, 4, {3}, {4}, 1e-3, 2, true}};
  write_file(file, history_csv(terms, epochs)).value();
  CHECK(page::loss_curves(page::read_training_log(file).value(), "net").size() == 1);
}

TEST_CASE("training_log: gaps, and files that are no log") {
  write_file(file, "epoch,loss\n1,nan\n2,0.5\n").value();
  const page::training_log log = page::read_training_log(file).value();
  CHECK(std::isnan((*log.find("loss"))[0]));
  CHECK((*log.find("loss"))[1] == 0.5);
  for (const char* text : {"", "a,b\n1,2\n"}) {
    write_file(file, text).value();
    const auto bad = page::read_training_log(file);
    REQUIRE_FALSE(bad);
    CHECK(std::string(bad.error().text().c_str()).find("a column 'epoch'") != std::string::npos);
  }
  write_file(file, "epoch,loss\n1,2,3\n").value();
  const auto bad = page::read_training_log(file);
  REQUIRE_FALSE(bad);
  CHECK(std::string(bad.error().text().c_str()).find("line 2") != std::string::npos);
  CHECK_FALSE(page::read_training_log("build/there_is_no_such_log.csv"));
}
