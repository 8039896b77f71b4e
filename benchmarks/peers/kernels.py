"""Times single layers on auris and on the runtimes that a user of PyTorch would pick instead, interleaved, on one thread.

Times of auris are those of the benchmark of kernels, with prepared weights; a peer's are those of a call from Python, as each layer
takes long enough for that not to matter much.
"""
import argparse
import json
import re
import statistics
import subprocess
import sys
import time
import warnings

import torch
from torch import nn

import runtimes
from measure import silence
from table import table

TURN = 0.05  # seconds that a turn takes at least


class OutputOnly(nn.Module):
    """A recurrent layer without its last state."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return self.layer(x)[0]


class Attention(nn.Module):
    """Of q, k and v as one linear layer writes them: (batch, tokens, 3 * heads * width) -> (batch, tokens, heads * width)."""

    def __init__(self, heads, width):
        super().__init__()
        self.heads, self.width = heads, width

    def forward(self, x):
        q, k, v = x.reshape(x.shape[0], x.shape[1], 3, self.heads, self.width).permute(2, 0, 3, 1, 4).unbind(0)
        y = nn.functional.scaled_dot_product_attention(q, k, v)
        return y.transpose(1, 2).reshape(x.shape[0], x.shape[1], self.heads * self.width)


def convolution(frames, mels, channels):
    name = (f"conv2d/forward_prepared/1_x_{frames}_x_{mels}_x_{channels}_->_{channels}_"
            "(3_padding_1+1_by_3_padding_1+1)")
    return name, nn.Conv2d(channels, channels, 3, padding=1), (1, channels, frames, mels)


def recurrence(frames, features, hidden):
    layer = OutputOnly(nn.GRU(features, hidden, batch_first=True, bidirectional=True))
    return f"gru/forward_prepared/1_x_{frames}_x_{features}_->_2_x_{hidden}", layer, (1, frames, features)


def linear(rows, inputs, outputs):
    return f"linear/forward_prepared/{rows}_x_{inputs}_->_{outputs}", nn.Linear(inputs, outputs), (rows, inputs)


# The name of the layer's benchmark, the layer, the shape of its input.
LAYERS = {
    "3x3 convolution, 64 channels": convolution(200, 64, 64),
    "3x3 convolution, 128 channels": convolution(200, 32, 128),
    "3x3 convolution, 256 channels": convolution(200, 16, 256),
    "3x3 convolution, 512 channels": convolution(200, 8, 512),
    "bidirectional GRU, hidden 256": recurrence(200, 512, 256),
    "bidirectional GRU, hidden 32": recurrence(200, 384, 32),
    "product, 1 row": linear(1, 768, 3072),
    "product, 8 rows": linear(8, 768, 3072),
    "product, 498 rows": linear(498, 768, 3072),
    "attention, 498 tokens": ("attention/forward/1_x_498,_12_heads_of_64", Attention(12, 64), (1, 498, 3 * 12 * 64)),
}


def auris_turn(program, name):
    pattern = re.sub(r"([()+.])", r"\\\1", name)
    said = subprocess.run([program, f"--benchmark_filter=^cpu/{pattern}/real_time$", f"--benchmark_min_time={TURN}",
                           "--benchmark_format=json"], check=True, capture_output=True, text=True)
    result = json.loads(said.stdout)["benchmarks"][0]
    return result["real_time"] * {"ns": 1e-3, "us": 1, "ms": 1e3}[result["time_unit"]]


def peer_turn(call):
    call()
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < TURN:
        call()
        count += 1
    return (time.perf_counter() - begin) / count * 1e6


def measure(name, module, shape, options):
    torch.manual_seed(1)
    x, calls = torch.randn(shape), {}
    with torch.no_grad():
        for runtime in options.runtimes:
            try:
                with silence():
                    calls[runtime] = runtimes.INFERENCE[runtime](module.eval(), x, 1)
                    calls[runtime]()
            except Exception as e:  # that a runtime refuses a layer is a finding
                calls.pop(runtime, None)
                print(f"{name}, {runtime}: {type(e).__name__}: {(str(e).splitlines() or [''])[0][:100]}", file=sys.stderr)
        times = {r: [] for r in ("auris", *calls)}
        for _ in range(options.repeat):
            times["auris"].append(auris_turn(options.program, name))
            for runtime, call in calls.items():
                times[runtime].append(peer_turn(call))
    return {r: statistics.median(t) for r, t in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--repeat", type=int, default=5, help="rounds, default 5")
    parser.add_argument("--runtimes", type=lambda s: s.split(","), default=["eager", "onnxruntime", "openvino", "mnn", "ncnn"],
                        help="default: eager,onnxruntime,openvino,mnn,ncnn")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    rows = [["layer", "auris", *options.runtimes, "fastest peer", "peer / auris"]]
    for layer, (name, module, shape) in LAYERS.items():
        print(f"{layer} ...", file=sys.stderr, flush=True)
        median = measure(name, module, shape, options)
        fastest = min((r for r in median if r != "auris"), key=median.get)
        rows.append([layer, *(f"{median[r]:.0f}" if r in median else "-" for r in rows[0][1:-2]), fastest,
                     f"{median[fastest] / median['auris']:.2f}"])
    print(f"microseconds, one thread, median of {options.repeat} turns\n\n{table(rows)}")


if __name__ == "__main__":
    main()
