"""What a PyTorch user would run a network with on a CPU. Each maker takes (module, input, threads) and returns a function that computes
all outputs once; it may refuse a network by an exception.
"""
import io
import os
import subprocess
import sys
import tempfile

import numpy as np
import torch

from onnx_session import onnxruntime_session


def eager(module, x, threads):
    return lambda: module(x)


def channels_last(module, x, threads):
    module = module.to(memory_format=torch.channels_last)
    return lambda: module(x)


def compiled(module, x, threads):
    f = torch.compile(module)
    return lambda: f(x)


def onnx_bytes(module, x):
    to = io.BytesIO()
    torch.onnx.export(module, (x,), to, input_names=["x"], dynamo=False, opset_version=17)
    return to.getvalue()


def onnxruntime(module, x, threads):
    session, x = onnxruntime_session(onnx_bytes(module, x), threads), x.numpy()
    return lambda: session.run(None, {"x": x})


def openvino(module, x, threads):
    import openvino as ov
    core = ov.Core()
    options = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
    request = core.compile_model(core.read_model(onnx_bytes(module, x)), "CPU", options).create_infer_request()
    x = x.numpy()
    return lambda: list(request.infer([x]).values())


def mnn(module, x, threads):
    import MNN.expr
    import MNN.nn
    import onnx
    folder = tempfile.mkdtemp()
    path, converted = os.path.join(folder, "network.onnx"), os.path.join(folder, "network.mnn")
    with open(path, "wb") as f:
        f.write(onnx_bytes(module, x))
    # Not by the program mnnconvert, which installs a package that breaks onnx, and reports what it is used for.
    convert = ["mnnconvert", "-f", "ONNX", "--modelFile", path, "--MNNModel", converted, "--bizCode", "x"]
    subprocess.run([sys.executable, "-c", f"import _tools; _tools.mnnconvert({convert})"], check=True, capture_output=True)
    outputs = [o.name for o in onnx.load(path).graph.output]
    runtime = MNN.nn.create_runtime_manager(({"backend": "CPU", "precision": "high", "numThread": threads},))
    network = MNN.nn.load_module_from_file(converted, ["x"], outputs, runtime_manager=runtime)
    x = x.numpy()

    def run():
        return [np.array(y.read()) for y in network.forward([MNN.expr.const(x, list(x.shape), MNN.expr.NCHW)])]
    return run


def ncnn(module, x, threads):
    import ncnn as n
    import pnnx
    if x.shape[0] != 1:
        raise ValueError("it takes one item at a time")
    path = os.path.join(tempfile.mkdtemp(), "network.pt")
    pnnx.export(module, path, (x,), fp16=False)
    network = n.Net()
    o = network.opt
    o.num_threads = threads
    o.use_fp16_packed = o.use_fp16_storage = o.use_fp16_arithmetic = o.use_bf16_storage = False
    network.load_param(path[:-3] + ".ncnn.param")
    network.load_model(path[:-3] + ".ncnn.bin")
    x = x[0].numpy()

    def run():
        e = network.create_extractor()
        e.input(network.input_names()[0], n.Mat(x))
        return [np.array(e.extract(name)[1]) for name in network.output_names()]
    return run


def training_step(module, x, f):
    module.train()
    optimiser = torch.optim.Adam(module.parameters(), 1e-3)

    def step():
        optimiser.zero_grad()
        y = f(x)
        sum((o ** 2).mean() for o in (y if isinstance(y, tuple) else (y,))).backward()
        optimiser.step()
    return step


def eager_training(module, x, threads):
    return training_step(module, x, module)


def compiled_training(module, x, threads):
    return training_step(module, x, torch.compile(module))


INFERENCE = {"eager": eager, "channels_last": channels_last, "compile": compiled, "onnxruntime": onnxruntime,
             "openvino": openvino, "mnn": mnn, "ncnn": ncnn}
TRAINING = {"eager": eager_training, "compile": compiled_training}
