#!/usr/bin/env bash
# Installs the packages from a folder into a new program and a new tool path, and runs both.
# Usage: run.sh PACKAGES WORK
set -euo pipefail
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
cat > Program.cs <<'CS'
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;

PowerResult result = PowerAnalysis.Run(
    ValorOpenLabelExtension.ToWeek52.Scenario, options: new RunOptions { Replicates = 500, Seed = 1 });
foreach (OperatingCharacteristics analysis in result.Analyses)
{
    Console.WriteLine(FormattableString.Invariant($"{analysis.Name}: {analysis.Power:F3} ± {analysis.MonteCarloError:F3}"));
}
CS
dotnet run --configuration Release | tee output.txt
grep -q '^ancova-52: 0\.[0-9]* ± 0\.[0-9]*$' output.txt

dotnet tool install Tofersen.Simulation.Tool --version "$version" --tool-path "$work/tool" --add-source "$packages"
"$work/tool/tofersen-sim" power valor --replicates 200 --format json | grep -q '"power"'
