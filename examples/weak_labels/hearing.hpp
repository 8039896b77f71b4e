// When the classes of a clip are heard: scores of frames, and events, from what a network shows besides its scores of the clip.
#pragma once
#include <auris/data/frame_matrix.hpp>
#include <auris/io/tensor_file.hpp>
#include <auris/metric/event.hpp>

namespace weak_labels {

/// What makes an event: those of Kong et al., whose 10 frames are 0.32 s.
struct hearing_options {
  float clip = 0.1f;              ///< a class is heard only where its score of the clip is above
  float high = 0.2f, low = 0.1f;  ///< an event needs a frame above `high`, and lasts while frames are at least `low`
  double smooth = 0.32;           ///< seconds: gaps up to this are closed
  double salt = 0.32;             ///< seconds: events up to this are dropped
};

struct hearing {
  std::vector<float> clip;     ///< scores (class)
  auris::frame_matrix frames;  ///< scores (frame, class)
  std::vector<auris::event> events;
};

/// Of the named outputs of one clip; s is the score of class k in frame t, means are over mel:
///
///     2apae                          s = mel_x[k,t] time_attw[k,t] / max over t of time_attw[k,t]
///     weak_gmp, weak_gap, weak_gwrp  s = mean of segmentation[k,t]
///     weak_atrous                    s = y_pred[k] a[k,t] / max over t of a[k,t],  a = mean of attention[k,t]
///
/// The second is Kong's; the first lets a frame count as much as the network attended to it, and the third does the same with
/// the only thing that the atrous network says about time: both are ours.
///
/// Shape   outputs in PyTorch's layout of at least as many classes; the first ones count. hop in seconds.
/// Errors  outputs of another network, or of other shapes; a hop that is not positive.
auris::result<hearing> listen(std::span<const auris::named_tensor> outputs, std::span<const std::string> classes,
                              double hop, const hearing_options& = {});

}  // namespace weak_labels
