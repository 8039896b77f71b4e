// Scores of a system, from annotations and score files in DCASE's formats: segment, event, best-f, intersection, psds, tags.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <map>

#include "metrics.hpp"

using namespace evaluate;

namespace {

auris::result<report> timed(const input_files& files, const std::function<auris::result<report>(inputs&)>& compute) {
  using clock = std::chrono::steady_clock;
  using milliseconds = std::chrono::duration<double, std::milli>;
  const auto begin = clock::now();
  auto in = read_inputs(files);
  if (!in) return in.error();
  const auto read = clock::now();
  auto r = compute(*in);
  if (!r) return r.error();
  r->milliseconds = milliseconds(clock::now() - read).count();
  r->reading_milliseconds = milliseconds(read - begin).count();
  return r;
}

}  // namespace

int main(int count, char* arguments[]) {
  CLI::App app{"Metrics of sound event detection, from annotations and score files in DCASE's formats."};
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 1 an error that is told on standard error, 2 and above: the command line is wrong.");

  input_files files;
  bool json = false;
  double threshold = 0.5;
  const auto command = [&](const char* name, const char* what) {
    auto* c = app.add_subcommand(name, what);
    c->add_option("--reference", files.reference, "annotation: filename, onset, offset, event_label")->required();
    c->add_option("--durations", files.durations, "lengths of all files: filename, duration");
    c->add_option("--classes", files.classes, "classes to evaluate, commas between; those of the reference by default")
        ->delimiter(',');
    c->add_flag("--json", json, "one JSON object instead of a table");
    return c;
  };
  const auto of_events = [&](const char* name, const char* what) {
    auto* c = command(name, what);
    auto* estimate = c->add_option("--estimate", files.estimate, "annotation with the detections");
    auto* scores = c->add_option("--scores", files.scores, "folder of score tables, instead of detections");
    c->add_option("--threshold", threshold, "detections are where score > threshold")
        ->needs(scores)
        ->capture_default_str();
    estimate->excludes(scores);
    return c;
  };
  const auto of_scores = [&](const char* name, const char* what) {
    auto* c = command(name, what);
    c->add_option("--scores", files.scores, "folder of score tables <id>.tsv: onset, offset, classes")->required();
    return c;
  };
  const auto macro_options = [](CLI::App* c, auto& options) {
    c->add_flag("--undefined-f1-is-zero", options.undefined_f1_is_zero, "macro F1: classes without F1 count as 0");
    c->add_flag("--sed-eval-error-rate", options.sed_eval_error_rate,
                "classes without reference have sed_eval's error rate of 4.5e15");
  };

  auris::segment_based_options s;
  auto* segment_app = of_events("segment", "F1 and error rate of segments");
  segment_app->add_option("--resolution", s.resolution, "seconds of a segment")->capture_default_str();
  macro_options(segment_app, s);

  auris::event_based_options e;
  bool greedy = false, onset_only = false;
  auto* event_app = of_events("event", "F1 and error rate of events");
  event_app->add_option("--collar", e.collar, "seconds that times may be off")->capture_default_str();
  event_app->add_option("--offset-share", e.offset_share, "share of its length that an offset may be off")
      ->capture_default_str();
  event_app->add_flag("--greedy", greedy, "each event takes the first detection that fits");
  event_app->add_flag("--onset-only", onset_only, "offsets may be anywhere");
  macro_options(event_app, e);

  double segment_length = 1;
  int time_decimals = -1;
  auto* best_app = of_scores("best-f", "best F1 of segments over all thresholds, by class");
  best_app->add_option("--segment", segment_length, "seconds of a segment")->capture_default_str();
  best_app->add_option("--time-decimals", time_decimals, "round times as numpy does; -1: exact")->capture_default_str();

  auris::intersection_based_options i;
  auto* intersection_app = of_events("intersection", "F1 of events by what they share with detections");
  auris::psds_options p;
  auto* psds_app = of_scores("psds", "polyphonic sound detection score over all thresholds");
  for (const auto& [c, criteria] : {std::pair{intersection_app, &i.criteria}, {psds_app, &p.criteria}}) {
    c->add_option("--dtc", criteria->detection, "share of a detection that lies on events")->capture_default_str();
    c->add_option("--gtc", criteria->ground_truth, "share of an event that is covered")->capture_default_str();
    c->add_option("--cttc", criteria->cross_trigger, "share of a false alarm that lies on another class")
        ->capture_default_str();
  }
  intersection_app->add_flag("--psds-eval-quirk", i.psds_eval_quirk, "classes with nothing found leave the macro F1");
  psds_app->add_option("--alpha-ct", p.alpha_ct, "weight of cross triggers")->capture_default_str();
  psds_app->add_option("--alpha-st", p.alpha_st, "weight of the deviation between classes")->capture_default_str();
  psds_app->add_option("--max-efpr", p.max_efpr, "false positives per hour")->capture_default_str();

  tag_level level = tag_level::clip;
  auto* tags_app = of_scores("tags", "ROC AUC, average precision and lwlrap of clips or frames");
  const std::map<std::string, tag_level> levels{{"clip", tag_level::clip}, {"frame", tag_level::frame}};
  tags_app->add_option("--level", level, "clip (highest score against labels; default) or frame")
      ->transform(CLI::CheckedTransformer(levels).description(""));

  CLI11_PARSE(app, count, arguments);

  e.matching = greedy ? auris::event_matching::greedy : auris::event_matching::optimal;
  e.match_offsets = !onset_only;
  const bool events = segment_app->parsed() || event_app->parsed() || intersection_app->parsed();
  if (events && files.estimate.empty() && files.scores.empty()) {
    std::fputs("error: --estimate or --scores is required\n", stderr);
    return 2;
  }
  try {
    const auto r = timed(files, [&](inputs& in) -> auris::result<report> {
      if (in.weak && !tags_app->parsed())
        return auris::error{"no events", files.reference.c_str(), "onset and offset", "weak labels"};
      if (events && in.has_scores) detect(in, threshold);
      return segment_app->parsed()        ? segment(in, s)
             : event_app->parsed()        ? evaluate::events(in, e)
             : best_app->parsed()         ? best_f(in, segment_length, time_decimals)
             : intersection_app->parsed() ? intersection(in, i)
             : psds_app->parsed()         ? evaluate::psds(in, p)
                                          : tags(in, level);
    });
    if (r) return std::fputs((json ? to_json(*r) : to_table(*r)).c_str(), stdout) < 0;
    std::fprintf(stderr, "error: %s\n", r.error().text().c_str());
  } catch (const std::exception& failure) {  // no memory
    std::fprintf(stderr, "error: %s\n", failure.what());
  }
  return 1;
}
