"""How ONNX Runtime is made to run a network here, without PyTorch at hand."""


def onnxruntime_session(model, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
