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
  if [ $status -ge 1 ] && [ $status -lt 128 ] && grep -qF -e "$text" "$log"; then ok "$name"; else bad "$name"; fi
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
works "train: from the weights of another training" "$mtl" train "${small[@]}" --network soft_label_mtl_4_small --init "$work/mtl.safetensors" --weights "$work/init.safetensors"
refuses "train: from a file without tensors of the network" "none of its tensors" "$mtl" train "${small[@]}" --network soft_label_mtl_4_small --init tests/io/pytorch/parameter.pth --weights "$work/x.safetensors"
works "train: the same seed again" "$mtl" train "${small[@]}" --threads 1 --network crnn_4b --loss mse --weights "$work/again.safetensors"
works "train: the same bits, whatever the threads" cmp "$work/crnn.safetensors" "$work/again.safetensors"
works "evaluate" "$mtl" evaluate --data "$data" --weights "$work/crnn.safetensors" "$work/mtl.safetensors" --baseline --results "$work/results.json"
holds "evaluate: three systems" '"name":"soft_label_mtl_4_small","error_rate_micro":[0-9.]+,"f1_micro":[0-9.]+,"f1_macro":[0-9.]+,"f1_macro_optimal":[0-9.]+' "$work/results.json"
clip=$(find "$data" -name '*.wav' | sort | head -n 1)
works "detect: table" "$mtl" detect "$clip" --weights "$work/crnn.safetensors"
works "detect: tsv" "$mtl" detect "$clip" --weights "$work/mtl.safetensors" --format tsv --threshold 0.05 --output "$work/events.tsv"
holds "detect: the header of tsv" '^filename.onset.offset.event_label$' "$work/events.tsv"
works "detect: jsonl" "$mtl" detect "$clip" "$clip" --weights "$work/crnn.safetensors" --format jsonl
works "audio_tagging: a file of weights" "$bin/random_cnn10" "$work/cnn10.safetensors"
tagging=("$bin/audio_tagging" "$work/cnn10.safetensors" "$clip" --network cnn10)
works "audio_tagging" "${tagging[@]}" --top 2 --threads 2
holds "audio_tagging: indices of classes" "$(basename "$clip").0\.000.10\.000.[0-9]+.0\.[0-9]{4}$" "$log"
holds "audio_tagging: the last window is what is left" '.20\.000.24\.000.' "$log"
{ echo index,mid,display_name; for k in $(seq 0 526); do echo "$k,/m/$k,\"Class $k, or so\""; done; } >"$work/classes.csv"
works "audio_tagging: one window, with names" "${tagging[@]}" --window 60 --classes "$work/classes.csv"
holds "audio_tagging: names of classes" '.0\.000.24\.000.Class [0-9]+, or so.0\.[0-9]{4}$' "$log"
sed -i '$d' "$work/classes.csv"
refuses "audio_tagging: names of other classes" "expected 527, got 526" "${tagging[@]}" --classes "$work/classes.csv"
refuses "audio_tagging: weights of another network" "missing" "$bin/audio_tagging" "$work/cnn10.safetensors" "$clip" --network cnn14
refuses "audio_tagging: no sound" "no such file" "$bin/audio_tagging" "$work/cnn10.safetensors" "$work/none.wav" --network cnn10
works "embedding" "$bin/embedding" "$work/crnn.safetensors" "$clip"
works "draw" "$mtl" draw --data "$data" --weights "$work/crnn.safetensors" --output "$work/detection.png"
holds "draw: a script with four panels" 'set multiplot layout 4,1' "$work/detection.gnuplot"
works "report" "$mtl" report --data "$data" --weights "$work/crnn.safetensors" "$work/mtl.safetensors" --log "$work/log.csv" --output "$work/report.html"
holds "report: a figure of each class" '<td>people talking</td><td class="number">[0-9]+</td>' "$work/report.html"
holds "report: a chart of losses" '<figcaption>log</figcaption>' "$work/report.html"
holds "report: frames of a scene" '<th>residential_<wbr>area</th>' "$work/report.html"
holds "report: a clip with its sound" 'src="data:audio/wav;base64,UklGR' "$work/report.html"
refuses "report: a clip that is no test clip" "no such test clip" "$mtl" report --data "$data" --weights "$work/crnn.safetensors" --clips nothing --output "$work/x.html"
refuses "report: a log that is none" "a column 'epoch'" "$mtl" report --data "$data" --weights "$work/crnn.safetensors" --log "$work/results.json" --output "$work/x.html"
once=(--data "$data" --epochs 1 --batch 2 --frames 100)
works "train: time mode B" "$mtl" train "${once[@]}" --network soft_label_mtl_3 --time-mode B --threads 2 --weights "$work/held.safetensors"
works "train: time mode C" "$mtl" train --data "$data" --epochs 1 --batch 2 --network soft_label_mtl_3 --time-mode C --threads 2 --features "$work/features" --weights "$work/stretched.safetensors"
works "evaluate: time modes" "$mtl" evaluate --data "$data" --features "$work/features" --weights "$work/held.safetensors" "$work/stretched.safetensors" --results "$work/modes.json"
works "detect: time mode C" "$mtl" detect "$clip" --weights "$work/stretched.safetensors"
rows=(table --data "$data" --reduced --epochs 1 --output "$work/table")
works "table" "$mtl" "${rows[@]}" --folds 1 --jobs 2
holds "table: says that it is reduced" 'REDUCED: channels / 8, 1 epochs, 1 fold' "$log"
holds "table: a row with its reduction and the paper's figures" '^5 +SED\+ASC\+AEC +4 maestro_mfcc +weighted soft label \(paper\) .* 0\.406 76\.61 39\.87 49\.30$' "$log"
holds "table: csv" '^3,Baseline,-,maestro_log_mel,mean squared error \(mean\),1\.0000,0\.0000,0\.0000,1,[0-9.]+,0\.000000,0\.487,' "$work/table/table.csv"
holds "table: a plot" '<figcaption>F1_MO</figcaption>' "$work/table/table.html"
rm -r "$work/table/row_12"
works "table: goes on" "$mtl" "${rows[@]}" --folds 1
holds "table: trains what is missing" '^11 of 12 trainings are there already' "$log"
refuses "table: results that were made otherwise" "made otherwise" "$mtl" "${rows[@]}" --folds 1 --batch 2
refuses "table: a fold that is not there" "no such fold" "$mtl" "${rows[@]}" --folds 1-9
refuses "table: folds that are no list" "not a list of numbers" "$mtl" "${rows[@]}" --folds 3-1
short=$work/short_data
works "generate: short clips" "$mtl" generate --data "$short" --clips 25 --seconds 8
reduced=(train --data "$short" --reduced --epochs 1 --batch 2 --features "$work/features")
works "train: reduced in time mode B" "$mtl" "${reduced[@]}" --network soft_label_mtl_6 --time-mode B --weights "$work/reduced_held.safetensors"
works "train: reduced in time mode C" "$mtl" "${reduced[@]}" --network soft_label_mtl_3 --time-mode C --threads 2 --weights "$work/reduced_stretched.safetensors"
works "train: two linear layers" "$mtl" "${reduced[@]}" --network soft_label_mtl_4 --two-linear --weights "$work/two_linear.safetensors"
works "train: two linear layers of the small network" "$mtl" train --data "$short" --epochs 1 --batch 2 --network soft_label_mtl_4_small --two-linear --weights "$work/small_two_linear.safetensors"
works "train: 40 cepstra" "$mtl" "${reduced[@]}" --network soft_label_mtl_4 --front-end maestro_mfcc_40 --weights "$work/cepstra.safetensors"
works "evaluate: model files say what they are" "$mtl" evaluate --data "$short" --features "$work/features" --weights "$work/reduced_held.safetensors" "$work/reduced_stretched.safetensors" "$work/two_linear.safetensors" "$work/cepstra.safetensors"
works "detect: 40 cepstra" "$mtl" detect "$clip" --weights "$work/cepstra.safetensors"
works "detect: two linear layers" "$mtl" detect "$clip" --weights "$work/small_two_linear.safetensors"
rows=(table --data "$short" --reduced --epochs 1 --time-mode B --init "$work/reduced_held.safetensors" --folds 1-2 --jobs 2)
works "table: time mode B, folds, seeds and given blocks" "$mtl" "${rows[@]}" --seeds 1 2 --output "$work/table_b"
holds "table: mean and deviation of two seeds" '^3 +PANNs +6 maestro_cqt .* [0-9.]+ \+- [0-9.]+ .* 0\.493 ' "$log"
(timeout -s KILL 2 "$mtl" "${rows[@]}" --seeds 1 2 --output "$work/table_killed" >"$log" 2>&1; true) 2>/dev/null
works "table: goes on after it was killed" "$mtl" "${rows[@]}" --seeds 2,1 --output "$work/table_killed"
works "table: the same figures as without the kill" cmp "$work/table_b/table.csv" "$work/table_killed/table.csv"
refuses "table: blocks of fewer than a row has" "lacks a layer of the network's blocks: " "$mtl" table --data "$short" --reduced --init "$work/reduced_stretched.safetensors" --output "$work/table_x"
works "info" "$mtl" info --network soft_label_mtl_4
holds "info: parameters" '^all .* 8246744 ' "$log"
works "info: two linear layers" "$mtl" info --network soft_label_mtl_4 --two-linear
holds "info: their parameters" '^all .* 8284472 ' "$log"

refuses "no command" "subcommand" "$mtl"
refuses "train: no data" "no such folder" "$mtl" train --data "$work/nowhere" --weights "$work/x.safetensors"
refuses "train: a fold that is not there" "no such fold" "$mtl" train --data "$data" --fold 9 --weights "$work/x.safetensors"
refuses "train: an unknown network" "crnn_5" "$mtl" train --data "$data" --network crnn_5 --weights "$work/x.safetensors"
refuses "train: clips that are shorter than a sequence" "shorter than one sequence" "$mtl" train --data "$data" --frames 100000 --weights "$work/x.safetensors"
refuses "train: features of another grid" "does not fit the network's time mode" "$mtl" train --data "$data" --front-end panns_log_mel --weights "$work/x.safetensors"
refuses "train: sequences of another length than time mode C has" "200 for time mode C" "$mtl" train "${small[@]}" --network soft_label_mtl_3 --time-mode C --features "$work/features" --weights "$work/x.safetensors"
refuses "train: a time mode that the network does not have" "mode A" "$mtl" train "${small[@]}" --network crnn_4b --time-mode B --weights "$work/x.safetensors"
refuses "train: two linear layers that the network does not have" "no --two-linear" "$mtl" train "${small[@]}" --network soft_label_mtl_3 --two-linear --weights "$work/x.safetensors"
refuses "train: more cepstra than the network reads" "64 features" "$mtl" train "${small[@]}" --network soft_label_mtl_3 --front-end maestro_mfcc_40 --weights "$work/x.safetensors"
depth=("${once[@]}" --reduced --checkpoint "$work/checkpoint.safetensors" --weights "$work/x.safetensors")
works "train: a checkpoint" "$mtl" train "${depth[@]}" --network soft_label_mtl_3
refuses "train: a checkpoint of another depth" "checkpoint.safetensors" "$mtl" train "${depth[@]}" --network soft_label_mtl_4
refuses "train: a checkpoint of another time mode" "setting: expected" "$mtl" train "${depth[@]}" --network soft_label_mtl_3 --time-mode B
refuses "train: a checkpoint of other weights at first" "setting: expected" "$mtl" train "${depth[@]}" --network soft_label_mtl_3 --init "$work/x.safetensors"
broken=$work/broken_data
cp -r "$data" "$broken"
printf '90\t91\tcar\t0.5\n' >>"$(find "$broken" -name 'soft_labels_*_00.txt' | sort | head -n 1)"
works "train: labels behind the end of a recording" "$mtl" train --data "$broken" --epochs 1 --frames 100 --reduced --weights "$work/x.safetensors"
holds "train: says which they are" 'warning: .*_00.wav has 24.0 s, but labels from 90.0 s on: these are ignored' "$log"
printf '1\t2\tcar\t1.5\n2\t3\ttram\t0.5\n' >>"$(find "$broken" -name 'soft_labels_*_00.txt' | sort | head -n 1)"
rm "$(find "$broken" -name '*.wav' | sort | tail -n 1)"
refuses "train: a value outside of 0 to 1" "expected a value from 0 to 1, got 1.5" "$mtl" train --data "$broken" --weights "$work/x.safetensors"
holds "train: an unknown label" "unknown label 'tram'" "$log"
holds "train: a missing file of a fold" "no audio '" "$log"
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

weak=$bin/weak_labels
clips=$work/clips
works "weak_labels generate" "$weak" generate --data "$clips" --clips 8 --classes 3 --recordings 8
works "weak_labels generate: the same seed again" "$weak" generate --data "$work/clips_again" --clips 8 --classes 3 --recordings 8
works "weak_labels generate: the same bits" diff -r "$clips" "$work/clips_again"
holds "weak_labels generate: weak labels" '^00007\.wav.[a-z_]+(,[a-z_]+)*$' "$clips/weak.tsv"
holds "weak_labels generate: strong labels" '^00007\.wav.3\.000.[345]\.[0-9]{3}.[a-z_]+$' "$clips/strong.tsv"
for class in low high; do mkdir -p "$work/sounds/$class" && cp "$clips"/audio/*.wav "$work/sounds/$class"; done
works "weak_labels generate: recordings" "$weak" generate --data "$work/recorded" --clips 4 --snr 20 --events "$work/sounds" --white-noise
holds "weak_labels generate: classes by their folders" '^high$' "$work/recorded/classes.tsv"
cp "$work/sounds/low/00003.wav" "$work/sounds/low/a.wav" && cp "$work/sounds/high/00004.wav" "$work/sounds/high/b.wav"
cat >"$work/list.yaml" <<END
- {mixture_name: 1.wav, fold: 1, scene_audio_name: 00000.wav, events: [{event_audio_name: a.wav, event_label: low, onset: 0.5, offset: 3.75}]}
- {mixture_name: 2.wav, fold: 2, scene_audio_name: 00001.wav, events: [{event_audio_name: b.wav, event_label: high, onset: 3, offset: 5}]}
END
given=(generate --events "$work/sounds" --scenes "$clips/audio" --mixtures "$work/list.yaml" --data "$work/given")
if [ -e /usr/include/yaml-cpp/yaml.h ]; then
  works "weak_labels generate: a given list" "$weak" "${given[@]}"
  holds "weak_labels generate: its times" '^1\.wav.0\.500.3\.750.low$' "$work/given/strong.tsv"
  sed -i 's/b\.wav/c.wav/' "$work/list.yaml"
  refuses "weak_labels generate: a list with a recording that is not there" "c.wav" "$weak" "${given[@]}2"
fi
few=(--data "$clips" --features "$work/weak_features" --reduced --epochs 1 --batch 3)
works "weak_labels train 2apae" "$weak" train "${few[@]}" --network 2apae --threads 2 --weights "$work/apae.safetensors" --log "$work/apae.csv"
holds "weak_labels train: a log with scores" '^1,0\.001,[0-9.]+,[0-9.]+,' "$work/apae.csv"
works "weak_labels train: the same seed again" "$weak" train "${few[@]}" --network 2apae --threads 1 --weights "$work/apae_again.safetensors"
works "weak_labels train: the same bits, whatever the threads" cmp "$work/apae.safetensors" "$work/apae_again.safetensors"
models=("$work/apae.safetensors")
for network in weak_gmp weak_gap weak_gwrp weak_atrous; do
  works "weak_labels train $network" "$weak" train "${few[@]}" --network $network --fold 2 --weights "$work/$network.safetensors"
  models+=("$work/$network.safetensors")
done
works "weak_labels evaluate" "$weak" evaluate --data "$clips" --weights "${models[@]}" --results "$work/weak.json"
holds "weak_labels evaluate: the mean of all" '^mean +0\.[0-9]+' "$log"
holds "weak_labels evaluate: figures" '"name":"weak_atrous","fold":2,"micro_precision":[01]\.[0-9]+' "$work/weak.json"
holds "weak_labels evaluate: events of all systems" '"name":"weak_gwrp",.*"segment_f1":[01]\.[0-9]+,"segment_error_rate":[0-9.]+' "$work/weak.json"
works "weak_labels explain" "$weak" explain "$clips/audio/00001.wav" --weights "$work/apae.safetensors"
holds "weak_labels explain: when and at which frequencies" '^[a-z_]+ +0\.[0-9]+ +step one most at [0-9.]+ s, at [0-9]+ to [0-9]+ Hz; step two at [0-9.]+ s; heard' "$log"
holds "weak_labels explain: against the labels of the set" 'against 3 labelled events, .* F1 [0-9n]' "$log"
works "weak_labels explain: a page" "$weak" explain "$clips/audio/00001.wav" --weights "$work/apae.safetensors" --page "$work/explained.html"
holds "weak_labels explain: six panels, events and the sound" 'data:audio/wav' "$work/explained.html"
if command -v gnuplot >/dev/null; then
  works "weak_labels explain: a picture" "$weak" explain "$clips/audio/00001.wav" --weights "$work/apae.safetensors" --picture "$work/seven panels.png"
  holds "weak_labels explain: a png" 'PNG' "$work/seven panels.png"
fi
refuses "weak_labels explain: a network that does not explain itself" "does not explain itself" "$weak" explain "$clips/audio/00001.wav" --weights "$work/weak_gmp.safetensors"
refuses "weak_labels explain: no sound file" "no such file" "$weak" explain "$work/nothing.wav" --weights "$work/apae.safetensors"
refuses "weak_labels explain: a sound of another length" "not as long as the clips" "$weak" explain "$clip" --weights "$work/apae.safetensors"
works "weak_labels denoise" "$weak" denoise "$clips/audio/00001.wav" --weights "$work/apae.safetensors" --output "$work/cleaned.safetensors"
holds "weak_labels denoise: compared with the events alone" '^cleaned +[0-9.]+ +-?[01]\.[0-9]+$' "$log"
{ printf 'RIFF\x24\xc4\x09\0WAVEfmt \x10\0\0\0\1\0\1\0\0\x7d\0\0\0\xfa\0\0\2\0\x10\0data\0\xc4\x09\0' && head -c 640000 /dev/zero; } >"$work/one_channel.wav"
works "weak_labels denoise: a file without events alone" "$weak" denoise "$work/one_channel.wav" --weights "$work/apae.safetensors"
holds "weak_labels denoise: says so" 'no events alone to compare with' "$log"
refuses "weak_labels denoise: a network that reconstructs nothing" "reconstructs nothing" "$weak" denoise "$clips/audio/00001.wav" --weights "$work/weak_gap.safetensors"
table=(table --output "$work/table" --clips 8 --classes 2 --epochs 1 --threads 2)
works "weak_labels table" "$weak" "${table[@]}"
holds "weak_labels table: beside the paper" '^2APAE +[01]\.[0-9]+ +0\.6986 ' "$log"
holds "weak_labels table: csv" '^alpha,0,alpha 0\.01,4,[01]\.[0-9]+,' "$work/table/table.csv"
holds "weak_labels table: json" '"table":"networks","snr":20,"name":"Atrous AP","folds":4,"micro_precision":[01]\.[0-9]+' "$work/table/table.json"
cp "$work/table/table.csv" "$work/table_before.csv"
sed -i '$d' "$work/table/runs.csv"  # the last training has to be done again
works "weak_labels table: goes on where it was stopped" "$weak" "${table[@]}"
holds "weak_labels table: with what is there" '^83 trainings are there from before' "$log"
works "weak_labels table: to the same figures" cmp "$work/table/table.csv" "$work/table_before.csv"
refuses "weak_labels table: a folder of other settings" "a table of other settings" "$weak" table --output "$work/table" --clips 8 --classes 2 --epochs 2
refuses "weak_labels generate: a folder that is not empty" "a folder that is empty" "$weak" generate --data "$clips"
refuses "weak_labels generate: clips that do not part into folds" "a multiple of 4" "$weak" generate --data "$work/nowhere" --clips 7
refuses "weak_labels train: a fold that is not there" "no such fold" "$weak" train "${few[@]}" --fold 5 --weights "$work/x.safetensors"
refuses "weak_labels train: no data" "no such folder" "$weak" train --data "$work/nowhere" --weights "$work/x.safetensors"
refuses "weak_labels evaluate: other classes" "other classes" "$weak" evaluate --data "$work/recorded" --weights "$work/apae.safetensors"
refuses "weak_labels evaluate: a model of another program" "unknown network" "$weak" evaluate --data "$clips" --weights "$work/crnn.safetensors"

dcasenet=$bin/dcasenet
tasks=$work/tasks
works "dcasenet generate" "$dcasenet" generate --data "$tasks" --scene-clips 3 --tag-clips 20 --event-clips 3 --event-seconds 12
holds "dcasenet generate: scenes" '^audio/tram-city-2-0-a\.wav.tram$' "$tasks/asc/evaluation_setup/fold1_train.csv"
holds "dcasenet generate: tags" '^00000019\.wav,"?[a-z_]+' "$tasks/tag/train_curated.csv"
holds "dcasenet generate: events" '^[0-9]+,[0-9]+,0,0,0$' "$tasks/sed/metadata_dev/fold1_room1_mix001_ov1.csv"
quick=(--data "$tasks" --settings quick --batch 2 --epochs 1 --iterations 2)
works "dcasenet train" "$dcasenet" train "${quick[@]}" --reduced --threads 2 --mixup-from 0 --tags-twice --weights "$work/joint" --log "$work/joint.csv"
holds "dcasenet train: a log with losses and figures" '^1,[0-9.e-]+,[0-9.]+,0\.[0-9]+,0\.[0-9]+,[01]\.[0-9]+,' "$work/joint.csv"
works "dcasenet train: the same seed again, no sounds in memory" "$dcasenet" train "${quick[@]}" --reduced --threads 1 --sound-memory 0 --mixup-from 0 --tags-twice --weights "$work/joint_again"
works "dcasenet train: the same bits, whatever the threads and the memory" diff -r "$work/joint" "$work/joint_again"
works "dcasenet fine-tune" "$dcasenet" fine-tune "${quick[@]}" --from "$work/joint" --task asc --weights "$work/fine"
works "dcasenet evaluate" "$dcasenet" evaluate --data "$tasks" --weights "$work/joint/best_tag.safetensors" --results "$work/dcasenet.json" --report "$work/dcasenet.html"
holds "dcasenet evaluate: the lwlrap of each tag" '^  [a-z_]+ +[0-9.]+ %$' "$log"
holds "dcasenet evaluate: figures" '"lwlrap":0\.[0-9]+,"f1":' "$work/dcasenet.json"
holds "dcasenet evaluate: a page" 'lwlrap of each tag' "$work/dcasenet.html"
works "dcasenet predict" "$dcasenet" predict "$tasks/asc/audio/bus-city-0-0-a.wav" --weights "$work/joint/best_sed.safetensors"
holds "dcasenet predict: a scene" '^  scene  [a-z_]+ \(0\.[0-9]+\)$' "$log"
works "dcasenet table: published" "$dcasenet" table
holds "dcasenet table: a row" '^v3 +ATS +56\.80 +70\.40 +75\.19 +0\.3586 +69\.37 +74\.59 +78\.80 +0\.3185$' "$log"
works "dcasenet table: own rows" "$dcasenet" table "${quick[@]}" --tasks at ts --seeds 1 2 --threads 2
holds "dcasenet table: single tasks" '^v3 reduced +[0-9]+\.[0-9]{2} +[0-9]+\.[0-9]{2} +[0-9]+\.[0-9]{2} +[0-9]+\.[0-9]{4}$' "$log"
holds "dcasenet table: joint, then fine-tuned" '^v3 reduced +TS +- +[0-9.]+ +[0-9.]+ +[0-9.]+ +- +[0-9.]+ +[0-9.]+ +[0-9.]+$' "$log"
refuses "dcasenet table: unknown tasks" "one or more of the letters" "$dcasenet" table "${quick[@]}" --tasks ats ax
works "dcasenet transfer" "$dcasenet" transfer --data "$work/sounds" --weights "$work/joint/best_tag.safetensors" --embeddings "$work/embeddings.csv"
holds "dcasenet transfer: embeddings" '^filename,class,e0,.*,e127$' "$work/embeddings.csv"
refuses "dcasenet train: unknown tasks" "one or more of the letters" "$dcasenet" train "${quick[@]}" --tasks x --weights "$work/x"
refuses "dcasenet train: no data" "no such folder" "$dcasenet" train --data "$work/nowhere" --weights "$work/x"
refuses "dcasenet train: a batch larger than the set" "bad size of a batch" "$dcasenet" train --data "$tasks" --weights "$work/x" --reduced --settings quick --tasks t --batch 100
refuses "dcasenet evaluate: a model of another program" "unknown network" "$dcasenet" evaluate --data "$tasks" --weights "$work/crnn.safetensors"
refuses "dcasenet predict: no sound file" "no such file" "$dcasenet" predict "$work/nothing.wav" --weights "$work/joint/best_sed.safetensors"

evaluate=$bin/evaluate
in=$work/evaluate
mkdir -p "$in/scores" "$in/broken"
tsv() { tr ' ' '\t' >"$1"; }  # file; rows from the input
tsv "$in/reference.tsv" <<END
filename onset offset event_label
f1.wav 0 2.5 A
f1.wav 2 4 B
f1.wav 6.2 8 A
f2.wav 1 3 B
f2.wav 5 9.5 C
END
tsv "$in/estimate.tsv" <<END
filename onset offset event_label
f1.wav 0.15 2.3 A
f1.wav 2.3 4.1 B
f1.wav 6.1 7.2 A
f1.wav 8.5 9.5 C
f2.wav 0.9 3.3 B
f2.wav 5.1 8.8 C
f2.wav 9 9.5 A
END
tsv "$in/durations.tsv" <<<$'filename duration\na.wav 60\nb.wav 60'
tsv "$in/truth.tsv" <<<$'filename onset offset event_label\na.wav 0 3 A\na.wav 3 6 B\nb.wav 4 6 A\nb.wav 0 3 B\nb.wav 7 8 B'
tsv "$in/weak.tsv" <<<$'filename event_labels\na.wav A,B\nb.wav A'
scores() {  # id, scores of A, scores of B: 10 frames of 1 s, then 30 of 0.45
  local a=($2) b=($3) k
  printf 'onset\toffset\tA\tB\n'
  for k in {0..39}; do printf '%d\t%d\t%s\t%s\n' "$k" $((k + 1)) "${a[$k]:-0.45}" "${b[$k]:-0.45}"; done
}
scores a ".9 .8 .7 .2 .95 .1 .6 .1 .1 .3" ".1 .1 .3 .6 .8 .7 .2 .1 .2 .1" >"$in/scores/a.tsv"
scores b ".2 .1 .3 .4 .8 .5 .1 .1 .2 .1" ".5 .9 .8 .2 .1 .1 .4 .6 .1 .1" >"$in/scores/b.tsv"
sed 's/\.95/x/' "$in/scores/a.tsv" >"$in/broken/a.tsv"
events=(--reference "$in/reference.tsv" --estimate "$in/estimate.tsv")
tables=(--reference "$in/truth.tsv" --scores "$in/scores" --durations "$in/durations.tsv")
figure() {  # name, path of a figure in the object, expected text, command...: the figure to 6 places
  local name=$1 path=$2 text=$3
  shift 3
  if "$@" --json >"$log" 2>&1 && awk -v path="$path" -v text="$text" '
      { line = $0; sub(/^ */, "", line); depth = length($0) - length(line); split(line, part, "\""); key[depth] = part[2] }
      /: [-0-9n]/ {
        here = ""
        for (d = 1; d <= depth; ++d) here = here (d > 1 ? "." : "") key[d]
        value = line; sub(/^.*": /, "", value); sub(/,$/, "", value)
        if (here != path) next
        found = value == text
        if (value != "null" && text != "null") found = value - text < 6e-7 && text - value < 6e-7
      }
      END { exit !found }' "$log"; then ok "$name"; else bad "$name"; fi
}
works "evaluate: a table" "$evaluate" segment "${events[@]}"
holds "evaluate: a row for each class" '^B +0\.7273 +' "$log"
figure "evaluate segment: F1" micro.f1 0.787879 "$evaluate" segment "${events[@]}" --resolution 1
figure "evaluate segment: error rate" macro.error_rate 0.516667 "$evaluate" segment "${events[@]}"
figure "evaluate segment: a class" classes.A.f1 0.909091 "$evaluate" segment "${events[@]}"
figure "evaluate segment: of some classes" micro.error_rate 0.2 "$evaluate" segment "${events[@]}" --classes A
figure "evaluate event: F1" micro.f1 0.5 "$evaluate" event "${events[@]}" --collar 0.2 --offset-share 0.2
figure "evaluate event: error rate" micro.error_rate 0.8 "$evaluate" event "${events[@]}"
figure "evaluate event: greedily" classes.C.f1 0.666667 "$evaluate" event "${events[@]}" --greedy
figure "evaluate event: from scores" micro.recall 0.4 "$evaluate" event --reference "$in/truth.tsv" --scores "$in/scores" --threshold 0.65
figure "evaluate best-f: F1" micro.f1 1 "$evaluate" best-f --reference "$in/truth.tsv" --scores "$in/scores" --segment 60 --time-decimals 6
figure "evaluate best-f: threshold" classes.B.threshold 0.475 "$evaluate" best-f "${tables[@]}" --segment 1
figure "evaluate best-f: an undefined figure" micro.error_rate null "$evaluate" best-f "${tables[@]}"
grep -v 'B$' "$in/truth.tsv" >"$in/only_a.tsv"
half=(intersection --reference "$in/truth.tsv" --estimate "$in/only_a.tsv" --dtc 0.5 --gtc 0.5 --cttc 0.3)
figure "evaluate intersection: F1" macro.f1 0.5 "$evaluate" "${half[@]}"
figure "evaluate intersection: F1 of psds_eval" macro.f1 1 "$evaluate" "${half[@]}" --psds-eval-quirk
figure "evaluate psds: scenario 1" psds 0.55 "$evaluate" psds "${tables[@]}"
figure "evaluate psds: a class" classes.B.psds 1 "$evaluate" psds "${tables[@]}" --dtc 0.7 --gtc 0.7
figure "evaluate psds: scenario 2, other weight" psds 0.185714 "$evaluate" psds "${tables[@]}" --dtc 0.1 --gtc 0.1 --cttc 0.3 --alpha-ct 0.1 --alpha-st 1 --max-efpr 100
figure "evaluate tags: clips" classes.B.roc_auc 0 "$evaluate" tags --reference "$in/weak.tsv" --scores "$in/scores"
figure "evaluate tags: frames" lwlrap 1 "$evaluate" tags "${tables[@]}" --level frame --classes A
holds "evaluate: times of reading and of computing" '"reading_milliseconds": [0-9.e-]+,' "$log"
refuses "evaluate: no command" "subcommand" "$evaluate"
refuses "evaluate: neither estimate nor scores" "--estimate or --scores" "$evaluate" segment --reference "$in/reference.tsv"
refuses "evaluate: both of them" "excludes" "$evaluate" segment "${events[@]}" --scores "$in/scores"
refuses "evaluate: no such file" "no such file" "$evaluate" segment --reference "$in/nothing.tsv" --estimate "$in/estimate.tsv"
refuses "evaluate: an unknown label" "--classes" "$evaluate" segment --reference "$in/truth.tsv" --estimate "$in/estimate.tsv"
refuses "evaluate: no scores of a class" "a column 'C'" "$evaluate" psds "${tables[@]}" --classes A,C
refuses "evaluate: no scores of a file" "f1.tsv" "$evaluate" psds --reference "$in/reference.tsv" --scores "$in/scores" --classes A
refuses "evaluate: no duration of a file" "durations.tsv" "$evaluate" segment "${events[@]}" --durations "$in/durations.tsv"
refuses "evaluate: a broken score table" "broken/a.tsv, line 6" "$evaluate" psds --reference "$in/truth.tsv" --scores "$in/broken"
tsv "$in/bad.tsv" <<<$'filename onset offset event_label\na.wav 2 1 A'
refuses "evaluate: a broken annotation" "bad.tsv, line 2" "$evaluate" segment --reference "$in/bad.tsv" --estimate "$in/estimate.tsv"
refuses "evaluate: weak labels where events are needed" "weak labels" "$evaluate" segment --reference "$in/weak.tsv" --estimate "$in/truth.tsv"
refuses "evaluate: an option out of range" "from 0 to 1" "$evaluate" psds "${tables[@]}" --dtc 2

apply=$bin/apply
works "apply: times a network" "$apply" crnn_4b --repeat 2 --json
holds "apply: json" '^\{"network": ?"crnn_4b", ?"threads": ?1, ?"milliseconds": ?\[[0-9.e, ]+\], ?"peak_bytes": ?[0-9]+\}$' "$log"
works "apply: times training" "$apply" soft_label_mtl_4_small --repeat 1 --batch 2 --train --json
holds "apply: json of training" '"kept_bytes": ?[1-9][0-9]*\}$' "$log"
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
