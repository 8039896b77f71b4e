#!/usr/bin/env python3
"""Times on a GPU, with PyTorch, what benchmarks/kernels.cpp and `apply --backend cuda` time: memory-bound operations at sizes that no
cache holds, and networks. Needs torch with CUDA; without it, or without a GPU, it says so and ends with status 77.

    python3 benchmarks/pytorch_gpu.py [--tf32]

Operations: microseconds, and the share of the GPU's copy bandwidth (`of_copy`), counted as there: each array read or written once.
Networks: median and fastest milliseconds of a call from an input on the host to outputs on the host, or of a training step from a
batch on the host to its loss on the host; eager, and replayed as a CUDA graph. Weights are random. Products are in full precision
unless --tf32 is given.
"""
import argparse
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    print("skipped: PyTorch is not installed")
    sys.exit(77)


class Crnn4b(nn.Module):
    parameter_count = 380113

    def __init__(self):
        super().__init__()
        layers, before = [], 1
        for pool in (5, 2, 2):
            layers += [nn.Conv2d(before, 128, 3, padding=1), nn.BatchNorm2d(128), nn.ReLU(), nn.MaxPool2d((1, pool)), nn.Dropout(0.2)]
            before = 128
        self.convolutions = nn.Sequential(*layers)
        self.gru = nn.GRU(384, 32, batch_first=True, bidirectional=True)
        self.linear = nn.Sequential(nn.Linear(64, 32), nn.Linear(32, 17))

    def forward(self, x):  # (batch, time, mel)
        h = self.convolutions(x.unsqueeze(1))
        return (self.linear(self.gru(h.permute(0, 2, 1, 3).flatten(2))[0]),)


class SoftLabelMtl4(nn.Module):
    parameter_count = 8246744

    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(64)
        layers, before = [], 1
        for channels in (64, 128, 256, 512):
            for into in (before, channels):
                layers += [nn.Conv2d(into, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels), nn.ReLU()]
            layers += [nn.AvgPool2d((1, 2)), nn.Dropout(0.2)]
            before = channels
        self.backbone = nn.Sequential(*layers)
        self.recurrent = nn.ModuleList(nn.GRU(512, 256, batch_first=True, bidirectional=True) for _ in range(3))
        self.linear = nn.ModuleList(nn.Linear(512, classes) for classes in (17, 5, 2))

    def forward(self, x):
        h = self.norm(x.unsqueeze(1).transpose(1, 3)).transpose(1, 3)  # statistics of each mel
        h = self.backbone(h).mean(3).transpose(1, 2)
        return tuple(linear(gru(h)[0]) for gru, linear in zip(self.recurrent, self.linear))


def loss_of(outputs):
    return sum(y.square().mean() for y in outputs)


def seconds_of(work, calls):
    """Of each of several calls, each waited for; the first one warms up."""
    times = []
    for _ in range(calls + 1):
        torch.cuda.synchronize()
        begin = time.perf_counter()
        work()
        torch.cuda.synchronize()
        times.append(time.perf_counter() - begin)
    return sorted(times[1:])


def queued_seconds(work, calls=20, repeats=6):
    """Of one call, fastest of several runs of many that are waited for once."""
    return min(seconds_of(lambda: [work() for _ in range(calls)], repeats)) / calls


def captured(work):
    """work() as a CUDA graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            work()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        result = work()
    return graph, result


def time_operations():
    items, frames, mels, channels = 64, 200, 64, 64

    def rand(*shape):
        return torch.rand(*shape, device="cuda") * 2 - 1

    source = torch.empty(8192 * 8192, device="cuda")
    target = torch.empty_like(source)
    per_second = 2 * source.numel() * 4 / queued_seconds(lambda: target.copy_(source))
    print(f"copy: {per_second / 1e9:.0f} GB/s")
    del source, target

    def show(name, values, work):
        seconds = queued_seconds(work)
        print(f"torch/{name}: {seconds * 1e6:.1f} us, of_copy {values * 4 / seconds / per_second:.3f}", flush=True)

    def forward_and_backward(name, f, x, reads="x"):  # what backward needs besides the gradient of y
        x.requires_grad_()
        y = f(x)
        dy = torch.rand_like(y)
        with torch.no_grad():
            show(name + "/forward", x.numel() + y.numel(), lambda: f(x))
        read = {"x": x.numel(), "y": y.numel(), "": 0}[reads] + y.numel()
        show(name + "/backward", read + x.numel(), lambda: torch.autograd.grad(y, x, dy, retain_graph=True))

    image = (items, channels, frames, mels)
    functional = nn.functional
    forward_and_backward("relu", torch.relu, rand(*image), reads="y")
    forward_and_backward("sigmoid", torch.sigmoid, rand(*image), reads="y")
    forward_and_backward("tanh", torch.tanh, rand(*image), reads="y")
    forward_and_backward("gelu", functional.gelu, rand(*image))
    x = rand(*image)
    show("dropout/forward", 2 * x.numel(), lambda: functional.dropout(x, 0.2, training=True))
    y = rand(*image)
    show("add/forward", 3 * x.numel(), lambda: y.add_(x))
    del x, y
    forward_and_backward("max_pool 1 by 2", lambda x: functional.max_pool2d(x, (1, 2)), rand(*image))
    forward_and_backward("avg_pool 1 by 2", lambda x: functional.avg_pool2d(x, (1, 2)), rand(*image), reads="")
    norm = nn.BatchNorm2d(channels).cuda()
    forward_and_backward("batch_norm in training", norm, rand(*image))
    norm.eval()
    forward_and_backward("batch_norm in inference", norm, rand(*image), reads="")
    forward_and_backward("layer_norm", nn.LayerNorm(768).cuda(), rand(64000, 768))


def time_networks():
    def show(name, what, times):
        print(f"{name}: {what}: median {times[len(times) // 2] * 1e3:.2f} ms, fastest {times[0] * 1e3:.2f} ms", flush=True)

    for network in (Crnn4b, SoftLabelMtl4):
        name = network.__name__
        model = network().cuda()
        assert sum(p.numel() for p in model.parameters()) == network.parameter_count
        model.eval()
        for batch, calls in ((1, 50), (64, 10)):
            host = torch.rand(batch, 200, 64).pin_memory()
            x = host.cuda()

            def call():
                x.copy_(host, non_blocking=True)
                return model(x)

            with torch.no_grad():
                show(name, f"inference, batch {batch}, eager", seconds_of(lambda: [y.cpu() for y in call()], calls))
                graph, outputs = captured(lambda: model(x))

                def replay():
                    x.copy_(host, non_blocking=True)
                    graph.replay()
                    return [y.cpu() for y in outputs]

                show(name, f"inference, batch {batch}, replayed", seconds_of(replay, calls))
        model.train()
        for batch in (8, 64):
            host = torch.rand(batch, 200, 64).pin_memory()
            x = host.cuda()
            adam = torch.optim.Adam(model.parameters())
            adam_in_graph = torch.optim.Adam(model.parameters(), capturable=True)

            def step(optimiser):
                optimiser.zero_grad(set_to_none=True)
                loss = loss_of(model(x))
                loss.backward()
                optimiser.step()
                return loss

            def eager():
                x.copy_(host, non_blocking=True)
                return step(adam).item()

            show(name, f"training step, batch {batch}, eager", seconds_of(eager, 10))
            graph, loss = captured(lambda: step(adam_in_graph))

            def replay_step():
                x.copy_(host, non_blocking=True)
                graph.replay()
                return loss.item()

            show(name, f"training step, batch {batch}, replayed", seconds_of(replay_step, 10))


def main():
    parser = argparse.ArgumentParser(description="Times on a GPU, with PyTorch, what this library's benchmarks time.")
    parser.add_argument("--tf32", action="store_true", help="products with 10 bits behind the binary point")
    args = parser.parse_args()
    if not torch.cuda.is_available():
        print(f"skipped: PyTorch {torch.__version__} finds no GPU")
        return 77
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = args.tf32
    torch.manual_seed(1)
    print(f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}")
    time_operations()
    time_networks()
    return 0


if __name__ == "__main__":
    sys.exit(main())
