// Features of many sound files. Needs libsndfile, and nlohmann-json for the files that it keeps.
#pragma once
#include <algorithm>
#include <auris/audio/front_end.hpp>
#include <auris/audio/sound_file.hpp>
#include <auris/core/content_hash.hpp>
#include <auris/core/executor.hpp>
#include <auris/io/progress.hpp>
#include <auris/io/safetensors.hpp>
#include <cmath>
#include <mutex>

namespace auris {

/// What a front-end made of a sound file, and how long that is.
struct file_features : features {
  double seconds = 0;
  bool computed = true;  ///< false: they lay in the cache
};

struct feature_run {
  integer_scale scale = integer_scale::power_of_two;  ///< of the samples of sound files
  executor* files = &calling_thread;                  ///< who takes files: each is one thread's
  bool progress = false;                              ///< a bar on standard error, where that is a terminal
};

namespace detail {

/// All that features depend on, but for the sound. The names are counted: a new option does not compile until it is here.
inline void add_options(content_hash& h, const front_end_options& o) {
  const auto& [rate, pre_emphasis, transform, fft, window_length, window, symmetry, unit_energy, hop, padding, spectrum,
               bands, per_octave, lowest, highest, scale, area_normalised, axis, logarithm, coefficients] = o;
  const auto& [log_scale, log_floor, log_offset, log_low] = logarithm;
  const auto add = [&h](const auto&... value) { (h.add(value), ...); };
  add(rate, pre_emphasis, transform, fft, window_length, window, symmetry, unit_energy, hop, padding, spectrum, bands,
      per_octave, lowest, highest, scale, area_normalised, axis, log_scale, log_floor, log_offset, log_low,
      coefficients);
}

}  // namespace detail

/// The name under which a cache keeps the features of a sound file with this content.
///
///     const std::string one = feature_key(preset::maestro_mfcc, integer_scale::power_of_two, "RIFF...");
inline std::string feature_key(const front_end_options& o, integer_scale scale, std::string_view content) {
  constexpr int format = 1;  // another number where front-ends give other values for the same options
  content_hash h;
  h.add(format);
  h.add(scale);
  detail::add_options(h, o);
  h.add(content.data(), content.size());
  return h.text().digits;
}

/// Features of sound files, kept in a folder: a safetensors file for each sound, named by a hash of the sound file's bytes
/// and of everything else that the features depend on. So what is found is never stale: another option, or a sound file
/// that has changed, is another name. Nothing is ever removed; the folder may be, at any time.
///
/// Sounds are brought to the front-end's rate. Files are taken in any order by the threads of `feature_run::files`; the
/// result does not depend on them. Several programs may share a folder.
///
/// Shape       one (frames, bands) for each file, in the order of the files.
/// Memory      all features; for each thread one sound file.
/// Errors      the first file, in the order given, that cannot be read or is too short; a file of the cache that cannot be
///             written. A damaged file of the cache is made anew.
///
///     const feature_cache cache("out/features");
///     const auto mels = front_end<cpu>::create(preset::maestro_log_mel).value();
///     thread_pool two(2);
///     const std::vector<std::filesystem::path> files{"a.wav", "b.wav"};
///     const std::vector<file_features> all = cache.get(mels, files, {.files = &two, .progress = true}).value();
class feature_cache {
 public:
  feature_cache() = default;  ///< keeps nothing: everything is computed
  explicit feature_cache(std::filesystem::path folder) : folder_(std::move(folder)) {}

  template <class Backend>
  result<std::vector<file_features>> get(const front_end<Backend>& f, std::span<const std::filesystem::path> files,
                                         const feature_run& run = {}) const {
    const idx count = static_cast<idx>(files.size());
    std::vector<file_features> all(files.size());
    std::vector<std::optional<error>> errors(files.size());
    progress_bar bar(count, run.progress);
    std::mutex one_at_a_time;  // of bar and files: two sounds may be the same
    idx done = 0;
    for_blocks(*run.files, count, [&](idx block, int) {
      const auto i = static_cast<std::size_t>(block);
      try {
        auto made = features_of(f, files[i], run.scale, one_at_a_time);
        if (made)
          all[i] = std::move(*made);
        else
          errors[i] = made.error();
      } catch (const std::exception& e) {  // no memory
        errors[i] = error{e.what(), files[i].c_str()};
      }
      const std::lock_guard guard(one_at_a_time);
      bar.show("features", ++done);
    });
    for (const auto& e : errors)
      if (e) return *e;
    const auto computed = std::ranges::count(all, true, &file_features::computed);
    bar.finish(message::of("features of ", count, " files, ", static_cast<idx>(computed), " of them computed").c_str());
    return all;
  }

 private:
  template <class Backend>
  result<file_features> features_of(const front_end<Backend>& f, const std::filesystem::path& path, integer_scale scale,
                                    std::mutex& writing) const {
    std::filesystem::path kept;
    if (!folder_.empty()) {
      const auto content = read_file(path);
      if (!content) return content.error();
      kept = folder_ / (feature_key(f.options(), scale, *content) + ".safetensors");
      if (auto found = read_kept(kept, f.bands())) return std::move(*found);
    }
    const auto sound = read_sound_file(path, {.scale = scale, .rate = f.options().rate});
    if (!sound) return sound.error();
    auto made = f.run(sound->samples);
    if (!made) {
      error e = made.error();
      e.where = message::of(path.c_str(), e.where.empty() ? "" : ": ", e.where);
      return e;
    }
    file_features r;
    static_cast<features&>(r) = std::move(*made);
    r.seconds = sound->seconds();
    if (!kept.empty()) {
      const std::lock_guard guard(writing);
      if (auto ok = write_kept(kept, r); !ok) return ok.error();
    }
    return r;
  }

  static result<void> write_kept(const std::filesystem::path& path, const file_features& f) {
    tensor_file file;
    file.tensors.push_back(tensor_of<float>("features", {f.frames, f.bands}, f.values));
    file.tensors.push_back(tensor_of<double>("seconds", {}, std::span(&f.seconds, 1)));
    return write_safetensors(path, file);
  }
  /// Nothing where there is no such file, or not such a one.
  static std::optional<file_features> read_kept(const std::filesystem::path& path, idx bands) {
    std::error_code problem;
    if (!std::filesystem::exists(path, problem)) return std::nullopt;
    const auto file = read_safetensors(path);
    if (!file) return std::nullopt;
    const named_tensor *values = file->find("features"), *seconds = file->find("seconds");
    if (!values || values->type != dtype::f32 || values->shape.size() != 2 || values->shape[1] != bands || !seconds ||
        seconds->type != dtype::f64 || !seconds->shape.empty())
      return std::nullopt;
    file_features f;
    f.frames = values->shape[0], f.bands = bands, f.computed = false;
    f.values = values->floats();
    seconds->copy_to(&f.seconds);
    if (f.frames < 1 || !(f.seconds > 0 && std::isfinite(f.seconds)) ||
        detail::non_finite(f.values.data(), static_cast<idx>(f.values.size())) >= 0)
      return std::nullopt;
    return f;
  }

  std::filesystem::path folder_;
};

}  // namespace auris
