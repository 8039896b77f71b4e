// The seven panels that show why 2APAE says what it says (figure 3 of Deshmukh, Raj and Singh 2020).
#pragma once
#include <auris/data/frame_matrix.hpp>
#include <auris/io/model_file.hpp>
#include <auris/metric/event.hpp>

#include "clips.hpp"

namespace weak_labels {

/// What 2APAE shows of a clip, for the classes of its model.
struct explained_clip {
  auris::idx frames = 0, bands = 0;
  double hop = 0;  ///< seconds
  std::vector<std::string> classes;
  std::vector<float> input, reconstruction;  ///< (frame, band), standardised
  std::vector<float> mel_attention;          ///< (class, frame, band): the weights of the first step
  std::vector<float> heard_in_frames;        ///< (class, frame): what the first step gives
  std::vector<float> time_attention;         ///< (class, frame): the weights of the second step
  std::vector<float> scores;                 ///< (class)
  std::vector<std::size_t> by_score;         ///< classes, the highest score first

  /// Errors  outputs of another network.
  static auris::result<explained_clip> of(const clip_batch& one, std::span<const auris::named_tensor> outputs,
                                          const auris::model_description&);

  float mel_weight(std::size_t k, auris::idx t, auris::idx band) const {
    return mel_attention[(k * static_cast<std::size_t>(frames) + static_cast<std::size_t>(t)) *
                             static_cast<std::size_t>(bands) +
                         static_cast<std::size_t>(band)];
  }
  float heard_in_frame(std::size_t k, auris::idx t) const {
    return heard_in_frames[k * static_cast<std::size_t>(frames) + static_cast<std::size_t>(t)];
  }
  float time_weight(std::size_t k, auris::idx t) const {
    return time_attention[k * static_cast<std::size_t>(frames) + static_cast<std::size_t>(t)];
  }
};

/// A PNG, drawn by gnuplot of a script that stays beside it: input, reconstruction, first-step attention of the two highest classes, what the first step gives,
/// second-step attention, scores. Each panel has shades of its own; labelled events, if any, are outlined.
///
/// Errors  no gnuplot, or a file that it cannot write.
auris::result<void> draw_panels(const explained_clip&, const std::vector<auris::event>& labelled,
                                const std::string& title, const std::filesystem::path& picture);

}  // namespace weak_labels
