#!/usr/bin/env bash
# Times auris beside the runtimes and front-ends that a user of Python would pick instead, which are installed in a virtual environment
# of their own, build/peers/environment.
#
#   bash benchmarks/peers/run.sh [OPTION...]            networks; --help lists the options
#   bash benchmarks/peers/run.sh --kernels [OPTION...]  single layers
#   bash benchmarks/peers/run.sh --audio [OPTION...]    the log-mel front-end
#   bash benchmarks/peers/run.sh --metrics [OPTION...]  the metrics of the program evaluate
set -e
root=$(cd "$(dirname "$0")/../.." && pwd)
source "$root/cmake/install_packages.sh"
install_packages g++ cmake ninja-build pkg-config libsndfile1-dev nlohmann-json3-dev libcli11-dev libbenchmark-dev python3-venv python3-dev
environment=$root/build/peers/environment
[ -x "$environment/bin/python" ] || python3 -m venv "$environment"

# Of "module=package", what is not there yet. A peer that cannot be had here is left out of the table.
install() {
  local pair
  for pair in "$@"; do
    "$environment/bin/python" -c "import importlib.util as u, sys; sys.exit(u.find_spec('${pair%%=*}') is None)" && continue
    echo "installing ${pair#*=}"
    "$environment/bin/pip" install --quiet "${pair#*=}" || echo "could not install ${pair#*=}" >&2
  done
}
if [ "$1" = --audio ]; then
  shift
  script=audio.py program=kernels
  install numpy torch librosa kaldi_native_fbank=kaldi-native-fbank essentia
elif [ "$1" = --metrics ]; then
  shift
  script=metrics.py program=evaluate
  install "numpy=numpy<2.4" "pandas=pandas<3" "pkg_resources=setuptools<81" sed_eval sed_scores_eval psds_eval sklearn=scikit-learn
else
  script=measure.py program=apply_benchmark_networks
  if [ "$1" = --kernels ]; then
    shift
    script=kernels.py program=kernels
  fi
  install numpy torch safetensors onnx onnxscript onnxruntime openvino MNN ncnn pnnx
fi
(cd "$root" && cmake --preset release -DAURIS_BUILD_BENCHMARKS=ON && cmake --build --preset release --target $program) \
  >"$root/build/log_peers.txt" || { tail -n 40 "$root/build/log_peers.txt"; exit 1; }
"$environment/bin/python" "$root/benchmarks/peers/$script" --program "$root/build/release/bin/$program" "$@"
