# Checks of a script, one command each: source it, call `step`, end with `steps_done`. What a command prints goes to "$log", and is
# shown if it fails; where show_steps is not empty, as it comes.
passed=0 failed=0 skipped=0
log=build/log_step_$(basename "$0" .sh).txt
mkdir -p build
step() {  # name, command...; status 77: what it needs is not there
  local name=$1 status started=$SECONDS
  shift
  if [ -n "${show_steps:-}" ]; then
    "$@" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
  else
    "$@" >"$log" 2>&1
    status=$?
  fi
  case $status in
    0) passed=$((passed + 1)) && echo "ok $name ($((SECONDS - started)) s)" ;;
    77) skipped=$((skipped + 1)) && echo "skipped $name: no GPU, or no tool or library of NVIDIA" ;;
    *)
      failed=$((failed + 1))
      echo "FAILED $name"
      [ -n "${show_steps:-}" ] || tail -n 30 "$log"
      ;;
  esac
}
# A command that only a machine with a GPU can run.
with_gpu() { if [ -e /dev/nvidiactl ]; then "$@"; else echo "there is no GPU" && return 77; fi; }
steps_done() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
}
