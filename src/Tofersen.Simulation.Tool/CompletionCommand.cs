using System.CommandLine;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>completion</c>: scripts with which shells ask this program what may follow.</summary>
/// <remarks>The scripts hold no names themselves: they ask on every key press through System.CommandLine's directive <c>[suggest]</c>, so that they stay
/// right when the program is updated. Where it has nothing to offer, the shell completes file names.</remarks>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        // Bash breaks words at '=' and ':'; the function puts the word together again and takes off what the shell keeps by itself.
        ["bash"] = """
            # Completion of tofersen-sim for bash. For example:
            #   tofersen-sim completion bash > ~/.local/share/bash-completion/completions/tofersen-sim
            _tofersen_sim() {
                local line="tofersen-sim ${COMP_LINE#* }" shift word kept candidate
                shift=$(( ${#line} - ${#COMP_LINE} ))
                line="${line:0:COMP_POINT + shift}"
                word="${line##* }"
                kept="${word%"${COMP_WORDS[COMP_CWORD]}"}"
                case "${COMP_WORDS[COMP_CWORD]}" in =|:) kept="$word" ;; esac
                COMPREPLY=()
                while IFS= read -r candidate; do
                    case "$candidate" in
                        "$word"*) COMPREPLY+=("${candidate#"$kept"}") ;;
                    esac
                done < <("${COMP_WORDS[0]/#\~/$HOME}" "[suggest:${#line}]" "$line" 2> /dev/null)
                case "${COMPREPLY[0]-}" in *=|*~) compopt -o nospace 2> /dev/null || : ;; esac
            }
            complete -o default -o bashdefault -F _tofersen_sim tofersen-sim
            """,
        ["zsh"] = """
            #compdef tofersen-sim
            # Completion of tofersen-sim for zsh: put it into a folder of $fpath as _tofersen-sim. For example:
            #   tofersen-sim completion zsh > "${fpath[1]}/_tofersen-sim"
            _tofersen_sim() {
                local line="tofersen-sim ${BUFFER#* }"
                line="${line[1,$(( CURSOR + ${#line} - ${#BUFFER} ))]}"
                local -a offers
                offers=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2> /dev/null)}")
                offers=("${(@)offers:#}")
                local -a open=("${(@M)offers:#*[=~]}") whole=("${(@)offers:#*[=~]}")
                (( ${#open} )) && compadd -Q -S '' -- "${open[@]}"
                (( ${#whole} )) && compadd -Q -- "${whole[@]}"
                (( ${#offers} )) || _files
            }
            if [ "$funcstack[1]" = "_tofersen-sim" ]; then
                _tofersen_sim "$@"
            else
                compdef _tofersen_sim tofersen-sim
            fi
            """,
        ["fish"] = """
            # Completion of tofersen-sim for fish. For example:
            #   tofersen-sim completion fish > ~/.config/fish/completions/tofersen-sim.fish
            function __tofersen_sim_offers
                set -l line "tofersen-sim "(string replace -r '^\S+\s?' '' -- (commandline --cut-at-cursor --current-process | string trim --left | string collect))
                tofersen-sim "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null
            end
            complete --command tofersen-sim --arguments '(__tofersen_sim_offers)'
            """,
        ["pwsh"] = """
            # Completion of tofersen-sim for PowerShell. For example, in $PROFILE:
            #   tofersen-sim completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName tofersen-sim -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $line = $commandAst.ToString().PadRight($cursorPosition - $commandAst.Extent.StartOffset)
                $line = 'tofersen-sim' + ($line -replace '^\S+', '')
                tofersen-sim "[suggest:$($line.Length)]" $line 2> $null |
                    Where-Object { $_ -like "$wordToComplete*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    internal static Command Make(TextWriter output)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh.", HelpName = "SHELL" };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        shell.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !Scripts.ContainsKey(result.Tokens[0].Value))
            {
                result.AddError(CommonOptions.NotOneOf("SHELL", result.Tokens[0].Value, [.. Scripts.Keys]));
            }
        });
        var command = new Command(
            "completion",
            "Prints a script with which a shell completes commands, options, presets, analyses and paths of properties. The first lines of the script "
            + "say where it goes.")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            output.Write(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n") + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
