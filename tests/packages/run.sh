#!/usr/bin/env bash
# Installs the packages from a folder into a new program, the README's, and a new tool path, and runs both.
# Usage: run.sh PACKAGES WORK
set -euo pipefail
readme=$(realpath "$(dirname "$0")/../../README.md")
packages=$(realpath "$1")
work=$(realpath "$2")
version=$(basename "$packages"/Tofersen.Simulation.[0-9]*.nupkg .nupkg)
version=${version#Tofersen.Simulation.}
# A cache of its own, so that an earlier build of the same version is never taken for this one.
export NUGET_PACKAGES="$work/nuget-cache"

mkdir -p "$work/consumer"
cd "$work/consumer"
cat > consumer.csproj <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <RestoreAdditionalProjectSources>$packages</RestoreAdditionalProjectSources>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Tofersen.Simulation" Version="$version" />
  </ItemGroup>
</Project>
XML
# The README's program, which must print what the README says.
block() { awk -v fence="\`\`\`$1" '$0 == "```" && inside { exit } inside { print } $0 == fence { inside = 1 }' "$readme"; }
block csharp > Program.cs
block text > expected.txt
dotnet run --configuration Release | tee output.txt
diff expected.txt output.txt

dotnet tool install Tofersen.Simulation.Tool --version "$version" --tool-path "$work/tool" --add-source "$packages"
"$work/tool/tofersen-sim" power valor --replicates 200 --format json | grep -q '"power"'
