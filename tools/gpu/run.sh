#!/usr/bin/env bash
# Checks and measures the WebGPU engine on a GPU machine that has Node.js, Python with scikit-learn (and PyTorch, to
# compare with) and the built packages (packages/*/dist), but no package registry and so no installed dependencies:
#
#   SHOAL_DATA_DIR=fashion-mnist MODULES=folder tools/gpu/run.sh OUT_FOLDER [ADAPTER] [--quick]
#
# MODULES is a folder of npm packages that stands in for an install: webgpu, papaparse, env-paths, valibot and what
# they depend on. Writes expected values, the comparison and the benchmark into OUT_FOLDER; ends with 1 when a limit is
# exceeded or a result refused. --quick shows that everything works, on tiny shapes and without the comparison.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:?"usage: tools/gpu/run.sh OUT_FOLDER [ADAPTER]"}
shift
: "${SHOAL_DATA_DIR:?"set it to the folder of the Fashion-MNIST files"}"

# What an install would link: the packages for one another, and the modules.
if [ ! -e packages/webgpu-kernels/node_modules/webgpu ]; then
  mkdir -p node_modules/@shoal
  for package in packages/*; do ln -sfn "../../$package" "node_modules/@shoal/$(basename "$package")"; done
  for module in "${MODULES:?"set it to a folder of npm packages"}"/*; do ln -sfn "$module" node_modules/; done
fi

if [[ " $* " == *" --quick "* ]]; then exec node tools/gpu/bench.mjs "$out" "$@"; fi

mkdir -p "$out/expected"
if [ ! -e "$out/expected/mixture-spherical.npy" ]; then
  python3 tools/conformance/expected.py "$SHOAL_DATA_DIR/train-images-idx3-ubyte.gz" "$out/expected"
fi
node tools/conformance/run.mjs "$out/expected" webgpu "$@" | tee "$out/conformance.txt"
node tools/gpu/bench.mjs "$out" "$@" | tee "$out/bench.md"
