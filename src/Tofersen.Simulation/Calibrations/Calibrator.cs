using MathNet.Numerics.LinearAlgebra;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Moves parameters of a scenario until simulated trials give the published results: simulated moments on common random
/// numbers.</summary>
/// <remarks>
/// <para>The misfit is Σ((simulated − published) / tolerance)², the tolerance of a target being half the width of what it accepts: one standard
/// error of the trial. It is minimised by damped Gauss–Newton steps (Levenberg–Marquardt) with numerical derivatives within the parameters'
/// ranges; a step counts only if the misfit falls. Every evaluation simulates the same participants, so that differences are those of the
/// parameters.</para>
/// <para>Standard errors are those of weighted least squares, (J′J)⁻¹ with J the derivatives of the scaled misfits: what the uncertainty of the
/// published results says of the parameters, targets counted as independent. They do not contain Monte Carlo error, which is given beside
/// each target. Reference: McFadden 1989, doi 10.2307/1913621 (simulated moments).</para>
/// </remarks>
public static class Calibrator
{
    private const double EnoughGain = 1e-3;
    private const int Dampings = 8;

    /// <summary>Fits parameters.</summary>
    /// <param name="preset">The scenario that the fit begins at, and its targets.</param>
    /// <param name="parameters">What may be moved; at least one.</param>
    /// <param name="options">Replicates, seed, threads, steps.</param>
    /// <param name="targets">Names of the targets that count; all of the preset where null.</param>
    /// <param name="progress">Told after each evaluation how far the fit has come.</param>
    /// <param name="cancellation">Ends the fit early.</param>
    /// <returns>Parameters with standard errors, and every target that counts beside what the fit gives.</returns>
    /// <exception cref="ArgumentException">A path leads to no number, a range does not hold the start, there is no target of a name, or the range
    /// of a parameter holds values that the scenario does not accept.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public static CalibrationFit Fit(
        Preset preset,
        ValueList<CalibrationParameter> parameters,
        CalibrationOptions? options = null,
        IReadOnlyCollection<string>? targets = null,
        IProgress<CalibrationProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(preset);
        Require.NotEmpty(parameters);
        string? unknown = targets?.FirstOrDefault(name => preset.Targets.All(t => t.Name != name));
        if (unknown is not null)
        {
            throw new ArgumentException($"The preset '{preset.Name}' has no target '{unknown}'.", nameof(targets));
        }

        var search = new Search(preset, parameters, options ?? new CalibrationOptions(), targets, progress, cancellation);
        return search.Run();
    }

    /// <summary>One fit. Parameters are scaled to their ranges: 0 is the minimum, 1 the maximum.</summary>
    private sealed class Search(
        Preset preset,
        ValueList<CalibrationParameter> parameters,
        CalibrationOptions options,
        IReadOnlyCollection<string>? targets,
        IProgress<CalibrationProgress>? progress,
        CancellationToken cancellation)
    {
        private readonly ScenarioParameters _scenario = new(preset.Scenario, parameters);
        private int _evaluations;
        private double _lowest = double.PositiveInfinity;

        internal CalibrationFit Run()
        {
            double[] start = _scenario.Values;
            Vector<double> x = Vector<double>.Build.Dense(parameters.Count, i => Scale(i, start[i]));
            Point best = Evaluate(x);
            double startMisfit = best.Misfit;
            double damping = 1e-3;
            int steps = 0;
            bool hasConverged = false;
            Matrix<double> slopes = Derivatives(best);
            while (!hasConverged && steps < options.MaximumSteps)
            {
                Point? next = Step(best, slopes, ref damping);
                if (next is null)
                {
                    hasConverged = true;
                    break;
                }

                hasConverged = best.Misfit - next.Misfit < EnoughGain * best.Misfit;
                best = next;
                slopes = Derivatives(best);
                steps++;
            }

            return new CalibrationFit
            {
                Parameters = [.. Parameters(start, best, slopes)],
                Targets = best.Results,
                StartMisfit = startMisfit,
                Misfit = best.Misfit,
                Steps = steps,
                HasConverged = hasConverged,
                Scenario = best.Scenario,
            };
        }

        // The first damped step that lowers the misfit; null where none does.
        private Point? Step(Point from, Matrix<double> slopes, ref double damping)
        {
            Matrix<double> normal = slopes.TransposeThisAndMultiply(slopes);
            Vector<double> gradient = slopes.TransposeThisAndMultiply(from.Residuals);
            for (int attempt = 0; attempt < Dampings; attempt++)
            {
                Matrix<double> damped = normal.Clone();
                double floor = 1e-9 * Math.Max(1e-12, normal.Diagonal().AbsoluteMaximum());
                for (int i = 0; i < damped.RowCount; i++)
                {
                    damped[i, i] += (damping * normal[i, i]) + floor;
                }

                Vector<double> to = (from.X - damped.Solve(gradient)).Map(value => Math.Clamp(value, 0, 1));
                Point next = Evaluate(to);
                if (next.Misfit < from.Misfit)
                {
                    damping = Math.Max(1e-9, damping / 5);
                    return next;
                }

                damping = Math.Max(1e-3, damping) * 5;
            }

            return null;
        }

        private Matrix<double> Derivatives(Point at)
        {
            var slopes = Matrix<double>.Build.Dense(at.Residuals.Count, parameters.Count);
            for (int i = 0; i < parameters.Count; i++)
            {
                double step = at.X[i] + options.DerivativeStep <= 1 ? options.DerivativeStep : -options.DerivativeStep;
                Vector<double> moved = at.X.Clone();
                moved[i] += step;
                slopes.SetColumn(i, (Evaluate(moved).Residuals - at.Residuals) / step);
            }

            return slopes;
        }

        private Point Evaluate(Vector<double> x)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] values = [.. x.Select((share, i) => Unscale(i, share))];
            Scenario scenario = _scenario.With(values);
            var run = new RunOptions { Replicates = options.Replicates, Seed = options.Seed, Parallelism = options.Parallelism };
            ValueList<CalibrationResult> results =
                [.. preset.Check(scenario, run, cancellation: cancellation).Where(r => targets?.Contains(r.Target.Name) ?? true)];
            var point = new Point(x, values, scenario, results, Vector<double>.Build.DenseOfEnumerable(results.Select(Misfit)));
            _lowest = Math.Min(_lowest, point.Misfit);
            progress?.Report(new CalibrationProgress(++_evaluations, options.Replicates, _lowest));
            return point;
        }

        private static double Misfit(CalibrationResult result) =>
            (result.Simulated.Value - result.Target.Published) / ((result.Target.Maximum - result.Target.Minimum) / 2);

        private IEnumerable<CalibratedParameter> Parameters(double[] start, Point best, Matrix<double> slopes)
        {
            int[] free = [.. Enumerable.Range(0, parameters.Count).Where(i => best.X[i] is > 0 and < 1)];
            double[] errors = new double[parameters.Count];
            Array.Fill(errors, double.NaN);
            if (free.Length > 0)
            {
                Matrix<double> own = Matrix<double>.Build.DenseOfColumnVectors(free.Select(slopes.Column));
                Matrix<double> normal = own.TransposeThisAndMultiply(own);
                if (normal.ConditionNumber() < 1e12)
                {
                    Matrix<double> covariance = normal.Inverse();
                    for (int k = 0; k < free.Length; k++)
                    {
                        errors[free[k]] = Math.Sqrt(covariance[k, k]) * Width(free[k]);
                    }
                }
            }

            return parameters.Select((p, i) => new CalibratedParameter(p, start[i], best.Values[i], errors[i], !free.Contains(i)));
        }

        private double Width(int i) => parameters[i].Maximum - parameters[i].Minimum;

        private double Scale(int i, double value) => (value - parameters[i].Minimum) / Width(i);

        private double Unscale(int i, double share) => parameters[i].Minimum + (share * Width(i));

        private sealed record Point(
            Vector<double> X, double[] Values, Scenario Scenario, ValueList<CalibrationResult> Results, Vector<double> Residuals)
        {
            internal double Misfit { get; } = Residuals.DotProduct(Residuals);
        }
    }
}
