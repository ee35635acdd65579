namespace FluxOps.Blazor.Live;

/// <summary>Every limit behind a status and a figure, in one place.</summary>
public static class StatusLimits
{
    /// <summary>Loaded from here, % of rating.</summary>
    public const float LoadedPercent = 60;
    /// <summary>Heavy from here, % of rating.</summary>
    public const float HeavyPercent = 80;
    /// <summary>Over limit above this, % of rating.</summary>
    public const float OverPercent = 100;
    /// <summary>A class is left only this far below the limit it was entered at (percentage points), so that a load on the limit does not flicker.</summary>
    public const float HysteresisPercent = 2;
    /// <summary>A feeder with less than this share of its nominal voltage is de-energised, whatever its breaker says.</summary>
    public const float DeadVoltage = 0.1f;
    /// <summary>Service voltage, ANSI C84.1 range A, 114 to 126 V on a 120 V base; meters give it on a 240 V base.</summary>
    public const float RangeALowVolts = 228, RangeAHighVolts = 252;
    /// <summary>An open device that leaves so many customers without power is of priority 1, as a feeder is; below, of priority 2: a fuse of a side street.</summary>
    public const int FirstPriorityCustomers = 100;
    /// <summary>Nominal service voltage of the meters' base, V.</summary>
    public const float ServiceVolts = 240;
    /// <summary>ANSI C84.1 above 600 V, per unit: range A, and range B outside it.</summary>
    private const float PrimaryLowA = 0.975f, PrimaryHighA = 1.05f, PrimaryLowB = 0.95f, PrimaryHighB = 1.058f;
    /// <summary>ANSI C84.1 up to 600 V at the service, per unit.</summary>
    private const float ServiceLowA = 0.95f, ServiceHighA = 1.05f, ServiceLowB = 0.917f, ServiceHighB = 1.058f;
    /// <summary>Nothing is called stale before this age, s, however often its source sends.</summary>
    public const double StaleAtLeastSeconds = 10;

    /// <summary>Class of a load, given the class it had. Without a value nothing is known to have changed.</summary>
    public static AssetStatus OfLoad(float percent, AssetStatus before)
    {
        if (float.IsNaN(percent)) return before;
        var rising = percent > OverPercent ? AssetStatus.OverLimit
            : percent >= HeavyPercent ? AssetStatus.Heavy
            : percent >= LoadedPercent ? AssetStatus.Loaded
            : AssetStatus.Normal;
        if (rising >= before || before > AssetStatus.OverLimit) return rising;
        var held = percent + HysteresisPercent;
        var falling = held > OverPercent ? AssetStatus.OverLimit
            : held >= HeavyPercent ? AssetStatus.Heavy
            : held >= LoadedPercent ? AssetStatus.Loaded
            : AssetStatus.Normal;
        return falling < before ? falling : before;
    }

    /// <summary>Freshness of a value by its age; times in Unix milliseconds, source time 0: never.</summary>
    public static Freshness OfAge(long sourceTime, long now, double periodSeconds)
    {
        if (sourceTime == 0) return Freshness.Never;
        var age = (now - sourceTime) / 1000.0;
        if (age <= 1.5 * periodSeconds) return Freshness.Live;
        return age <= Math.Max(3 * periodSeconds, StaleAtLeastSeconds) ? Freshness.Late : Freshness.Stale;
    }

    /// <summary>True where the meter's voltage (240 V base) is outside range A; a meter without a voltage is not.</summary>
    public static bool OutsideRangeA(float volts) => volts is < RangeALowVolts or > RangeAHighVolts;

    /// <summary>Band of a voltage above 600 V, kV over nominal kV.</summary>
    public static VoltageBand OfPrimary(float kv, float nominalKv) => Band(kv / nominalKv, PrimaryLowB, PrimaryLowA, PrimaryHighA, PrimaryHighB);

    /// <summary>Band of a meter's voltage, 240 V base.</summary>
    public static VoltageBand OfService(float volts) => Band(volts / ServiceVolts, ServiceLowB, ServiceLowA, ServiceHighA, ServiceHighB);

    public static bool OutsideRangeB(VoltageBand band) => band is VoltageBand.BelowB or VoltageBand.AboveB;

    /// <summary>The band further from nominal; of two equally far the lower one. Anything is worse than not knowing.</summary>
    public static VoltageBand Worse(VoltageBand a, VoltageBand b) => Distance(a) >= Distance(b) ? a : b;

    /// <summary>Where a class of load lies on the scale of <see cref="LoadBand"/>.</summary>
    public static LoadBand BandOf(AssetStatus load) => (LoadBand)(1 + (int)load);

    /// <summary>Band of a load that has no class before it.</summary>
    public static LoadBand BandOf(float percent) => float.IsNaN(percent) ? LoadBand.Unknown : BandOf(OfLoad(percent, AssetStatus.Normal));

    private static int Distance(VoltageBand band) => band switch
    {
        VoltageBand.BelowB => 6, VoltageBand.AboveB => 5, VoltageBand.BLow => 4, VoltageBand.BHigh => 3, VoltageBand.A => 1, _ => 0,
    };

    private static VoltageBand Band(float perUnit, float lowB, float lowA, float highA, float highB) =>
        float.IsNaN(perUnit) ? VoltageBand.Unknown
        : perUnit < lowB ? VoltageBand.BelowB
        : perUnit < lowA ? VoltageBand.BLow
        : perUnit <= highA ? VoltageBand.A
        : perUnit <= highB ? VoltageBand.BHigh
        : VoltageBand.AboveB;

    /// <summary>0 is the worst. Not knowing is worse than heavy: nobody can say that it is not over its limit.</summary>
    public static int Rank(AssetStatus status) => status switch
    {
        AssetStatus.DeEnergised => 0,
        AssetStatus.OverLimit => 1,
        AssetStatus.VoltageOut => 2,
        AssetStatus.Never => 3,
        AssetStatus.Stale => 4,
        AssetStatus.Heavy => 5,
        AssetStatus.Loaded => 6,
        _ => 7,
    };

    public static AssetStatus Worse(AssetStatus a, AssetStatus b) => Rank(a) <= Rank(b) ? a : b;
}
