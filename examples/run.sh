#!/usr/bin/env bash
# The main job: generates a data set, trains two systems, evaluates them beside a baseline, detects events, draws a picture, writes a report.
#
#   bash examples/run.sh [--data DIR] [--seed N]      DIR: a folder in MAESTRO's layout instead of the generated one
#
# Leaves out/soft_label_mtl/: results.json, events.tsv, detection.png, report.html and the model files. What is missing is installed (Debian,
# Ubuntu; as root or with sudo).
set -e
cd "$(dirname "$0")/.."
source cmake/install_packages.sh
data="" seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --data) data=$2; shift 2 ;;
    --seed) seed=$2; shift 2 ;;
    *) echo "unknown option '$1'; options are --data DIR and --seed N" >&2; exit 2 ;;
  esac
done
install_packages g++ cmake ninja-build pkg-config libsndfile1-dev nlohmann-json3-dev libcli11-dev gnuplot-nox
started=$(date +%s)
mkdir -p build
echo "== building (a minute or two)"
{ cmake --preset release -DAURIS_BUILD_TESTS=OFF -DAURIS_BUILD_BENCHMARKS=OFF && cmake --build --preset release --target soft_label_mtl; } \
  >build/log_examples.txt 2>&1 || { tail -n 40 build/log_examples.txt; exit 1; }
program=$PWD/build/release/bin/soft_label_mtl
out=out/soft_label_mtl
mkdir -p "$out"
single=(--batch 32 --epochs 150) multi=(--batch 32 --epochs 150)
if [ -z "$data" ]; then
  data=$out/data
  rm -rf "$data"
  "$program" generate --data "$data" --seed "$seed"
  single=(--batch 4 --epochs 30) multi=(--batch 4 --epochs 60 --rate 0.0005)  # small batches of large losses: at 0.001 some seeds jump
fi
threads=$(nproc)
echo "== training"
"$program" train --data "$data" --network crnn_4b --loss mse --weights "$out/crnn_4b.safetensors" --log "$out/crnn_4b.csv" \
  --seed "$seed" --threads "$threads" "${single[@]}"
"$program" train --data "$data" --network soft_label_mtl_4_small --loss wsl --tasks all --weights "$out/soft_label_mtl_4_small.safetensors" \
  --log "$out/soft_label_mtl_4_small.csv" --seed "$seed" --threads "$threads" "${multi[@]}"
echo "== evaluation on the test clips of fold 1"
"$program" evaluate --data "$data" --weights "$out/crnn_4b.safetensors" "$out/soft_label_mtl_4_small.safetensors" --baseline \
  --results "$out/results.json"
echo "== events in one clip"
# The first test clip: no network has seen it.
list=$(find "$data" -name fold1_test.csv | head -n 1)
name=$([ -z "$list" ] || sed -n '2s|.*[/\\]||p' "$list" | tr -d '\r')
clip=$(find "$data" -name "${name:-*}.wav" | sort | head -n 1)
"$program" detect "$clip" --weights "$out/crnn_4b.safetensors" --format tsv --output "$out/events.tsv"
"$program" detect "$clip" --weights "$out/crnn_4b.safetensors"
"$program" draw --data "$data" --weights "$out/crnn_4b.safetensors" --clip "$(basename "$clip" .wav)" --output "$out/detection.png"
(cd "$out" && gnuplot detection.gnuplot)
"$program" report --data "$data" --weights "$out/crnn_4b.safetensors" "$out/soft_label_mtl_4_small.safetensors" \
  --log "$out/crnn_4b.csv" "$out/soft_label_mtl_4_small.csv" --clips "$(basename "$clip" .wav)" --output "$out/report.html"
echo "done in $(($(date +%s) - started)) s: $out/results.json, $out/events.tsv, $out/detection.png, $out/report.html"
