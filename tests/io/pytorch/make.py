"""Makes the files of this folder with PyTorch (2.15); the tests read them as they are."""
import collections
import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def ramp(*shape, dtype=torch.float32):
    """-3, -2, -1, ..."""
    count = torch.Size(shape).numel()
    return (torch.arange(count, dtype=torch.float64) - 3).reshape(shape).to(dtype)


def save(name, content, new=True):
    torch.save(content, os.path.join(HERE, name), _use_new_zipfile_serialization=new)


class OfAnotherClass:
    def __reduce__(self):
        return os.system, ("true",)


network = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
with torch.no_grad():
    network[0].weight.copy_(ramp(2, 3))
    network[0].bias.copy_(ramp(2))
    network[1].running_mean.copy_(ramp(2))
save("state_dict.pth", network.state_dict())
save("state_dict_old.pth", network.state_dict(), new=False)

base = ramp(4, 3)
views = collections.OrderedDict(whole=base, transposed=base.t(), row=base[1], column=base[:, 1], part=base[1:3, 1:],
                                scalar=torch.tensor(2.5), empty=torch.zeros(0, 3))
optimiser = torch.optim.Adam(network.parameters())
network(torch.zeros(4, 3)).sum().backward()
optimiser.step()
model = {"module." + name: value for name, value in views.items()}
checkpoint = {"epoch": 7, "model": model, "optimizer": optimiser.state_dict(), "note": "x"}
save("checkpoint.pth", checkpoint)
save("checkpoint_old.pth", checkpoint, new=False)

types = {name: ramp(3, dtype=getattr(torch, name))
         for name in ("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8")}
save("types.pth", {**types, "uint8": torch.tensor([0, 1, 255], dtype=torch.uint8), "bool": torch.tensor([True, False])})
save("parameter.pth", {"w": torch.nn.Parameter(ramp(2))})
save("other_class.pth", {"w": ramp(2), "other": OfAnotherClass()})
save("no_tensor.pth", {"a": 1})
