"""Compares the metrics of the program `evaluate` with sed_eval, sed_scores_eval, psds_eval and scikit-learn on a seeded data set of clips
of 10 s with 10 classes: the largest difference of any figure, and times of computing alone, without reading files, in turns.
"""
import argparse
import importlib.metadata
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when libraries are loaded
warnings.filterwarnings("ignore")

import numpy as np
import pandas as pd

from table import table

SECONDS, HOP, CLASSES = 10.0, 0.064, [f"class_{i}" for i in range(10)]
FRAMES = math.ceil(SECONDS / HOP)
TIMES = np.minimum(np.arange(FRAMES + 1) * HOP, SECONDS)
COLUMNS = ["filename", "onset", "offset", "event_label"]
SCENARIOS = {"psds 1": dict(dtc_threshold=.7, gtc_threshold=.7, cttc_threshold=None, alpha_ct=0., alpha_st=1., max_efpr=100.),
             "psds 2": dict(dtc_threshold=.1, gtc_threshold=.1, cttc_threshold=.3, alpha_ct=.5, alpha_st=1., max_efpr=100.)}


class DataSet:
    """Events at random, scores that follow them with errors, detections above 0.5; all of it in files as well."""

    def __init__(self, folder, clips):
        rng = np.random.default_rng(1)
        reference, estimate, self.scores = [], [], {}
        for i in range(clips):
            clip, s = f"clip_{i:05d}", 0.15 * rng.random((FRAMES, len(CLASSES)))
            for c in rng.choice(len(CLASSES), rng.integers(0, 4), replace=False):
                onset = round(float(rng.uniform(0, 9)), 3)
                offset = round(min(SECONDS, onset + float(rng.uniform(0.3, 5))), 3)
                reference.append((clip, onset, offset, CLASSES[c]))
                first, last = onset + rng.normal(0, .15), offset + rng.normal(0, .3)
                s[int(max(0, first) / HOP):int(min(SECONDS, last) / HOP), c] += rng.uniform(0.1, 0.85)
            self.scores[clip] = s = np.clip(np.round(s, 4), 0, 1)
            for c, label in enumerate(CLASSES):
                change = np.diff(np.r_[0, s[:, c] > 0.5, 0].astype(int))
                for a, b in zip(np.where(change == 1)[0], np.where(change == -1)[0]):
                    estimate.append((clip, round(a * HOP, 3), round(min(SECONDS, b * HOP), 3), label))
        self.reference, self.estimate = (pd.DataFrame(rows, columns=COLUMNS) for rows in (reference, estimate))
        self.durations = pd.DataFrame({"filename": list(self.scores), "duration": SECONDS})
        self.frames = {}
        os.makedirs(os.path.join(folder, "scores"), exist_ok=True)
        for clip, s in self.scores.items():
            f = pd.DataFrame(s, columns=CLASSES)
            f.insert(0, "offset", TIMES[1:])
            f.insert(0, "onset", TIMES[:-1])
            f.to_csv(os.path.join(folder, "scores", clip + ".tsv"), sep="\t", index=False)
            self.frames[clip] = f
        for name in ("reference", "estimate", "durations"):
            getattr(self, name).to_csv(os.path.join(folder, name + ".tsv"), sep="\t", index=False)
        self.folder = folder
        self.truth = {clip: [] for clip in self.scores}
        for clip, *event in reference:
            self.truth[clip].append(tuple(event))


def of_sed_eval(data):
    import dcase_util
    import sed_eval

    def lists(frame):
        by_clip = {clip: [] for clip in data.scores}
        for r in frame.itertuples():
            by_clip[r.filename].append({"filename": r.filename, "onset": r.onset, "offset": r.offset, "event_label": r.event_label})
        return {clip: dcase_util.containers.MetaDataContainer(rows) for clip, rows in by_clip.items()}
    reference, estimate = lists(data.reference), lists(data.estimate)

    def run(make):
        metric = make()
        for clip in data.scores:
            metric.evaluate(reference_event_list=reference[clip], estimated_event_list=estimate[clip])
        figures = {}
        for scope, r in (("micro", metric.results_overall_metrics()), ("macro", metric.results_class_wise_average_metrics())):
            figures |= {f"{scope}.f1": r["f_measure"]["f_measure"], f"{scope}.error_rate": r["error_rate"]["error_rate"]}
        for label, r in metric.results_class_wise_metrics().items():
            figures |= {f"classes.{label}.f1": r["f_measure"]["f_measure"], f"classes.{label}.error_rate": r["error_rate"]["error_rate"]}
        return figures
    of_events = dict(t_collar=0.2, percentage_of_length=0.2)
    events = sed_eval.sound_event.EventBasedMetrics
    return {
        "segment": (["segment", "--resolution", "1"], lambda: run(lambda: sed_eval.sound_event.SegmentBasedMetrics(CLASSES, 1.0))),
        "event": (["event", "--collar", "0.2", "--offset-share", "0.2"], lambda: run(lambda: events(CLASSES, **of_events))),
        "event, greedy": (["event", "--collar", "0.2", "--offset-share", "0.2", "--greedy"],
                          lambda: run(lambda: events(CLASSES, event_matching_type="greedy", **of_events))),
    }


def of_sed_scores_eval(data):
    import sed_scores_eval as sse
    durations = dict.fromkeys(data.scores, SECONDS)

    def best_f():
        f, p, r, thresholds, _ = sse.segment_based.best_fscore(data.frames, data.truth, durations, segment_length=1.0)
        figures = {"macro.f1": f["macro_average"], "micro.f1": f["micro_average"]}
        for c in CLASSES:
            figures |= {f"classes.{c}.f1": f[c], f"classes.{c}.precision": p[c], f"classes.{c}.recall": r[c],
                        f"classes.{c}.threshold": thresholds[c]}
        return figures

    def psds(scenario):
        value, by_class, *_ = sse.intersection_based.psds(data.frames, data.truth, durations, **scenario)
        return {"psds": value} | {f"classes.{c}.psds": by_class[c] for c in CLASSES}

    def intersection():
        f, p, r, *_ = sse.intersection_based.fscore(data.frames, data.truth, 0.5, dtc_threshold=.5, gtc_threshold=.5)
        return {"macro.f1": f["macro_average"]} | {f"classes.{c}.f1": f[c] for c in CLASSES}
    two = ["--dtc", ".1", "--gtc", ".1", "--cttc", ".3", "--alpha-ct", ".5"]
    return {
        "best-f": (["best-f", "--segment", "1"], best_f),
        "psds 1": (["psds"], lambda: psds(SCENARIOS["psds 1"])),
        "psds 2": (["psds", *two], lambda: psds(SCENARIOS["psds 2"])),
        "intersection": (["intersection", "--threshold", "0.5"], intersection),
    }


def of_psds_eval(data):
    from psds_eval import PSDSEval
    metric = PSDSEval(ground_truth=data.reference, metadata=data.durations, dtc_threshold=.5, gtc_threshold=.5, cttc_threshold=.3)

    def intersection():
        macro, by_class = metric.compute_macro_f_score(data.estimate)
        return {"macro.f1": macro} | {f"classes.{c}.f1": by_class[c] for c in CLASSES}
    return {"intersection, psds_eval": (["intersection", "--psds-eval-quirk"], intersection)}


def of_scikit_learn(data):
    from sklearn.metrics import average_precision_score, roc_auc_score
    truth = np.zeros((len(data.scores) * FRAMES, len(CLASSES)), int)
    for i, clip in enumerate(data.scores):
        for onset, offset, label in data.truth[clip]:
            truth[i * FRAMES + int(onset / HOP):i * FRAMES + int(offset / HOP), CLASSES.index(label)] = 1
    scores = np.concatenate(list(data.scores.values()))

    def tags():
        figures = {}
        for name, metric in (("roc_auc", roc_auc_score), ("average_precision", average_precision_score)):
            figures |= {f"{scope}.{name}": metric(truth, scores, average=scope) for scope in ("macro", "micro")}
        return figures
    return {"tags of frames": (["tags", "--level", "frame"], tags)}


PACKAGES = {"sed_eval": of_sed_eval, "sed_scores_eval": of_sed_scores_eval, "psds_eval": of_psds_eval, "scikit-learn": of_scikit_learn}


def auris(program, data, command):
    command, *options = command
    files = {n: os.path.join(data.folder, n + ".tsv") for n in ("reference", "estimate", "durations")}
    files["scores"] = os.path.join(data.folder, "scores")
    needs = "estimate" if command in ("segment", "event") or "--psds-eval-quirk" in options else "scores"
    said = subprocess.run([program, command, "--reference", files["reference"], f"--{needs}", files[needs], "--durations", files["durations"],
                           "--classes", ",".join(CLASSES), "--json", *options], check=True, capture_output=True, text=True)
    return json.loads(said.stdout)


def figure(result, name):
    for key in name.split("."):
        result = result[key]
    return math.nan if result is None else result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--clips", type=int, default=1000, help="default 1000")
    parser.add_argument("--repeat", type=int, default=3, help="rounds, default 3")
    parser.add_argument("--json", metavar="FILE", help="writes all times and differences there, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = DataSet(folder, options.clips)
        runs, package_of = {}, {}
        for package, make in PACKAGES.items():
            try:
                for name, run in make(data).items():
                    runs[name], package_of[name] = run, f"{package} {importlib.metadata.version(package)}"
            except Exception as e:  # not there, or not for this version of Python
                print(f"{package} is left out: {type(e).__name__}: {(str(e).splitlines() or [''])[0]}")
        times = {name: {"auris": [], "peer": []} for name in runs}
        differences = {name: 0.0 for name in runs}
        for _ in range(options.repeat):
            for name, (command, run) in runs.items():
                ours = auris(options.program, data, command)
                begin = time.perf_counter()
                theirs = run()
                times[name]["peer"].append((time.perf_counter() - begin) * 1e3)
                times[name]["auris"].append(ours["milliseconds"])
                for key, value in theirs.items():
                    mine = figure(ours, key)
                    if not (math.isnan(mine) and math.isnan(value)):
                        differences[name] = max(differences[name], abs(mine - value)) if mine == mine and value == value else math.inf
    rows = [["metric", "package", "package ms", "auris ms", "ratio", "largest difference"]]
    for name, t in times.items():
        theirs, ours = statistics.median(t["peer"]), statistics.median(t["auris"])
        rows.append([name, package_of[name], f"{theirs:.0f}", f"{ours:.1f}", f"{theirs / ours:.0f}", f"{differences[name]:.1e}"])
    print(table(rows))
    if options.json:
        with open(options.json, "w") as f:
            json.dump({"milliseconds": times, "differences": differences}, f, indent=1)
    wrong = [name for name, d in differences.items() if not d <= 1e-9]
    if wrong or not runs:
        sys.exit("other figures than the packages': " + ", ".join(wrong) if wrong else "no package to compare with")


if __name__ == "__main__":
    main()
