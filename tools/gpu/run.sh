#!/usr/bin/env bash
# Checks and measures the WebGPU engine on a GPU machine that has Node.js, Python with scikit-learn (and PyTorch with
# Triton, to compare with) and the built packages (packages/*/dist), but no package registry and so no installed
# dependencies:
#
#   SHOAL_DATA_DIR=fashion-mnist MODULES=folder[:folder...] \
#     tools/gpu/run.sh OUT_FOLDER [ADAPTER] [--quick] [--seconds N] [--flash-kmeans FOLDER]
#
# MODULES are folders of npm packages that replace an install: webgpu, env-paths, valibot and what
# they depend on. FOLDER, or the environment's FLASH_KMEANS_DIR, is a checkout of flash-kmeans.
#
# Writes expected values, the comparison (conformance.txt) and the benchmark (bench.json, .html, .md) into OUT_FOLDER,
# bench.json again after each case, and ends with 1 when a limit is exceeded or a result refused. Everything takes at
# most N seconds, by default 450: the benchmark gets the time that the comparison leaves, and reports what it leaves out.
# --quick shows that everything works, on tiny shapes and without the comparison.
set -euo pipefail
cd "$(dirname "$0")/../.."
usage='usage: tools/gpu/run.sh OUT_FOLDER [ADAPTER] [--quick] [--seconds N] [--flash-kmeans FOLDER]'
places=()
options=()
quick=
budget=450
while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=yes && options+=(--quick) ;;
    --seconds) budget=${2:?"$usage"} && shift ;;
    --flash-kmeans) options+=(--flash-kmeans "${2:?"$usage"}") && shift ;;
    -*) echo "$usage" >&2 && exit 2 ;;
    *) places+=("$1") ;;
  esac
  shift
done
if [ ${#places[@]} -lt 1 ] || [ ${#places[@]} -gt 2 ] || [[ ! $budget =~ ^[1-9][0-9]*$ ]]; then
  echo "$usage" >&2
  exit 2
fi
out=${places[0]}
adapter=("${places[@]:1}")
: "${SHOAL_DATA_DIR:?"set it to the folder of the Fashion-MNIST files"}"

# What an install would link: the packages for one another, and the modules.
if [ ! -e packages/webgpu-kernels/node_modules/webgpu ]; then
  mkdir -p node_modules/@shoal
  for package in packages/*; do ln -sfn "../../$package" "node_modules/@shoal/$(basename "$package")"; done
  IFS=: read -ra folders <<<"${MODULES:?"set it to folders of npm packages"}"
  for folder in "${folders[@]}"; do
    for module in "$(realpath "$folder")"/*; do ln -sfn "$module" node_modules/; done
  done
fi

status=0
mkdir -p "$out"
if [ -z "$quick" ]; then
  mkdir -p "$out/expected"
  if [ ! -e "$out/expected/mixture-spherical.npy" ]; then
    python3 tools/conformance/expected.py "$SHOAL_DATA_DIR/train-images-idx3-ubyte.gz" "$out/expected"
  fi
  # A limit that is exceeded is told at the end: times say something all the same.
  node tools/conformance/run.mjs "$out/expected" webgpu "${adapter[@]}" | tee "$out/conformance.txt" || status=1
  echo "The comparison took $SECONDS of $budget s." >&2
fi
left=$((budget - SECONDS))
if [ "$left" -lt 1 ]; then
  echo "No time is left for the benchmark." >&2
  exit 1
fi
node tools/gpu/bench.mjs "$out" "${adapter[@]}" "${options[@]}" --seconds "$left" || status=1
exit "$status"
