#include <auris/audio/sound_file.hpp>
#include <auris/backend/cpu/thread_pool.hpp>
#include <dcasenet/sound_store.hpp>
#include <numeric>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"
#include "support/says.hpp"

using namespace auris;
using dcasenet::sound, dcasenet::sound_store;

namespace {

std::filesystem::path ramp(const temporary_folder& folder, const char* name, std::size_t samples) {
  std::vector<float> x(samples);
  std::iota(x.begin(), x.end(), 1.f);
  for (float& v : x) v /= 1024;
  const auto path = folder.path() / name;
  REQUIRE(write_sound_file(path, x, dcasenet::sample_rate));
  return path;
}
sound copy_of(const sound_store& store, std::size_t i) {
  sound scratch;
  const auto x = store.get(i, scratch);
  REQUIRE(x);
  return {x->begin(), x->end()};
}
bool is_kept(const sound_store& store, std::size_t i) {
  sound scratch;
  const auto x = store.get(i, scratch);
  return x && x->data() != scratch.data();
}

}  // namespace

TEST_CASE("sound_store: sounds are the same whether they are kept or read again") {
  const temporary_folder folder;
  const std::vector files{ramp(folder, "a.wav", 301), ramp(folder, "b.wav", 501), ramp(folder, "one.wav", 1)};
  thread_pool threads(2);
  const double bytes = 1e-9;
  const auto all = sound_store::read(files, 1, "sounds", threads),
             some = sound_store::read(files, 2000 * bytes, "", threads),
             none = sound_store::read(files, 0, "", threads);
  REQUIRE(all);
  REQUIRE(some);
  REQUIRE(none);
  CHECK((is_kept(*all, 0) && is_kept(*all, 1)));
  CHECK(is_kept(*some, 0) != is_kept(*some, 1));  // 1200 and 2000 bytes
  CHECK_FALSE((is_kept(*none, 0) || is_kept(*none, 1)));
  for (const sound_store* store : {&*all, &*some, &*none}) {
    CHECK(store->samples(0) == 300);
    CHECK(store->samples(1) == 500);
    CHECK(store->samples(2) == 0);
    for (std::size_t i = 0; i < 3; ++i) CHECK(copy_of(*store, i) == copy_of(*all, i));
  }
  const auto b = copy_of(*none, 1);
  CHECK(b[10] == Approx((12 - 0.97 * 11) / 1024).margin(1e-4));
}

TEST_CASE("sound_store: files that are missing, or change in between") {
  const temporary_folder folder;
  const std::vector files{ramp(folder, "a.wav", 301), ramp(folder, "b.wav", 501)};
  CHECK(says(sound_store::read({files[0], folder.path() / "c.wav"}, 1, "", calling_thread), "no such file"));
  const auto store = sound_store::read(files, 0, "", calling_thread);
  REQUIRE(store);
  ramp(folder, "a.wav", 200);
  std::filesystem::remove(files[1]);
  sound scratch;
  const auto changed = store->get(0, scratch), gone = store->get(1, scratch);
  CHECK(says(changed, "has changed"));
  CHECK(says(gone, "no such file"));
}
