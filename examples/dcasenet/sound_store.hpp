// Sounds that features are made of again and again, from other places each time.
#pragma once
#include <auris/core/executor.hpp>
#include <auris/core/result.hpp>
#include <filesystem>
#include <span>
#include <vector>

namespace dcasenet {

inline constexpr int sample_rate = 24000;

/// A sound at 24 kHz, pre-emphasised.
using sound = std::vector<float>;

/// y[n] = x[n + 1] - 0.97 x[n]
sound pre_emphasised(const std::vector<float>& x);
/// That of a file.
auris::result<sound> read_sound(const std::filesystem::path& file);

/// The sounds of files: as many as fit into the memory are kept, the others are read again when they are wanted.
class sound_store {
 public:
  /// Reads all files. `gigabytes`: of kept sounds.
  /// Errors  files that are missing or broken.
  static auris::result<sound_store> read(std::vector<std::filesystem::path> files, double gigabytes, const char* what,
                                         auris::executor&);
  const std::vector<std::filesystem::path>& files() const { return files_; }
  auris::idx samples(std::size_t i) const { return samples_[i]; }
  /// A sound, in `scratch` where it is not kept.
  /// Errors  the file is not what it was any more.
  auris::result<std::span<const float>> get(std::size_t i, sound& scratch) const;

 private:
  std::vector<std::filesystem::path> files_;
  std::vector<auris::idx> samples_;
  std::vector<sound> kept_;  // empty: read it again
};

}  // namespace dcasenet
