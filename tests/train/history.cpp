#include <auris/train/history.hpp>

#include <auris/io/progress.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("history_csv: one line of names, one for each epoch, numbers that can be read back") {
  const std::vector<label> terms{"sed", "asc"};
  const std::vector<epoch_record> epochs{{1, 0.5, 0.25, {0.5, 1}, {0.25, 2}, 0.001, 2.5, true},
                                         {2, 0.1, 1.0 / 3, {1e-20, 0}, {0, 0}, 1e-4, 3, false}};
  CHECK(history_csv(terms, epochs) ==
        "epoch,loss,sed,asc,validation_loss,validation_sed,validation_asc,rate,seconds,best\n"
        "1,0.5,0.5,1,0.25,0.25,2,0.001,2.5,1\n"
        "2,0.1,1e-20,0,0.3333333333333333,0,0,1e-04,3,0\n");
}

TEST_CASE("progress_text: what is done, the rate, the time left") {
  CHECK(progress_text("epoch 2", 12, 40, 6) == "epoch 2 [######..............] 12/40, 2.0/s, 0:14 left");
  CHECK(progress_text("epoch 2", 0, 40, 0) == "epoch 2 [....................] 0/40");
  CHECK(progress_text("epoch 2", 40, 40, 4000) == "epoch 2 [####################] 40/40, 0.0/s, 0:00 left");
  CHECK(progress_text("x", 1, 1000, 10) == "x [....................] 1/1000, 0.1/s, 166:30 left");
  CHECK(progress_text("x", 0, 0, 0) == "x [####################] 0/0");
}
