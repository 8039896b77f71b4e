#!/usr/bin/env python3
"""Turns a PyTorch checkpoint (.pth, .pt, .ckpt) into a safetensors file. Needs torch (and numpy, which it brings).

    python import_pytorch.py Cnn14.pth cnn14.safetensors [--keep conv_block bn0]

The state dict may stand under the key `model` or `state_dict` (or `model_state_dict`); the prefix `module.` of training on several GPUs is cut.
Tensors keep their names, shapes and types; layouts are turned when the file is loaded.
"""
import argparse
import json
import struct
import sys

import torch

TYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
         torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL"}


def state_dict(path):
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as problem:
        sys.exit(f"cannot load {path}: {problem}")
    for key in ("model", "state_dict", "model_state_dict"):
        if isinstance(content, dict) and isinstance(content.get(key), dict):
            content = content[key]
    tensors = {name: t for name, t in content.items() if isinstance(t, torch.Tensor)} if isinstance(content, dict) else {}
    if not tensors:
        sys.exit(f"{path} holds no state dict")
    if all(name.startswith("module.") for name in tensors):
        tensors = {name[len("module."):]: t for name, t in tensors.items()}
    return tensors


def raw_bytes(tensor):
    tensor = tensor.detach().contiguous()
    if tensor.dtype == torch.bfloat16:  # numpy has no such type
        tensor = tensor.view(torch.int16)
    array = tensor.numpy()
    return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()


def write_safetensors(path, tensors):
    order = sorted(tensors, key=lambda name: (-tensors[name].element_size(), name))
    header, begin = {}, 0
    for name in order:
        t = tensors[name]
        if t.dtype not in TYPES:
            sys.exit(f"{name}: type {t.dtype} has no place in a safetensors file")
        end = begin + t.numel() * t.element_size()
        header[name] = {"dtype": TYPES[t.dtype], "shape": list(t.shape), "data_offsets": [begin, end]}
        begin = end
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)))
        f.write(text)
        for name in order:
            f.write(raw_bytes(tensors[name]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint")
    parser.add_argument("output")
    parser.add_argument("--keep", nargs="+", default=[""], metavar="PREFIX", help="only tensors whose names begin so")
    args = parser.parse_args()
    tensors = {n: t for n, t in state_dict(args.checkpoint).items() if n.startswith(tuple(args.keep))}
    write_safetensors(args.output, tensors)
    print(f"{args.output}: {len(tensors)} tensors, {sum(t.numel() for t in tensors.values())} numbers")


if __name__ == "__main__":
    main()
