#include <auris/audio/front_end.hpp>
#include <auris/audio/presets.hpp>
#include <auris/backend/cublas.hpp>
#include <auris/backend/cudnn.hpp>
#include <auris/backend/cufft.hpp>

#include "../cuda_network.hpp"
using namespace auris;

/// 0: the same features; else 1.
template <class First, class Second>
int compare_front_ends() {
  std::vector<float> sound(4000);
  for (std::size_t i = 0; i < sound.size(); ++i) sound[i] = static_cast<float>(i * i % 997) / 997 - 0.5f;
  const auto features = [&](auto front) { return front.run(sound).value().values; };
  const auto a = features(front_end<First>::create(preset::panns_log_mel).value());
  const auto b = features(front_end<Second>::create(preset::panns_log_mel).value());
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!(__builtin_fabsf(a[i] - b[i]) < 1e-3f)) return 1;
  return a.size() == b.size() ? 0 : 1;
}

int main() {
  using libraries =
      cuda_backend<convolution::cudnn, recurrence::cudnn, matrix_product::cublas, fourier_transform::cufft>;
  const int networks = compare_backends<cuda, libraries>();
  return networks == 0 ? compare_front_ends<cuda, libraries>() : networks;
}
