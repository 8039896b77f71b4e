// Metrics, and events from scores.
#pragma once
#include <auris/metric/accuracy.hpp>
#include <auris/metric/best_f.hpp>
#include <auris/metric/detection_scores.hpp>
#include <auris/metric/double_threshold.hpp>
#include <auris/metric/event.hpp>
#include <auris/metric/event_based.hpp>
#include <auris/metric/event_roll.hpp>
#include <auris/metric/events_from_scores.hpp>
#include <auris/metric/frame_range.hpp>
#include <auris/metric/maximum_matching.hpp>
#include <auris/metric/median_filter.hpp>
#include <auris/metric/process_events.hpp>
#include <auris/metric/segment_based.hpp>
#include <auris/metric/segment_grid.hpp>
#include <auris/metric/task_4b.hpp>
