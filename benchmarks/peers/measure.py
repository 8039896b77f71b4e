"""Times networks on auris and on the runtimes that a user of PyTorch would pick instead, with the same weights and input, interleaved.

A turn is one call to warm up and a few that count, the same for all; rounds of turns follow each other, so that a slow phase of the
machine hits all alike. auris' turns are those of the program `apply`. Prints medians in milliseconds as a table.
"""
import argparse
import contextlib
import importlib.metadata
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import safetensors.numpy
import safetensors.torch
import torch

import memory
import runtimes
from networks import NETWORKS, made, random_input
from table import table

TOLERANCE = 1e-3  # of the largest value of an output
PACKAGES = {"onnxruntime": "onnxruntime", "openvino": "openvino", "mnn": "MNN", "ncnn": "ncnn"}


class Auris:
    """The program `apply` with a network's weights and input."""

    def __init__(self, name, options, folder):
        self.command = [options.program, name, "--threads", str(options.threads)]
        self.options = options
        self.weights, self.input, self.output = (os.path.join(folder, f + ".safetensors") for f in ("w", "x", "y"))
        safetensors.torch.save_file({k: v.contiguous() for k, v in made(name).state_dict().items()}, self.weights)
        safetensors.numpy.save_file({"x": random_input(name, options.batch).numpy()}, self.input)

    def run(self, *arguments):
        done = subprocess.run([*self.command, *arguments], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr.strip() or f"apply ended with {done.returncode}")
        return done.stdout

    def times(self, *weights):
        batch = ("--batch", str(self.options.batch), *(("--train",) if self.options.train else ()))
        return json.loads(self.run("--repeat", str(self.options.calls), "--json", *batch, *weights))

    def turn(self):
        self.last = self.times("--weights", self.weights)
        return self.last["milliseconds"]

    def memory(self):
        return self.times()["peak_bytes"] - os.path.getsize(self.weights)

    def outputs(self):
        """What it computes in the form that is timed, in PyTorch's order of axes."""
        self.run("--weights", self.weights, "--input", self.input, "--output", self.output, "--deployed")
        y, name = safetensors.numpy.load_file(self.output), self.command[1]
        return [y[k] if axes is None else np.moveaxis(y[k], range(y[k].ndim), axes)
                for k, axes in NETWORKS[name].outputs.items()]


def arrays_of(y):
    y = y if isinstance(y, (tuple, list)) else (y,)
    return [np.asarray(v.detach() if isinstance(v, torch.Tensor) else v, dtype=np.float32).ravel() for v in y]


def worst_error(outputs, wanted):
    """Runtimes may give outputs in another order: each is compared with the one of its size that is nearest."""
    def error(w):
        return min((float(np.abs(o - w).max()) for o in outputs if o.size == w.size), default=float("inf"))
    return max(error(w) / max(1.0, float(np.abs(w).max())) for w in map(np.ravel, wanted))


@contextlib.contextmanager
def silence():
    """Without what converters and compilers print on their way."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with open(os.devnull, "w") as nothing:
        for fd in (1, 2):
            os.dup2(nothing.fileno(), fd)
        try:
            yield
        finally:
            for fd, old in zip((1, 2), kept):
                os.dup2(old, fd)
                os.close(old)


class Peer:
    def __init__(self, runtime, name, options):
        maker = (runtimes.TRAINING if options.train else runtimes.INFERENCE)[runtime]
        self.options = options
        with torch.set_grad_enabled(options.train), silence():
            self.call = maker(made(name).train(options.train), random_input(name, options.batch), options.threads)
            self.first = self.call()

    def turn(self):
        times = []
        with torch.set_grad_enabled(self.options.train):
            for _ in range(self.options.calls + 1):
                begin = time.perf_counter()
                self.call()
                times.append((time.perf_counter() - begin) * 1e3)
        return times[1:]


def measure(name, options):
    with tempfile.TemporaryDirectory() as folder:
        auris = Auris(name, options, folder)
        runs, errors, refused = {"auris": auris}, {}, {}
        wanted = None if options.train else auris.outputs()
        for runtime in options.runtimes:
            try:
                peer = Peer(runtime, name, options)
                if wanted is not None:
                    errors[runtime] = worst_error(arrays_of(peer.first), wanted)
                    if not errors[runtime] <= TOLERANCE:
                        raise ValueError(f"its outputs are others: by {errors[runtime]:.1e}")
                runs[runtime] = peer
            except Exception as e:  # that a runtime refuses a network is a finding
                refused[runtime] = f"{type(e).__name__}: {(str(e).splitlines() or [''])[0][:150]}"
        times = {r: [] for r in runs}
        for _ in range(options.repeat):
            for runtime, run in runs.items():
                time.sleep(0.05)  # threads of the turn before look for work a while before they sleep
                times[runtime] += run.turn()
        result = {"network": name, "threads": options.threads, "batch": options.batch, "training": options.train,
                  "milliseconds": times, "errors": errors, "refused": refused}
        if options.train:
            result["bytes_kept"] = {"auris": auris.last["kept_bytes"],
                                    "torch": memory.kept_for_backward(made(name), random_input(name, options.batch))}
        else:
            result["bytes_beyond_weights"] = {"auris": auris.memory()}
            if "onnxruntime" in runs:
                result["bytes_beyond_weights"]["onnxruntime"] = memory.measured(name, options.batch, options.threads)
        return result


def report(results, options):
    columns = ["auris", *options.runtimes]
    rows = [["network", *columns, "fastest peer", "peer / auris"]]
    for r in results:
        median = {k: statistics.median(t) for k, t in r["milliseconds"].items()}
        fastest = min((k for k in median if k != "auris"), key=median.get, default=None)
        ratio = f"{median[fastest] / median['auris']:.2f}" if fastest else "-"
        rows.append([r["network"], *(f"{median[c]:.2f}" if c in median else "-" for c in columns), fastest or "-", ratio])
    work = "training step" if options.train else "inference"
    threads = "1 thread" if options.threads == 1 else f"{options.threads} threads"
    print(f"\n{work}, {threads}, batch {options.batch}: milliseconds, median of "
          f"{options.repeat} x {options.calls} calls\n\n{table(rows)}")
    for r in results:
        for runtime, why in r["refused"].items():
            print(f"{r['network']}, {runtime}: {why}")
    if options.train:
        rows = [["network", "auris", "torch"]]
        rows += [[r["network"], *(f"{r['bytes_kept'][k] / 1e6:.0f}" for k in rows[0][1:])] for r in results]
        print(f"\nkept from forward for backward, MB\n\n{table(rows)}")
        return
    print("\nlargest difference from auris, as a share of an output's largest value (at least 1): "
          f"{max((e for r in results for e in r['errors'].values() if e <= TOLERANCE), default=0):.1e}")
    rows = [["network", "auris", "onnxruntime"]]
    for r in results:
        beyond = r["bytes_beyond_weights"]
        rows.append([r["network"], *(f"{beyond[k] / 1e6:.0f}" if k in beyond else "-" for k in rows[0][1:])])
    print(f"\nmemory beyond one copy of the weights, MB (auris: the largest of the whole program)\n\n{table(rows)}")


def versions(options):
    all_of_them = {"torch": torch.__version__}
    for runtime in options.runtimes:
        if runtime in PACKAGES:
            try:
                all_of_them[runtime] = importlib.metadata.version(PACKAGES[runtime])
            except importlib.metadata.PackageNotFoundError:
                pass
    return all_of_them


def processor():
    with open("/proc/cpuinfo") as f:
        return next((line.split(":", 1)[1].strip() for line in f if line.startswith("model name")), "unknown")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = {"type": lambda s: s.split(","), "metavar": "NAME,..."}
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=5, help="rounds, default 5")
    parser.add_argument("--calls", type=int, default=3, help="calls of a turn that count, default 3")
    parser.add_argument("--train", action="store_true",
                        help="training steps (forward in training, mean squares of the outputs, backward, Adam)")
    parser.add_argument("--networks", default=list(NETWORKS), help="default: " + ",".join(NETWORKS), **names)
    parser.add_argument("--runtimes", help="default: " + ",".join(runtimes.INFERENCE) + "; with --train: " +
                        ",".join(runtimes.TRAINING), **names)
    parser.add_argument("--json", metavar="FILE", help="writes all times there, too")
    options = parser.parse_args()
    known = runtimes.TRAINING if options.train else runtimes.INFERENCE
    options.runtimes = options.runtimes or list(known)
    for given, possible in ((options.networks, NETWORKS), (options.runtimes, known)):
        unknown = [n for n in given if n not in possible]
        if unknown:
            parser.error(f"unknown: {', '.join(unknown)}; one of {', '.join(possible)}")
    return options


def main():
    options = arguments()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(options.threads)
    results, failed = [], False
    for name in options.networks:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            results.append(measure(name, options))
        except (RuntimeError, subprocess.CalledProcessError) as e:  # hours of others are not lost
            print(f"{name}: {e}", file=sys.stderr)
            failed = True
    print(f"{processor()}; " + ", ".join(f"{k} {v}" for k, v in versions(options).items()))
    report(results, options)
    if options.json:
        with open(options.json, "w") as f:
            json.dump({"processor": processor(), "versions": versions(options), "results": results}, f, indent=1)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
