#include "sound_store.hpp"

#include <atomic>
#include <auris/audio/sound_file.hpp>

#include "for_files.hpp"

using namespace auris;

namespace dcasenet {

sound pre_emphasised(const std::vector<float>& x) {
  sound y(x.empty() ? 0 : x.size() - 1);
  for (std::size_t n = 0; n < y.size(); ++n) y[n] = x[n + 1] - 0.97f * x[n];
  return y;
}

result<sound> read_sound(const std::filesystem::path& file) {
  const auto r = read_sound_file(file, {.rate = sample_rate});
  if (!r) return r.error();
  return pre_emphasised(r->samples);
}

result<sound_store> sound_store::read(std::vector<std::filesystem::path> files, double gigabytes, const char* what,
                                      executor& threads) {
  sound_store store;
  store.files_ = std::move(files);
  store.samples_.resize(store.files_.size());
  store.kept_.resize(store.files_.size());
  std::atomic<double> room = gigabytes * 1e9 / sizeof(float);
  const auto ok = for_files(threads, what, store.files_, [&](std::size_t i) -> result<void> {
    auto x = read_sound(store.files_[i]);
    if (!x) return x.error();
    store.samples_[i] = static_cast<idx>(x->size());
    const auto size = static_cast<double>(x->size());
    if (room.fetch_sub(size) >= size)
      store.kept_[i] = std::move(*x);
    else
      room.fetch_add(size);
    return {};
  });
  if (!ok) return ok.error();
  return store;
}

result<std::span<const float>> sound_store::get(std::size_t i, sound& scratch) const {
  if (!kept_[i].empty()) return std::span<const float>(kept_[i]);
  auto x = read_sound(files_[i]);
  if (!x) return x.error();
  if (static_cast<idx>(x->size()) != samples_[i])
    return error{"the file has changed since it was read first", files_[i].c_str(),
                 message::of(samples_[i], " samples"), message::of(x->size())};
  scratch = std::move(*x);
  return std::span<const float>(scratch);
}

}  // namespace dcasenet
