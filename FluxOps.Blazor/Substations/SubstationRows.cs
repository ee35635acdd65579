using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Substations;

/// <summary>One line of a substation table. Values that are not known are NaN, counts null.</summary>
public readonly record struct SubstationRow(
    Substation Station, float Mw, float LoadPercent, float Kv, int? FeedersOver, int? FeedersOut, int? CustomersOut,
    AssetStatus Status, Freshness Freshness, long SourceTime, float[] Trend);

/// <summary>Columns that a substation table can be sorted by. The names are what the URL says.</summary>
public enum SubstationColumn { Status, Name, Region, Mw, Load, Kv, Over, Out, Age }

/// <summary>What of the substations is shown, and in which order.</summary>
/// <param name="Text">Part of a name or code.</param>
/// <param name="Region">Exact, or empty for all.</param>
/// <param name="Status">"abnormal", a status word, or empty for all.</param>
public readonly record struct SubstationQuery(string? Text = null, string? Region = null, string? Status = null, SubstationColumn Sort = SubstationColumn.Status, bool Descending = false)
{
    public const string Abnormal = "abnormal";
}

/// <summary>Lines of a substation table, made of one snapshot.</summary>
public static class SubstationRows
{
    public static List<SubstationRow> Of(GridSnapshot snapshot, SubstationQuery query)
    {
        var rows = new List<SubstationRow>(snapshot.Grid.Substations.Length);
        foreach (var station in snapshot.Grid.Substations)
        {
            var row = Row(snapshot, station);
            if (Matches(row, query)) rows.Add(row);
        }

        rows.Sort((a, b) => Compare(a, b, query));
        return rows;
    }

    public static SubstationRow Row(GridSnapshot snapshot, Substation station)
    {
        var s = snapshot.Substations;
        var i = station.Id;
        return new(station, s.Mw[i], s.LoadPercent[i], s.Kv[i], s.FeedersOverLimit[i], s.FeedersOut[i], s.CustomersOut[i], s.Status[i], s.Freshness[i], s.SourceTime[i], snapshot.Trends.SubstationMw[i]);
    }

    private static bool Matches(in SubstationRow row, SubstationQuery query)
    {
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            var text = query.Text.Trim();
            if (!row.Station.Name.Contains(text, StringComparison.OrdinalIgnoreCase) && !row.Station.Code.Contains(text, StringComparison.OrdinalIgnoreCase)) return false;
        }

        if (!string.IsNullOrEmpty(query.Region) && !row.Station.Region.Equals(query.Region, StringComparison.OrdinalIgnoreCase)) return false;
        return query.Status switch
        {
            null or "" => true,
            SubstationQuery.Abnormal => row.Status is AssetStatus.OverLimit or AssetStatus.DeEnergised or AssetStatus.Stale or AssetStatus.Never,
            { } word => StatusLook.Word(row.Status).Equals(word, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static int Compare(in SubstationRow a, in SubstationRow b, SubstationQuery query)
    {
        var order = query.Sort switch
        {
            // Worst first; among equals the most customers out, then the highest loaded.
            SubstationColumn.Status => Then(StatusLook.Rank(a.Status).CompareTo(StatusLook.Rank(b.Status)), Nullable.Compare(b.CustomersOut, a.CustomersOut), b.LoadPercent.CompareTo(a.LoadPercent)),
            SubstationColumn.Name => string.Compare(a.Station.Name, b.Station.Name, StringComparison.OrdinalIgnoreCase),
            SubstationColumn.Region => string.Compare(a.Station.Region, b.Station.Region, StringComparison.OrdinalIgnoreCase),
            SubstationColumn.Mw => a.Mw.CompareTo(b.Mw),
            SubstationColumn.Load => a.LoadPercent.CompareTo(b.LoadPercent),
            SubstationColumn.Kv => a.Kv.CompareTo(b.Kv),
            SubstationColumn.Over => Nullable.Compare(a.FeedersOver, b.FeedersOver),
            SubstationColumn.Out => Nullable.Compare(a.CustomersOut, b.CustomersOut),
            // The older value has the smaller time.
            _ => b.SourceTime.CompareTo(a.SourceTime),
        };
        if (query.Descending) order = -order;
        return order != 0 ? order : a.Station.Id.CompareTo(b.Station.Id);
    }

    private static int Then(int first, int second, int third) => first != 0 ? first : second != 0 ? second : third;
}
