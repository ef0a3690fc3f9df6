namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>A number of another program beside ours.</summary>
/// <param name="DataSet">The data and the model.</param>
/// <param name="Quantity">What the number is.</param>
/// <param name="Reference">The other program's number; NaN where it has none.</param>
/// <param name="Ours">Our number.</param>
/// <param name="Agreement">How close the two must be.</param>
/// <param name="Scale">The difference is a share of the reference, or of this where it is larger: the standard error of an estimate that
/// may lie near 0, 1 for a test statistic.</param>
/// <param name="IsShown">Whether the page shows the number.</param>
internal readonly record struct Comparison(
    string DataSet, string Quantity, double Reference, double Ours, Agreement Agreement, double Scale, bool IsShown)
{
    /// <summary>The relative difference; infinite where one program has no number and the other has.</summary>
    internal double Difference
    {
        get
        {
            if (Reference.Equals(Ours))
            {
                return 0;
            }

            double difference = Math.Abs(Ours - Reference) / Math.Max(Math.Abs(Reference), Scale);
            return double.IsFinite(difference) ? difference : double.PositiveInfinity;
        }
    }
}
