// The metrics that the program has: each takes what was read and returns its figures.
#pragma once
#include <auris/metric/event_based.hpp>
#include <auris/metric/intersection_based.hpp>
#include <auris/metric/psds.hpp>
#include <auris/metric/segment_based.hpp>

#include "inputs.hpp"
#include "report.hpp"

namespace evaluate {

/// Detections from scores, where no estimate is given: runs of frames with score > threshold.
void detect(inputs&, double threshold);

auris::result<report> segment(const inputs&, const auris::segment_based_options&);
auris::result<report> events(const inputs&, const auris::event_based_options&);
auris::result<report> best_f(const inputs&, double segment, int time_decimals);
auris::result<report> intersection(const inputs&, const auris::intersection_based_options&);
auris::result<report> psds(const inputs&, const auris::psds_options&);

enum class tag_level { clip, frame };
auris::result<report> tags(const inputs&, tag_level);

}  // namespace evaluate
