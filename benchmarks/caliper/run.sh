#!/usr/bin/env bash
# Hyperledger Caliper 0.6.0 with its binding for Fabric's gateway, against the quick start that runs.
#
#   benchmarks/caliper/run.sh [RATE [SECONDS [RUN-FOLDER]]]      default: 100 transactions a second, 30 seconds, run
#
# WARM_UP says how many seconds go before (default 20). Needs Node.js 20 and npm, and a network that is not moved to other ports; the report is in
# target/caliper. What it installs stays in node_modules beside this script.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
rate=${1:-100}
seconds=${2:-30}
run=$(cd "${3:-$project/run}" && pwd)
warmup=${WARM_UP:-20}
work=$here/../target/caliper
for number in "$rate" "$seconds" "$warmup"; do
  [[ $number =~ ^[1-9][0-9]{0,4}$ ]] || { echo "run.sh: $number is no number from 1 to 99999" >&2; exit 2; }
done

# Caliper finds peers by a connection profile; network.sh writes it beside founding a channel that may be there already.
"$project/samples/test-network/network.sh" createChannel --run-folder="$run"
cd "$here"
if [ ! -d node_modules/@hyperledger/caliper-cli ]; then
  npm install --ignore-scripts --no-progress
  npx caliper bind --caliper-bind-sut fabric:fabric-gateway --caliper-bind-cwd "$here"
fi
rm -rf "$work"
mkdir -p "$work"
cp put.js "$work/"
ln -s "$here/node_modules" "$work/node_modules"
sed "s|RUN/|$run/|" network.yaml >"$work/network.yaml"
sed "s|RATE|$rate|; s|SECONDS|$seconds|; s|WARMUP|$warmup|" benchmark.yaml >"$work/benchmark.yaml"
npx caliper launch manager --caliper-workspace "$work" --caliper-networkconfig network.yaml --caliper-benchconfig benchmark.yaml \
  --caliper-flow-only-test --caliper-report-path report.html
