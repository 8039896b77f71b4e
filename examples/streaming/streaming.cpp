// Live detection: a causal, unidirectional network is fed 200 ms of sound at a time, and gives the scores of the whole clip.
//
//   streaming [FILE]      a sound file; a chirp without one
#include <auris/audio/front_end_stream.hpp>
#include <auris/audio/presets.hpp>
#include <auris/audio/sound_file.hpp>
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <cmath>
#include <cstdio>

using namespace auris;

struct live_spec : sequential<as_image, conv2d<8, 3, 3, causal>, batch_norm, relu, max_pool<1, 4>,  //
                              conv2d<16, 3, 3, causal>, batch_norm, relu, max_pool<1, 4>, fold, gru<32>,
                              heads<output<"sed", linear<17>, sigmoid>>> {};
struct live : bind<live_spec, dims(dyn, 64)> {};

static std::vector<float> chirp(int rate) {
  std::vector<float> x(static_cast<std::size_t>(4 * rate));
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double t = static_cast<double>(i) / rate;
    x[i] = static_cast<float>(0.3 * std::sin(2 * 3.141592653589793 * (200 + 400 * t) * t));
  }
  return x;
}

static result<int> run(const char* file) {
  front_end_options options = preset::panns_log_mel;
  options.padding = padding_kind::zero;  // the first frame needs no sample to come
  std::vector<float> samples = chirp(options.rate);
  if (file) {
    auto sound = read_sound_file(file, {.rate = options.rate});
    if (!sound) return sound.error();
    samples = std::move(sound->samples);
  }
  auto front = front_end<cpu>::create(options);
  if (!front) return front.error();
  const weights<live> w(1);

  // The whole clip at once.
  const auto all = front->run(samples);
  if (!all) return all.error();
  session<deployed<live>, cpu> at_once(w);
  const auto expected = at_once({all->values.data(), 1, dims(all->frames, all->bands)});
  if (!expected) return expected.error();

  // The same, piece by piece.
  front_end_stream<cpu> ear(*front);
  stream<deployed<live>, cpu> network(w);
  idx frames = 0;
  float worst = 0;
  const auto hear = [&](const features& f) -> result<void> {
    if (f.frames == 0) return {};
    const auto y = network({f.values.data(), 1, dims(f.frames, f.bands)});
    if (!y) return y.error();
    const view<const float> now = y->get<"sed">(), whole = expected->get<"sed">();
    for (idx i = 0; i < now.size(); ++i) worst = std::max(worst, std::abs(now.p[i] - whole.p[frames * 17 + i]));
    frames += f.frames;
    return {};
  };
  const auto chunk = static_cast<std::size_t>(options.rate / 5);
  for (std::size_t at = 0; at < samples.size(); at += chunk) {
    const auto f = ear.push(std::span(samples).subspan(at, std::min(chunk, samples.size() - at)));
    if (!f) return f.error();
    if (auto ok = hear(*f); !ok) return ok.error();
  }
  const auto rest = ear.finish();
  if (!rest) return rest.error();
  if (auto ok = hear(*rest); !ok) return ok.error();

  std::printf("%td frames in pieces of 200 ms; the scores differ from those of the whole clip by at most %.1e\n",
              frames, static_cast<double>(worst));
  return frames == all->frames && worst < 1e-5f ? 0 : 1;
}

int main(int count, char* arguments[]) {
  const auto done = run(count > 1 ? arguments[1] : nullptr);
  if (!done) std::fprintf(stderr, "error: %s\n", done.error().text().c_str());
  return done ? *done : 1;
}
