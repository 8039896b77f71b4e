"""What ONNX Runtime holds beyond a network's weights: how much the resident memory of a process grows that does nothing else; and what
PyTorch keeps from forward for backward.

  python memory.py MODEL INPUT THREADS      prints that growth in bytes, weights included: `measured` calls it
"""
import os
import subprocess
import sys
import tempfile

from onnx_session import onnxruntime_session


def resident_bytes():
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) * 1024 for line in f if line.startswith("VmRSS:"))


def measured(name, batch, threads):
    import numpy as np
    from networks import made, random_input
    from runtimes import onnx_bytes
    with tempfile.TemporaryDirectory() as folder:
        model, x = os.path.join(folder, "network.onnx"), os.path.join(folder, "x.npy")
        module, values = made(name).eval(), random_input(name, batch)
        with open(model, "wb") as f:
            f.write(onnx_bytes(module, values))
        np.save(x, values.numpy())
        growth = subprocess.run([sys.executable, __file__, model, x, str(threads)], check=True, capture_output=True, text=True)
        weights = sum(t.numel() * t.element_size() for t in module.state_dict().values())
        return int(growth.stdout) - weights


def kept_for_backward(module, x):
    """Bytes of what the graph of a forward pass in training holds, each storage once, without weights and input."""
    import torch
    known = {t.untyped_storage().data_ptr() for t in (*module.state_dict().values(), x)}
    kept = {}

    def hold(t):
        storage = t.untyped_storage()
        if storage.data_ptr() not in known:
            kept[storage.data_ptr()] = storage  # held, so that no other one takes its place
        return t

    with torch.enable_grad(), torch.autograd.graph.saved_tensors_hooks(hold, lambda t: t):
        graph = module.train()(x)
    del graph
    return sum(s.nbytes() for s in kept.values())


def main():
    import numpy as np
    import onnxruntime
    onnxruntime.get_available_providers()
    model, x, threads = sys.argv[1], np.load(sys.argv[2]), int(sys.argv[3])
    before = resident_bytes()
    session = onnxruntime_session(model, threads)
    for _ in range(3):
        session.run(None, {"x": x})
    print(resident_bytes() - before)


if __name__ == "__main__":
    main()
