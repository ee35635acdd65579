using FluxOps.Data.Grid;

namespace FluxOps.Generator.Load;

/// <summary>What demand depends on at one instant.</summary>
/// <param name="Hour">Local time of day, 0 to 24.</param>
/// <param name="Temperature">Outdoor air, °F.</param>
/// <param name="MeanTemperature">Mean of about the last 24 hours, °F.</param>
public readonly record struct LoadConditions(double Hour, bool Weekend, double Temperature, double MeanTemperature);

/// <summary>
/// Demand of each customer class relative to its own yearly mean, as day shape plus temperature response with thermal lag (grid-domain 1.2, 1.3).
/// One class of coefficients serves planning and simulation, so a plan and what then happens agree.
/// </summary>
public static class LoadShapes
{
    public const int Classes = 5;

    // Use that does not depend on weather, hour by hour, around 1: low at night, the evening peak of a Texas home.
    private static readonly double[] Home =
        [.80, .73, .69, .67, .68, .76, .97, 1.08, 1.02, .95, .92, .92, .95, .93, .93, .97, 1.06, 1.18, 1.28, 1.32, 1.30, 1.24, 1.10, .93];
    // SMART-DS Austin, 46 commercial customers (grid-domain 1.2), over its mean of 0.62.
    private static readonly double[] Shop =
        [.53, .53, .58, .73, .92, 1.06, 1.15, 1.18, 1.24, 1.32, 1.32, 1.40, 1.48, 1.52, 1.52, 1.45, 1.29, 1.11, .98, .94, .77, .63, .55, .53];
    // Two shifts on weekdays over a continuous process.
    private static readonly double[] Plant =
        [.88, .87, .87, .88, .90, .96, 1.06, 1.10, 1.11, 1.11, 1.11, 1.11, 1.10, 1.11, 1.11, 1.10, 1.08, 1.06, 1.05, 1.04, 1.02, .98, .92, .89];
    // How much of the cooling response is felt by hour: occupancy and solar gain.
    private static readonly double[] Cooling =
        [.84, .80, .77, .75, .74, .74, .75, .76, .78, .82, .87, .92, .97, 1.01, 1.04, 1.07, 1.09, 1.10, 1.09, 1.06, 1.02, .98, .93, .88];
    // Heating peaks at 7 h (162 MW/°F of COAST) and is lowest at 19 to 20 h (54).
    private static readonly double[] Heating =
        [.95, 1.0, 1.06, 1.12, 1.2, 1.32, 1.44, 1.5, 1.4, 1.25, 1.1, .98, .9, .84, .78, .72, .66, .58, .52, .5, .5, .58, .7, .84];
    // Share of the present temperature against the 24-hour mean.
    private static readonly double[] Present =
        [.30, .34, .38, .42, .46, .44, .42, .40, .39, .38, .37, .40, .44, .47, .50, .55, .63, .68, .70, .60, .48, .38, .30, .30];
    // °F: monthly means at Houston Intercontinental, TMY3.
    private static readonly double[] MonthMeans = [50.9, 55.0, 61.2, 68.9, 75.3, 80.6, 82.9, 82.8, 79.6, 68.6, 62.8, 54.6];

    /// <summary>°F; half the difference between the day's high and low.</summary>
    public const double DiurnalSwing = 10;

    /// <summary>An August weekday at 17 h in a heat wave: what feeders, banks and transformers are planned for.</summary>
    public static LoadConditions DesignPeak { get; } = new(17, false, 98, 86);

    private static readonly double[] YearMean = MeansOverYear();

    /// <summary>Demand over the class's yearly mean.</summary>
    public static double Relative(CustomerClass customer, in LoadConditions at) => Raw((int)customer, at) / YearMean[(int)customer];

    /// <summary>Share of <see cref="Relative"/> that air conditioning makes; that part comes in bursts at a single home.</summary>
    public static double CoolingShare(CustomerClass customer, in LoadConditions at) =>
        customer <= CustomerClass.ResidentialHighWinter ? Cool(at) * 0.056 / Raw((int)customer, at) : 0;

    /// <summary>Demand at the design peak over the yearly mean.</summary>
    public static double PeakFactor(CustomerClass customer) => Relative(customer, DesignPeak);

    /// <summary>°F for a day of the year between the months' middles.</summary>
    public static double TypicalMean(double dayOfYear)
    {
        double month = (dayOfYear - 15.5) / 30.44;
        if (month < 0)
            month += 12;
        int i = (int)month % 12;
        double part = month - Math.Floor(month);
        return MonthMeans[i] + part * (MonthMeans[(i + 1) % 12] - MonthMeans[i]);
    }

    /// <summary>−1 at 6 h, +1 at 16 h, smooth between.</summary>
    public static double DiurnalShape(double hour)
    {
        double h = hour >= 6 ? hour - 6 : hour + 18;
        return h <= 10 ? -Math.Cos(Math.PI * h / 10) : Math.Cos(Math.PI * (h - 10) / 14);
    }

    /// <summary>A table by the hour, between its values.</summary>
    public static double At(double[] byHour, double hour)
    {
        int i = (int)hour % 24;
        double part = hour - Math.Floor(hour);
        return byHour[i] + part * (byHour[(i + 1) % 24] - byHour[i]);
    }

    private static double Felt(in LoadConditions at)
    {
        double k = At(Present, at.Hour);
        return k * at.Temperature + (1 - k) * at.MeanTemperature;
    }

    private static double Cool(in LoadConditions at) => At(Cooling, at.Hour) * Math.Max(0, Felt(at) - 69);

    private static double Heat(in LoadConditions at) => At(Heating, at.Hour) * Math.Max(0, 55 - (0.35 * at.Temperature + 0.65 * at.MeanTemperature));

    private static double Raw(int customer, in LoadConditions at) => (CustomerClass)customer switch
    {
        CustomerClass.ResidentialLowWinter => 0.58 * At(Home, at.Hour) * (at.Weekend ? 1.05 : 1) + 0.056 * Cool(at) + 0.012 * Heat(at),
        CustomerClass.ResidentialHighWinter => 0.58 * At(Home, at.Hour) * (at.Weekend ? 1.05 : 1) + 0.056 * Cool(at) + 0.048 * Heat(at),
        CustomerClass.SmallCommercial => At(Shop, at.Hour) * (at.Weekend ? 0.72 : 1) * (0.76 + 0.017 * Math.Max(0, Felt(at) - 65)) + 0.006 * Heat(at),
        CustomerClass.Industrial => At(Plant, at.Hour) * (at.Weekend ? 0.86 : 1) * (0.95 + 0.004 * Math.Max(0, Felt(at) - 65)),
        _ => at.Hour is < 6.5 or > 18.5 ? 1.9 : 0.1,
    };

    private static double[] MeansOverYear()
    {
        var means = new double[Classes];
        for (var customer = 0; customer < Classes; customer++)
        {
            double sum = 0;
            for (var month = 0; month < 12; month++)
                for (var hour = 0; hour < 24; hour++)
                    foreach (var (weekend, weight) in ((bool, double)[])[(false, 5), (true, 2)])
                        sum += weight * Raw(customer, new(hour, weekend, MonthMeans[month] + DiurnalSwing * DiurnalShape(hour), MonthMeans[month]));
            means[customer] = sum / (12 * 24 * 7);
        }
        return means;
    }
}
