#!/usr/bin/env bash
# Whether both systems learn, for several seeds of data and training: each has to beat the constant answer on the test clips of
# fold 1 by 15 points of F1_MO and by 0.15 of ER_m. Prints a line for each seed and system; exits with 1 where one does not.
#
#   bash examples/soft_label_mtl/seeds.sh [SEED...]       default: 1 2 3
cd "$(dirname "$0")/../.." || exit 2
[ $# -gt 0 ] || set -- 1 2 3
status=0
printf '%-6s %-24s %8s %8s %8s %8s\n' seed system ER_m F1_m F1_M F1_MO
for seed in "$@"; do
  bash examples/run.sh --seed "$seed" >build/log_seed_"$seed".txt 2>&1 || { tail -n 20 build/log_seed_"$seed".txt; exit 1; }
  awk -v seed="$seed" -F'[:,}]' '
    /"name"/ {
      name = $2; gsub(/"/, "", name)
      er = $4; f1_m = 100 * $6; f1_M = 100 * $8; best = 100 * $10
      printf "%-6s %-24s %8.3f %8.1f %8.1f %8.1f\n", seed, name, er, f1_m, f1_M, best
      if (name == "mean_label") { base_er = er; base_best = best }
      else if (best < base_best + 15 || er > base_er - 0.15) { print "       too little"; bad = 1 }
    }
    END { exit bad }' out/soft_label_mtl/results.json || status=1
done
exit $status
