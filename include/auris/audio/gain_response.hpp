#pragma once
#include <auris/audio/front_end_options.hpp>
#include <span>
#include <vector>

namespace auris {

/// What a decibel of gain adds to each column of a front-end's features, where no band is at the logarithm's floor: scale
/// ln(10) / 10 of the power, half of that of magnitudes; of cepstra only the first one changes, by the root of the bands
/// times as much. Divided by `deviation`, one for each column, where features are standardised. For `augmentation`.
///
/// Errors  a front-end without a logarithm, where gain multiplies; not as many deviations as columns, or one that is not
///         above 0.
///
///     const std::vector<float> mfcc = gain_response(preset::maestro_mfcc).value();                    // 8, 0, 0, ...
inline result<std::vector<float>> gain_response(const front_end_options& o, std::span<const double> deviation = {}) {
  if (auto ok = o.check(); !ok) return ok.error();
  if (o.logarithm.scale == 0) return error{"gain does not add to these features", "gain_response", "a logarithm"};
  const idx columns = o.columns();
  if (!deviation.empty() && static_cast<idx>(deviation.size()) != columns)
    return error{"wrong number of deviations", "gain_response", message::of(columns), message::of(deviation.size())};
  for (const double d : deviation)
    if (!(d > 0)) return error{"bad deviation", "gain_response", "above 0", message::of(d)};
  const double decibel = o.logarithm.scale * std::numbers::ln10 / (o.spectrum == spectrum_kind::power ? 10 : 20);
  std::vector<float> response(static_cast<std::size_t>(columns));
  for (std::size_t i = 0; i < response.size(); ++i) {
    const double change = o.coefficients == 0 ? decibel
                          : i == 0            ? decibel * std::sqrt(static_cast<double>(o.bands))
                                              : 0;
    response[i] = static_cast<float>(change / (deviation.empty() ? 1 : deviation[i]));
  }
  return response;
}

}  // namespace auris
