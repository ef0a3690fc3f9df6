namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>An analysis of data of one's own: a specification that names columns.</summary>
public interface ITableAnalysis
{
    /// <summary>The method, as in the results.</summary>
    string Method { get; }

    /// <summary>Analyses a table.</summary>
    /// <param name="table">The data.</param>
    /// <returns>Estimates, coefficients and fit. A fit that fails is a status, not an exception.</returns>
    /// <exception cref="AnalysisDataException">The data do not fit the analysis; the message names the column.</exception>
    TableResult Analyse(AnalysisTable table);
}
