"""Times the log-mel spectrogram of a minute of noise on auris and on the packages that a user of Python would pick instead: one thread,
32 kHz, 1024-point frames, hop 320, 64 bands from 50 to 14000 Hz, interleaved.
"""
import argparse
import importlib.metadata
import json
import os
import statistics
import subprocess
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when libraries are loaded

import numpy as np

from table import table

RATE, FRAME, HOP, BANDS, LOWEST, HIGHEST, SECONDS = 32000, 1024, 320, 64, 50, 14000, 60


def with_librosa(x):
    import librosa
    return lambda: librosa.power_to_db(librosa.feature.melspectrogram(
        y=x, sr=RATE, n_fft=FRAME, hop_length=HOP, n_mels=BANDS, fmin=LOWEST, fmax=HIGHEST))


def with_torch(x):
    import torch
    torch.set_num_threads(1)
    x, window = torch.from_numpy(x), torch.hann_window(FRAME)
    bins = torch.linspace(0, RATE / 2, FRAME // 2 + 1)[:, None]
    lowest, highest = (2595 * np.log10(1 + f / 700) for f in (LOWEST, HIGHEST))
    edges = 700 * (10 ** (torch.linspace(lowest, highest, BANDS + 2) / 2595) - 1)
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    bank = torch.clamp(torch.minimum(rising, falling), min=0)

    def run():
        s = torch.stft(x, FRAME, HOP, window=window, return_complex=True)
        power = (s.real ** 2 + s.imag ** 2).T
        return 10 * torch.log10(torch.clamp(power @ bank, min=1e-10))
    return run


def with_kaldi(x):
    import kaldi_native_fbank as kaldi
    o = kaldi.FbankOptions()
    o.frame_opts.samp_freq, o.frame_opts.dither, o.frame_opts.snip_edges = RATE, 0, False
    o.frame_opts.frame_length_ms, o.frame_opts.frame_shift_ms = 1000 * FRAME / RATE, 1000 * HOP / RATE
    o.mel_opts.num_bins, o.mel_opts.low_freq, o.mel_opts.high_freq = BANDS, LOWEST, HIGHEST

    def run():
        f = kaldi.OnlineFbank(o)
        f.accept_waveform(RATE, x)
        f.input_finished()
        return f.num_frames_ready
    return run


def with_essentia(x):
    import essentia
    import essentia.standard as es
    essentia.log.infoActive = False
    window, spectrum = es.Windowing(type="hann", size=FRAME, zeroPhase=False), es.Spectrum(size=FRAME)
    bands = es.MelBands(numberBands=BANDS, sampleRate=RATE, lowFrequencyBound=LOWEST, highFrequencyBound=HIGHEST,
                        inputSize=FRAME // 2 + 1, log=True)
    return lambda: [bands(spectrum(window(f))) for f in es.FrameGenerator(x, frameSize=FRAME, hopSize=HOP)]


PEERS = {"librosa": with_librosa, "torch": with_torch, "kaldi-native-fbank": with_kaldi, "essentia": with_essentia}


def timed(run, calls):
    times = []
    for _ in range(calls + 1):
        begin = time.perf_counter()
        run()
        times.append((time.perf_counter() - begin) * 1e3)
    return times[1:]


def auris(program, calls):
    """Its case of the benchmark of kernels; each time is the mean of a few runs."""
    said = subprocess.run([program, "--benchmark_filter=^cpu/log_mel_60s", f"--benchmark_repetitions={calls}",
                           "--benchmark_min_time=0.05", "--benchmark_format=json"], check=True, capture_output=True, text=True)
    return [b["real_time"] for b in json.loads(said.stdout)["benchmarks"] if b["run_type"] == "iteration"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--repeat", type=int, default=3, help="rounds, default 3")
    parser.add_argument("--calls", type=int, default=3, help="calls of a round that count, default 3")
    parser.add_argument("--json", metavar="FILE", help="writes all times there, too")
    options = parser.parse_args()
    x = (0.1 * np.random.default_rng(0).standard_normal(RATE * SECONDS)).astype(np.float32)
    runs, names = {}, {}
    for package, make in PEERS.items():
        try:
            runs[package] = make(x)
            runs[package]()
            names[package] = f"{package} {importlib.metadata.version(package)}"
        except Exception as e:  # not there, or not for this version of Python
            runs.pop(package, None)
            print(f"{package} is left out: {type(e).__name__}: {(str(e).splitlines() or [''])[0]}")
    times = {"auris": []} | {p: [] for p in runs}
    for _ in range(options.repeat):
        times["auris"] += auris(options.program, options.calls)
        for package, run in runs.items():
            times[package] += timed(run, options.calls)
    median = {k: statistics.median(t) for k, t in times.items()}
    rows = [["front-end", "ms", "x real time", "ms / auris' ms"]]
    for k in sorted(median, key=median.get):
        rows.append([names.get(k, k), f"{median[k]:.1f}", f"{SECONDS * 1e3 / median[k]:.0f}", f"{median[k] / median['auris']:.2f}"])
    print(table(rows))
    if options.json:
        with open(options.json, "w") as f:
            json.dump({"milliseconds": times, "names": names}, f, indent=1)


if __name__ == "__main__":
    main()
