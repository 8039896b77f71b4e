#!/usr/bin/env bash
# The example programs at work, on a small generated data set: every command, its output and its errors.
#
#   bash tests/examples.sh [FOLDER]     that has them; default: build/release/bin
#
# Prints "N passed, N failed, N skipped".
cd "$(dirname "$0")/.." || exit 2
bin=$PWD/${1:-build/release/bin}
work=$PWD/build/examples_test
rm -rf "$work"
mkdir -p "$work"
passed=0 failed=0
log=$work/log.txt
ok() { passed=$((passed + 1)); echo "ok $1"; }
bad() {
  failed=$((failed + 1))
  echo "FAILED $1"
  tail -n 20 "$log"
}
works() {  # name, command...
  local name=$1
  shift
  if "$@" >"$log" 2>&1; then ok "$name"; else bad "$name"; fi
}
refuses() {  # name, text of the error, command...
  local name=$1 text=$2 status
  shift 2
  "$@" >"$log" 2>&1
  status=$?
  if [ $status -ge 1 ] && [ $status -lt 128 ] && grep -qF "$text" "$log"; then ok "$name"; else bad "$name"; fi
}
holds() {  # name, pattern, file
  if grep -qE "$2" "$3" 2>/dev/null; then ok "$1"; else tail -n 20 "$3" >"$log" 2>/dev/null; bad "$1"; fi
}

works "custom_layer" "$bin/custom_layer"
works "streaming" "$bin/streaming"

mtl=$bin/soft_label_mtl
data=$work/data
works "generate" "$mtl" generate --data "$data" --clips 25 --seconds 24
refuses "generate: a folder that is not empty" "a folder that is empty" "$mtl" generate --data "$data" --clips 25 --seconds 24
small=(--data "$data" --epochs 2 --batch 2 --frames 100)
works "train crnn_4b" "$mtl" train "${small[@]}" --threads 2 --network crnn_4b --loss mse --weights "$work/crnn.safetensors" --log "$work/log.csv"
holds "train: a log with losses" '^2,[0-9.e-]+,' "$work/log.csv"
works "train soft_label_mtl_4_small" "$mtl" train "${small[@]}" --network soft_label_mtl_4_small --tasks sed+asc --loss wsl --weights "$work/mtl.safetensors"
works "train: the same seed again" "$mtl" train "${small[@]}" --threads 1 --network crnn_4b --loss mse --weights "$work/again.safetensors"
works "train: the same bits, whatever the threads" cmp "$work/crnn.safetensors" "$work/again.safetensors"
works "evaluate" "$mtl" evaluate --data "$data" --weights "$work/crnn.safetensors" "$work/mtl.safetensors" --baseline --results "$work/results.json"
holds "evaluate: three systems" '"name":"soft_label_mtl_4_small","error_rate_micro":[0-9.]+,"f1_micro":[0-9.]+,"f1_macro":[0-9.]+,"f1_macro_optimal":[0-9.]+' "$work/results.json"
clip=$(find "$data" -name '*.wav' | sort | head -n 1)
works "detect: table" "$mtl" detect "$clip" --weights "$work/crnn.safetensors"
works "detect: tsv" "$mtl" detect "$clip" --weights "$work/mtl.safetensors" --format tsv --threshold 0.05 --output "$work/events.tsv"
holds "detect: the header of tsv" '^filename.onset.offset.event_label$' "$work/events.tsv"
works "detect: jsonl" "$mtl" detect "$clip" "$clip" --weights "$work/crnn.safetensors" --format jsonl
works "embedding" "$bin/embedding" "$work/crnn.safetensors" "$clip"
works "draw" "$mtl" draw --data "$data" --weights "$work/crnn.safetensors" --output "$work/detection.png"
holds "draw: a script with four panels" 'set multiplot layout 4,1' "$work/detection.gnuplot"
works "info" "$mtl" info --network soft_label_mtl_4
holds "info: parameters" '^all .* 8246744 ' "$log"

refuses "no command" "subcommand" "$mtl"
refuses "train: no data" "no such folder" "$mtl" train --data "$work/nowhere" --weights "$work/x.safetensors"
refuses "train: a fold that is not there" "no such fold" "$mtl" train --data "$data" --fold 9 --weights "$work/x.safetensors"
refuses "train: an unknown network" "crnn_5" "$mtl" train --data "$data" --network crnn_5 --weights "$work/x.safetensors"
refuses "detect: no model" "no such file" "$mtl" detect "$clip" --weights "$work/nothing.safetensors"
head -c 1000 "$work/crnn.safetensors" >"$work/cut.safetensors"
refuses "detect: a model file cut short" "cut.safetensors" "$mtl" detect "$clip" --weights "$work/cut.safetensors"
refuses "detect: a model of another network" "missing" "$bin/embedding" "$work/mtl.safetensors" "$clip"
for kind in empty text cut; do
  case $kind in
    empty) : >"$work/$kind.wav" ;;
    text) echo "this is no sound" >"$work/$kind.wav" ;;
    cut) head -c 30 "$clip" >"$work/$kind.wav" ;;
  esac
  refuses "detect: $kind sound file" "$kind.wav" "$mtl" detect "$work/$kind.wav" --weights "$work/crnn.safetensors"
done

apply=$bin/apply
works "apply: times a network" "$apply" crnn_4b --repeat 2 --json
holds "apply: json" '^\{"network": ?"crnn_4b", ?"threads": ?1, ?"milliseconds": ?\[[0-9.e, ]+\], ?"peak_bytes": ?[0-9]+\}$' "$log"
works "apply: times training" "$apply" soft_label_mtl_4_small --repeat 1 --batch 2 --train --json
works "apply: times a network with the weights of a model" "$apply" crnn_4b --weights "$work/crnn.safetensors" --repeat 1
refuses "apply: times no network with weights of another" "missing" "$apply" crnn_4b --weights "$work/mtl.safetensors" --repeat 1
refuses "apply: an unknown network" "crnn_4b" "$apply" nothing --repeat 1 --json
works "apply: an option of a network" "$apply" 2apae --option attention=paper --repeat 1 --json
refuses "apply: an unknown value of an option" "code or paper" "$apply" 2apae --option attention=both --repeat 1
refuses "apply: an option that a network does not have" "does not have the option" "$apply" crnn_4b --option attention=code --repeat 1
refuses "apply: an option without a value" "NAME=VALUE" "$apply" 2apae --option attention --repeat 1
refuses "apply: no weights" "no such file" "$apply" crnn_4b --weights "$work/nothing.safetensors" --input "$work/nothing.safetensors" --output "$work/y.safetensors"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
