#!/usr/bin/env bash
# Compares the results of the program compiled ahead of time with those of the runtime's compiler, with all of the machine's vector
# instructions and with fewer: the bits must be the same.
# Usage: digest.sh FOLDER, where publish.sh put the program; the solution is built in Release.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
name=Tofersen.Simulation.AheadOfTime
library="$here/bin/Release/net10.0/$name.dll"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$1/$name" digest > "$work/ahead-of-time"
same=1
for setting in EnableAVX512=1 EnableAVX512=0 EnableAVX2=0; do
    env "DOTNET_$setting" dotnet "$library" digest > "$work/$setting"
    diff "$work/ahead-of-time" "$work/$setting" || { echo "Compiled ahead of time and by the runtime with $setting: other results."; same=0; }
done
[ "$same" = 1 ] || exit 1
echo "$(wc -l < "$work/ahead-of-time") digests are the same, compiled ahead of time and by the runtime with AVX-512, AVX2 and neither."
