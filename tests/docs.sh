#!/usr/bin/env bash
# Compiles and runs the examples in header comments (lines "///     code") and the ```cpp blocks of README.md and docs/*.md.
#
# A block of an example counts as code where a line ends with ';' or '}'; formulas do not. Blocks that begin with
# "template <class T> struct kernel<" are contracts, which the kernels themselves fulfil. Examples run one by one in an empty folder;
# an example whose file is not there ends with the library's error, which is right as well; anything else that stops it is a failure.
# Prints "N passed, N failed, N skipped".
cd "$(dirname "$0")/.." || exit 2
work=build/docs
rm -rf "$work"
mkdir -p "$work/run"
compiler=${CXX:-g++}
flags="-std=c++20 -O0 -w -Iinclude -Iexamples -Itests -isystem /usr/include/eigen3"
flags+=" -DAURIS_CUDA_EXECUTOR=\"cuda/executor.hpp\""  # examples of the CUDA backend run on the host
libraries='/backend/(nvidia/|cublas|cufft|cudnn)'  # of NVIDIA: their headers need not be there
linked="-lsndfile -pthread"
if [ -e /usr/include/yaml-cpp/yaml.h ]; then linked+=" -lyaml-cpp"; else libraries+='|/mixture_yaml'; fi
passed=0 failed=0

# Blocks of code of one file, separated by lines "@@ name".
blocks() {
  case $1 in
    *.md) awk -v name="$1" '
        /^```cpp/ { inside = 1; print "@@ " name ":" NR; next }
        /^```/ { inside = 0 }
        inside { print }' "$1" ;;
    *) awk -v name="$1" '
        function flush() {
          if (block != "" && is_code && block !~ /^template <class T> struct kernel</) printf "@@ %s:%d\n%s", name, first, block
          block = ""; is_code = 0
        }
        /^ *\/\/\/     / {
          line = $0
          sub(/^ *\/\/\/     /, "", line)
          if (block == "") first = NR
          block = block line "\n"
          bare = line
          sub(/ *\/\/.*$/, "", bare)
          if (bare ~ /[;}]$/) is_code = 1
          next
        }
        { flush() }
        END { flush() }' "$1" ;;
  esac
}

# One program for each room: every example in a namespace of its own.
write_program() {  # output, files...
  local out=$1
  shift
  {
    echo '#include <auris/auris.hpp>'
    echo '#include <auris/testing/check_layer.hpp>'
    echo '#include <networks/crnn_4b.hpp>'
    echo '#include <networks/soft_label_mtl.hpp>'
    echo '#include <cstdio>'
    case $out in */backend.cpp | */markdown.cpp) echo '#include <auris/backend/cuda.cuh>' ;; esac
    for file in "$@"; do case $file in include/auris/*.hpp) echo "#include <${file#include/}>" ;; esac; done
    for file in "$@"; do blocks "$file"; done | grep '^#include' | sort -u  # the namespaces below are no place for them
    for file in "$@"; do blocks "$file"; done | awk '
      function flush() {
        if (name == "") return
        ++count
        type = substr(block, index(block, "int main")) ~ /\n  return / ? "int" : "void"  # main need not return, other functions must
        if (block ~ /namespace auris [{]/) {  # specialises a template of the library: not from inside of another namespace
          run = "void run() {}"
          if (sub(/int main\([^)]*\)/, type " main_" count "()", block)) run = type " run() { return main_" count "(); }"
          gsub(/#include[^\n]*\n/, "", block)
          printf "using namespace auris;\n%snamespace example_%d {\n%s\n}\n", block, count, run
          names[count] = name
          name = ""; block = ""
          return
        }
        printf "namespace example_%d {\nusing namespace auris;\n", count
        if (block ~ /(^|\n)template/ || block ~ /(^|\n)#include/ || block ~ /int main/) {
          if (block ~ /int main/) sub(/int main\([^)]*\)/, type " run()", block); else tail = "void run() {}\n"
          gsub(/#include[^\n]*\n/, "", block)
          gsub(/using namespace auris;\n/, "", block)
          printf "%s%s}\n", block, tail
        } else
          printf "void run() {\n%s}\n}\n", block
        names[count] = name
        name = ""; block = ""; tail = ""
      }
      /^@@ / { flush(); name = substr($0, 4); next }
      { block = block $0 "\n" }
      END {
        flush()
        print "template <class F> int attempt(const char* name, F run) {"
        print "  try {"
        print "    if constexpr (std::is_same_v<decltype(run()), int>) {"
        print "      if (run() != 0) { std::printf(\"FAILED %s: main returns an error\\n\", name); return 1; }"
        print "    } else run();"
        print "  } catch (const auris::failure& e) { std::printf(\"%s: %s\\n\", name, e.what()); }"
        print "  catch (const std::exception& e) { std::printf(\"FAILED %s: %s\\n\", name, e.what()); return 1; }"
        print "  std::printf(\"ok %s\\n\", name);\n  return 0;\n}"
        print "int main() {\n  int failed = 0;"
        for (i = 1; i <= count; ++i) printf "  failed += attempt(\"%s\", [] { return example_%d::run(); });\n", names[i], i
        print "  return failed;\n}"
      }'
  } >"$out"
}

# One room: builds and runs its program, leaves "passed failed" in NAME.count.
room() {
  local room=$1 name files examples ok sources=""
  if [ "$room" = markdown ]; then files=$(ls README.md docs/*.md 2>/dev/null); else files=$(find "$room" -name '*.hpp' | grep -vE "$libraries" | sort); fi
  name=$(basename "$room")
  # shellcheck disable=SC2086
  write_program "$work/$name.cpp" $files
  examples=$(grep -c 'failed += attempt' "$work/$name.cpp")
  if [ "$examples" -eq 0 ]; then
    echo "0 0" >"$work/$name.count"
    return
  fi
  [ "$room" != markdown ] || sources=$(ls examples/page/*.cpp)  # what the pages show beside the library
  # shellcheck disable=SC2086
  if ! $compiler $flags "$work/$name.cpp" $sources -o "$work/$name" $linked 2>"$work/$name.log"; then
    echo "FAILED $name: its examples do not compile"
    grep -E 'error|example_' "$work/$name.log" | head -n 20
    echo "0 $examples" >"$work/$name.count"
    return
  fi
  mkdir -p "$work/run/$name"
  (cd "$work/run/$name" && timeout 120 "../../$name") >"$work/$name.txt" 2>&1
  ok=$(grep -c '^ok ' "$work/$name.txt")
  [ "$ok" -eq "$examples" ] || { echo "FAILED $name"; grep -v '^ok ' "$work/$name.txt" | tail -n 20; }
  echo "$name: $ok of $examples examples"
  echo "$ok $((examples - ok))" >"$work/$name.count"
}

for each in $(find include/auris -mindepth 1 -maxdepth 1 -type d | sort) markdown; do
  while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
  room "$each" &
done
wait
for count in "$work"/*.count; do
  read -r good bad <"$count"
  passed=$((passed + good)) failed=$((failed + bad))
done
[ $((passed + failed)) -gt 0 ] || failed=1
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
