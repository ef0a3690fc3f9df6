#!/usr/bin/env bash
# Compiles the program ahead of time, with warnings as errors, from the libraries as they were built in Release.
# Usage: publish.sh FOLDER [INSTRUCTIONS]; INSTRUCTIONS is what the machine code may use, x86-64-v3 (AVX2 and FMA) unless given.
set -euo pipefail
source=$(realpath "$(dirname "$0")")
mkdir -p "$1"
folder=$(realpath "$1")
instructions=${2:-x86-64-v3}

cc -O2 -c "$source/collector.c" -o "$folder/collector.o"
dotnet publish "$source" --configuration Release --runtime linux-x64 --artifacts-path "$folder/build" --output "$folder" \
    -p:PublishAot=true -p:CppCompilerAndLinker=cc -p:Collector="$folder/collector.o" -p:IlcInstructionSet="$instructions" \
    -p:RunAnalyzers=false -p:NativeDebugSymbols=false
# Valgrind cannot read the debug information.
strip "$folder/Tofersen.Simulation.AheadOfTime"
