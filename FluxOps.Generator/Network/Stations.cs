using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Network;

/// <summary>Decides stations: where, what name, which voltages, how many feeders of what planned load.</summary>
internal static class Stations
{
    public const float Kv12 = 12.47f, Kv35 = 34.5f;
    /// <summary>A; 600 A switchgear at the head of a feeder.</summary>
    public const double HeadAmps = 600;

    public static Draft Draft(NetworkPlan plan)
    {
        ulong seed = CounterHash.Mix((ulong)plan.Seed);
        var (x, y, given) = Positions(plan, seed);
        int count = x.Length;
        var voltages = Voltages(plan, seed, x, y);
        var feeders = FeederCounts(plan.Feeders, count, seed);
        List<int> station = [];
        List<float> kv = [];
        List<double> planned = [];
        for (var s = 0; s < count; s++)
            for (var k = 0; k < feeders[s]; k++)
            {
                float nominal = voltages[s] switch { 0 => Kv12, 1 => Kv35, _ => k < (2 * feeders[s] + 2) / 3 ? Kv12 : Kv35 };
                double u = CounterHash.Unit(CounterHash.Of(seed, 11, station.Count)), v = CounterHash.Unit(CounterHash.Of(seed, 12, station.Count));
                // Planned peak over rating: at most 75 %, so that a neighbour can be picked up; 35 kV is built with more in hand.
                double ratio = nominal == Kv12 ? 0.46 + 0.28 * (u + v) / 2 : 0.38 + 0.30 * (u + v) / 2;
                station.Add(s);
                kv.Add(nominal);
                planned.Add(Math.Round(ratio * RatedMva(nominal), 2));
            }
        var names = PlaceNames.For(x, y, given);
        return new Draft
        {
            Plan = plan, Seed = seed, Weight = plan.MeterWeight, StationX = x, StationY = y, StationName = names, StationAbbreviation = Abbreviations(names),
            FeederStation = [.. station], FeederKv = [.. kv], FeederPlannedMva = [.. planned],
        };
    }

    /// <summary>√3 · kV · A.</summary>
    public static double RatedMva(double kv) => 1.7320508075688772 * kv * HeadAmps / 1000;

    private static (double[] X, double[] Y, string?[] Names) Positions(NetworkPlan plan, ulong seed)
    {
        if (plan.Sites is not { } sites)
        {
            var (x, y) = StationPlacement.Place(plan.Substations, seed);
            return (x, y, new string?[x.Length]);
        }
        var ordered = sites.OrderBy(s => Plane.Distance(Plane.X(s.Longitude), Plane.Y(s.Latitude), 0, 0)).ThenBy(s => s.Latitude).ThenBy(s => s.Longitude).ToArray();
        return (ordered.Select(s => Plane.X(s.Longitude)).ToArray(), ordered.Select(s => Plane.Y(s.Latitude)).ToArray(), ordered.Select(s => s.Name).ToArray());
    }

    /// <summary>0: 138/12.47 (about 70 %), 1: 138/34.5 (25 %, rather suburban: median 29.7 against 23.5 km from downtown), 2: both (5 %).</summary>
    private static int[] Voltages(NetworkPlan plan, ulong seed, double[] x, double[] y)
    {
        int count = x.Length;
        var voltages = new int[count];
        var order = Enumerable.Range(0, count)
            .OrderBy(s => CounterHash.Unit(CounterHash.Of(seed, 13, s)) + 0.55 * Math.Abs(s - 0.62 * count) / count).ThenBy(s => s).ToArray();
        int suburban = (int)Math.Round(0.25 * count), both = (int)Math.Round(0.05 * count);
        for (var k = 0; k < suburban + both; k++)
            voltages[order[k]] = k % 6 == 5 && both > 0 ? 2 : 1;
        if (plan.Sites is { } sites)
        {
            var ordered = sites.OrderBy(s => Plane.Distance(Plane.X(s.Longitude), Plane.Y(s.Latitude), 0, 0)).ThenBy(s => s.Latitude).ThenBy(s => s.Longitude).ToArray();
            for (var s = 0; s < count; s++)
                if (ordered[s].SecondaryKv is { Count: > 0 } known)
                    voltages[s] = known.Count > 1 ? 2 : known[0] > 20 ? 1 : 0;
        }
        return voltages;
    }

    /// <summary>4 to 8 a station, 5.45 on average, and the total asked for.</summary>
    private static int[] FeederCounts(int total, int stations, ulong seed)
    {
        var counts = new int[stations];
        for (var s = 0; s < stations; s++)
        {
            double u = CounterHash.Unit(CounterHash.Of(seed, 14, s));
            counts[s] = u < 0.25 ? 4 : u < 0.55 ? 5 : u < 0.80 ? 6 : u < 0.92 ? 7 : 8;
        }
        int difference = total - counts.Sum();
        for (var k = 0; difference != 0; k++)
        {
            int s = CounterHash.Below(CounterHash.Of(seed, 15, k), stations), step = Math.Sign(difference);
            if (counts[s] + step is < 4 or > 8)
                continue;
            counts[s] += step;
            difference -= step;
        }
        return counts;
    }

    /// <summary>Three unique letters a station: its first ones where they are free, otherwise others of its name.</summary>
    private static string[] Abbreviations(string[] names)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        var result = new string[names.Length];
        for (var s = 0; s < names.Length; s++)
            result[s] = Abbreviation(names[s], used);
        return result;
    }

    private static string Abbreviation(string name, HashSet<string> used)
    {
        var words = name.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new string([.. w.Where(char.IsAsciiLetterUpper)])).Where(w => w.Length > 0).ToArray();
        var letters = string.Concat(words).PadRight(3, 'X');
        if (words.Length > 1 && words[0].Length >= 2 && used.Add(words[0][..2] + words[1][0]))
            return words[0][..2] + words[1][0];
        for (var j = 1; j < letters.Length; j++)
            for (var k = j + 1; k < letters.Length; k++)
            {
                string candidate = $"{letters[0]}{letters[j]}{letters[k]}";
                if (used.Add(candidate))
                    return candidate;
            }
        for (var n = 0; ; n++)
        {
            string candidate = n < 676 ? $"{letters[0]}{(char)('A' + n / 26)}{(char)('A' + n % 26)}" : $"{letters[..2]}{n}";
            if (used.Add(candidate))
                return candidate;
        }
    }
}
