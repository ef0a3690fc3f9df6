#!/usr/bin/env bash
# Installs the packages from a folder into new programs, which run what the READMEs show, and into a new tool path; and looks at what the packages hold.
# Usage: run.sh PACKAGES WORK
set -euo pipefail
readme=$(realpath "$(dirname "$0")/../../README.md")
packages=$(realpath "$1")
work=$(realpath "$2")
version=$(basename "$packages"/Tofersen.Simulation.[0-9]*.nupkg .nupkg)
version=${version#Tofersen.Simulation.}

# A cache of its own, so that an earlier build of the same version is never taken for this one; what others wrote need not be fetched again.
others="$work/others"
mkdir -p "$others"
cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
for package in "$cache"/*; do
    case "$(basename "$package")" in tofersen*) ;; *) ln -s "$package" "$others" ;; esac
done
export NUGET_PACKAGES="$work/nuget-cache" NUGET_FALLBACK_PACKAGES="$others"

fail() { echo "packages: $1" >&2; exit 1; }
# The first block of a language in a page.
block() { awk -v fence="\`\`\`$1" '$0 == "```" && inside { exit } inside { print } $0 == fence { inside = 1 }' "$2"; }
# Puts the program of a page into a project, runs it, and compares what it prints with the page.
run_page() {
    block csharp "$1" > "$2/Program.cs"
    block text "$1" > "$2/expected.txt"
    (cd "$2" && dotnet run --configuration Release --property:TreatWarningsAsErrors=true > output.txt) || { cat "$2/output.txt"; fail "the program of $1 fails"; }
    diff "$2/expected.txt" "$2/output.txt" || fail "the program of $1 prints something else"
}
installed() { echo "$NUGET_PACKAGES/$(tr '[:upper:]' '[:lower:]' <<< "$1")/$version"; }
# What a package needs, as its specification says it: the names alone, in order.
dependencies() { { grep -o '<dependency id="[^"]*"' "$1"/*.nuspec || true; } | sed 's/.*id="//; s/"//' | sort | paste -sd ' '; }
look_into() {
    local folder=$1
    for file in README.md icon.png; do test -s "$folder/$file" || fail "$folder has no $file"; done
    for property in 'readme>README.md' 'icon>icon.png' 'license type="expression">MIT' 'releaseNotes>## ' 'description>' 'tags>als'; do
        grep -q "<$property" "$folder"/*.nuspec || fail "the specification of $folder has no <$property"
    done
}

# The README's way to a program of one's own, to the letter.
mkdir -p "$work/clone"
ln -s "$packages" "$work/clone/artifacts"
awk '/^## From a program/ { on = 1 } on' "$readme" > "$work/from-a-program.md"
(cd "$work/clone" && eval "$(block sh "$work/from-a-program.md")")
run_page "$readme" "$work/my-trial"
look_into "$(installed Tofersen.Simulation)"
for file in METHODS.md VALIDATION.md lib/net10.0/Tofersen.Simulation.xml; do
    test -s "$(installed Tofersen.Simulation)/$file" || fail "the package Tofersen.Simulation has no $file"
done
[ "$(dependencies "$(installed Tofersen.Simulation)")" = 'MathNet.Numerics' ] || fail "Tofersen.Simulation depends on more than MathNet.Numerics"
run_page "$(installed Tofersen.Simulation)/README.md" "$work/my-trial"

dotnet add "$work/my-trial" package Tofersen.Simulation.Reporting --version "$version" > /dev/null
look_into "$(installed Tofersen.Simulation.Reporting)"
[ "$(dependencies "$(installed Tofersen.Simulation.Reporting)")" = 'CsvHelper Tofersen.Simulation' ] || fail "Tofersen.Simulation.Reporting depends on something else"
run_page "$(installed Tofersen.Simulation.Reporting)/README.md" "$work/my-trial"

dotnet add "$work/my-trial" package Tofersen.Simulation.Parquet --version "$version" > /dev/null
look_into "$(installed Tofersen.Simulation.Parquet)"
[ "$(dependencies "$(installed Tofersen.Simulation.Parquet)")" = 'DuckDB.NET.Data.Full Tofersen.Simulation.Reporting' ] || fail "Tofersen.Simulation.Parquet depends on something else"
run_page "$(installed Tofersen.Simulation.Parquet)/README.md" "$work/my-trial"

dotnet tool install Tofersen.Simulation.Tool --version "$version" --tool-path "$work/tool" --add-source "$packages"
look_into "$work/tool/.store/tofersen.simulation.tool/$version/tofersen.simulation.tool/$version"
cd "$work"
tool/tofersen-sim power valor --replicates 200 --format json --out result | grep -q '"power"'
tool/tofersen-sim report result --out report.html
test -s result/power.svg
grep -q '</html>' report.html
