using System.CommandLine;
using System.Globalization;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>fit</c> with its options.</summary>
internal static class FitOptions
{
    private const double LatestWeek = 5_000;

    private static readonly string[] Units = ["days", "studyDays", "weeks", "months"];

    internal static Command Make(Option<string> format, TextWriter output, TextWriter error)
    {
        var data = new Option<string>("--data")
        {
            Description = "CSV file with a header, one row a score: ADaM-shaped (as simulate writes adqs.csv), the PRO-ACT table of ALSFRS scores, "
                + "or any columns that the options below name.",
            Required = true,
            HelpName = "FILE.csv",
        };
        var events = new Option<string?>("--events")
        {
            Description = "CSV file of ends of follow-up (as simulate writes adtte.csv); without it dropout is judged by last scores.",
            HelpName = "ADTTE.csv",
        };
        var participant = Column("--participant", "Column that tells participants apart.");
        var time = Column("--time", "Column of times.");
        var score = Column("--score", "Column of ALSFRS-R totals.");
        var stratum = Column("--stratum", "Column of strata, each fitted for itself; STRATUM in ADaM-shaped files.");
        var pooled = new Option<bool>("--pooled") { Description = "Fit all together, also where the file has strata." };
        var unit = Choice("--time-unit", "What times count: days, studyDays (1 is the first), weeks or months; known from usual names.", Units);
        var arm = Named(
            "--arm", "an arm", "NAME", "The arm without treatment; found by its name (placebo, control, untreated) where the file has arms.");
        var until = Weeks("--until", "Last week that counts, as that of the switch of a delayed-start arm.");
        var planned = Weeks("--planned", "Week of the planned last visit, to judge dropout without --events; that of the latest score by default.");
        var rates = Choice("--rates", "Distribution of rates between participants: logNormal or normal.", "logNormal", "normal");
        rates.DefaultValueFactory = _ => "logNormal";
        var command = new Command(
            "fit",
            "Fits natural history to scores without treatment: baseline, rate of decline, their spread and correlation, residual SD and "
            + "dropout, with standard errors, and prints them as part of a scenario file. Right where leaving depends on observed scores "
            + "only (missing at random). Exit code 2 when the data cannot be used, with one line on standard error that says why.")
        {
            data, events, participant, time, score, stratum, pooled, unit, arm, until, planned, rates, format,
        };
        command.SetAction(parsed => FitCommand.Run(
            new FitRequest(
                parsed.GetRequiredValue(data),
                parsed.GetValue(events),
                new NaturalHistoryReader
                {
                    Participant = parsed.GetValue(participant),
                    Time = parsed.GetValue(time),
                    Score = parsed.GetValue(score),
                    Stratum = parsed.GetValue(stratum),
                    IsPooled = parsed.GetValue(pooled),
                    Unit = parsed.GetValue(unit) is { } name ? Enum.Parse<TimeUnit>(name, ignoreCase: true) : null,
                    Arm = parsed.GetValue(arm),
                    UntilMonth = Months(parsed.GetValue(until)),
                },
                new NaturalHistoryFitter
                {
                    Rates = parsed.GetValue(rates) == "normal" ? RateModel.Normal : RateModel.LogNormal,
                    PlannedLastMonth = Months(parsed.GetValue(planned)),
                },
                parsed.GetValue(format) == "json"),
            output,
            error));
        return command;
    }

    private static double? Months(double? weeks) => weeks is { } value ? StudyTime.MonthsFromWeeks(value) : null;

    private static Option<string?> Column(string name, string description) => Named(name, "a column", "COL", description);

    private static Option<string?> Named(string name, string what, string helpName, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
            {
                result.AddError($"{name} is blank; it must name {what}.");
            }
        });
        return option;
    }

    private static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !values.Contains(result.Tokens[0].Value))
            {
                result.AddError($"{name} is '{result.Tokens[0].Value}'; it must be {string.Join(" or ", values)}.");
            }
        });
        return option;
    }

    private static Option<double?> Weeks(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "WEEK" };
        option.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (text is not null
                && !(double.TryParse(text, CultureInfo.InvariantCulture, out double week) && week is > 0 and <= LatestWeek))
            {
                result.AddError(FormattableString.Invariant($"{name} is '{text}'; it must be a week above 0 and at most {LatestWeek}."));
            }
        });
        return option;
    }
}
