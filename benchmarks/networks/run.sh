#!/usr/bin/env bash
# Times networks: calls of the product form and training steps, one item and many, with one thread and several. One process for each
# line of the table, whose peak of memory is the last column (weights, input and program included).
#
#   bash benchmarks/networks/run.sh [--networks "A B"] [--batches "1 16"] [--threads "1 2"] [--repeat N]       those are the defaults,
#   but for --networks: all; --repeat: 5, training steps half as many, none of networks stored as bf16. All of it takes an hour.
cd "$(dirname "$0")/../.." || exit 2
networks="" batches="1 16" threads="1 2" repeat=5
while [ $# -gt 0 ]; do
  case $1 in
    --networks) networks=$2; shift 2 || exit 2 ;;
    --batches) batches=$2; shift 2 || exit 2 ;;
    --threads) threads=$2; shift 2 || exit 2 ;;
    --repeat) repeat=$2; shift 2 || exit 2 ;;
    *) echo "unknown option '$1'" >&2; exit 2 ;;
  esac
done
mkdir -p build
{ cmake --preset release -DAURIS_BUILD_BENCHMARKS=ON && cmake --build --preset release --target apply_benchmark_networks; } \
  >build/log_networks.txt 2>&1 || { tail -n 40 build/log_networks.txt; exit 1; }
program=build/release/bin/apply_benchmark_networks
[ -n "$networks" ] || networks=$("$program" --help | sed -n 's/^Networks: //p' | tr -d ',')

failed=0
line() { printf '| %-26s | %-9s | %5s | %7s | %11s | %11s | %8s | %9s |\n' "$@"; }
measure() {  # network, work, batch, threads, options...
  local said figures
  if ! said=$("$program" "$1" --batch "$3" --threads "$4" "${@:5}" --json 2>&1); then
    line "${@:1:4}" - - - -
    echo "$said" >&2
    failed=1
    return
  fi
  # The middle one of the sorted times, the first one, items a second, and megabytes.
  figures=$(sed -E 's/.*\[(.*)\].*"peak_bytes": ?([0-9]+).*/\1, \2/' <<<"$said" | tr -d ' ' | tr ',' '\n' | awk -v batch="$3" '
    { value[NR] = $1 }
    END {
      n = NR - 1
      for (i = 1; i <= n; ++i)
        for (j = i + 1; j <= n; ++j)
          if (value[j] < value[i]) { t = value[i]; value[i] = value[j]; value[j] = t }
      median = value[int(n / 2) + 1]
      printf "%.2f %.2f %.1f %.0f", median, value[1], 1000 * batch / median, value[NR] / 1e6
    }')
  # shellcheck disable=SC2086
  line "${@:1:4}" $figures
}
line network work batch threads "median, ms" "fastest, ms" "items/s" "peak, MB"
line "" "" "" "" "" "" "" "" | tr ' ' -
for network in $networks; do
  for batch in $batches; do
    for t in $threads; do
      measure "$network" inference "$batch" "$t" --repeat "$repeat"
      [[ $network == *_bf16 ]] || measure "$network" training "$batch" "$t" --repeat $(((repeat + 1) / 2)) --train
    done
  done
done
exit $failed
