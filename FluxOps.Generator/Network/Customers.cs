using FluxOps.Data.Grid;
using FluxOps.Generator.Load;
using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Network;

/// <summary>Hangs service transformers on the lines and customers on the transformers, so that each feeder's planned peak comes to its target.</summary>
internal sealed class Customers(Draft draft)
{
    /// <summary>Peak of one customer over its mean, not the class's coincident peak: grid-domain 1.4, 10.2 kW at a 1.5 kW home less the extremes.</summary>
    private static readonly double[] SinglePeak = [4.6, 4.8, 2.6, 1.7, 2.0];
    /// <summary>What a feeder mostly serves: share of feeders, commercial and industrial customers, and kW of coincident peak a customer.</summary>
    private static readonly (double Upto, double Commercial, double Industrial, double PeakKw)[] Characters =
        [(0.70, 0.085, 0.004, 4.8), (0.92, 0.290, 0.020, 8.8), (1.00, 0.440, 0.090, 18.0)];
    private const double PowerFactor = 0.96, Losses = 1.03;
    private static readonly float[] SinglePhaseKva = [10, 15, 25, 37.5f, 50, 75, 100, 167];
    private static readonly double[] SinglePhaseShare = [0.02, 0.06, 0.31, 0.46, 0.76, 0.91, 0.98, 1.0];
    private static readonly float[] ThreePhaseKva = [45, 75, 112.5f, 150, 225, 300, 500, 750, 1000, 1500, 2500, 3750, 5000];

    private int[] _transformerNode = [];
    private int[] _meterTransformer = [];
    private CustomerClass[] _class = [];
    private double[] _meanKw = [];
    private bool[] _threePhase = [];

    public (ServiceTransformers Transformers, UsagePoints UsagePoints) Build()
    {
        PlaceTransformers();
        PlaceMeters();
        ChooseClasses();
        ScaleToPlan();
        var transformers = SizeTransformers();
        Flow();
        return (transformers, UsagePoints(transformers));
    }

    private void PlaceTransformers()
    {
        var byFeeder = Shares.Round(draft.FeederPlannedMva.Select((mva, f) => 5.0 + mva).ToArray(), draft.Plan.Transformers, 1);
        List<int> nodes = new(draft.Plan.Transformers);
        for (var f = 0; f < draft.Feeders; f++)
        {
            int first = draft.FeederNode[f], count = draft.FeederNode[f + 1] - first;
            var weights = new double[count];
            for (var n = 0; n < count; n++)
                weights[n] = (draft.NodeKind[first + n] == SegmentKind.Backbone ? 0.7 : 1.0) * (0.6 + 0.8 * CounterHash.Unit(CounterHash.Of(draft.Seed, 51, first + n)));
            var each = Shares.Round(weights, byFeeder[f], 0);
            for (var n = 0; n < count; n++)
                for (var k = 0; k < each[n]; k++)
                    nodes.Add(first + n);
        }
        _transformerNode = [.. nodes];
    }

    private int Character(int feeder)
    {
        double u = CounterHash.Unit(CounterHash.Of(draft.Seed, 52, feeder));
        return u < Characters[0].Upto ? 0 : u < Characters[1].Upto ? 1 : 2;
    }

    private void PlaceMeters()
    {
        var byFeeder = Shares.Round(draft.FeederPlannedMva.Select((mva, f) => mva / Characters[Character(f)].PeakKw).ToArray(), draft.Plan.Meters, 1);
        _meterTransformer = new int[draft.Plan.Meters];
        int meter = 0, transformer = 0;
        for (var f = 0; f < draft.Feeders; f++)
        {
            int first = transformer;
            while (transformer < _transformerNode.Length && draft.NodeFeeder[_transformerNode[transformer]] == f)
                transformer++;
            int count = transformer - first;
            // Each transformer has one where there are enough; the rest gather as they do in a city: most have a few, an apartment house many.
            int least = byFeeder[f] >= count ? 1 : 0;
            var weights = new double[count];
            for (var t = 0; t < count; t++)
            {
                var sequence = new Sequence(draft.Seed, 1_000_000L + first + t);
                double u = sequence.Unit(), v = sequence.Unit();
                weights[t] = least == 0 ? 0.5 + u : (0.05 + 4 * u * v) * (sequence.Unit() < 0.02 ? 7 : 1);
            }
            var each = Shares.Round(weights, byFeeder[f], least);
            for (var t = 0; t < count; t++)
                for (var k = 0; k < each[t]; k++)
                    _meterTransformer[meter++] = first + t;
        }
    }

    private void ChooseClasses()
    {
        _class = new CustomerClass[_meterTransformer.Length];
        _meanKw = new double[_meterTransformer.Length];
        _threePhase = new bool[_transformerNode.Length];
        for (var m = 0; m < _class.Length; m++)
        {
            int t = _meterTransformer[m], node = _transformerNode[t];
            var character = Characters[Character(draft.NodeFeeder[node])];
            bool mainLine = draft.NodePhases[node] == Phases.ABC;
            var sequence = new Sequence(draft.Seed, 2_000_000_000L + m);
            double u = sequence.Unit(), industrial = mainLine ? character.Industrial * 1.6 : 0, commercial = Math.Min(0.7, character.Commercial * (mainLine ? 1.3 : 0.5));
            var customer = u < industrial ? CustomerClass.Industrial
                : u < industrial + commercial ? CustomerClass.SmallCommercial
                : u > 0.998 ? CustomerClass.Lighting
                : sequence.Unit() < 0.575 ? CustomerClass.ResidentialHighWinter : CustomerClass.ResidentialLowWinter;
            // Means: 13 MWh a year at a home (grid-domain 1.2); spread after 1.4.
            var (mean, sigma) = customer switch
            {
                CustomerClass.SmallCommercial => (7.0, 0.7),
                CustomerClass.Industrial => (90.0, 0.5),
                CustomerClass.Lighting => (0.5, 0.3),
                _ => (1.5, 0.5),
            };
            _class[m] = customer;
            _meanKw[m] = mean * PlainMath.Exp(sigma * sequence.Normal() - sigma * sigma / 2);
            if (customer == CustomerClass.Industrial || customer == CustomerClass.SmallCommercial && mainLine && _meanKw[m] > 6)
                _threePhase[t] = true;
        }
    }

    /// <summary>Makes the customers of each feeder, times the weight, come to the feeder's planned peak.</summary>
    private void ScaleToPlan()
    {
        var peakFactor = PeakFactors();
        var kw = new double[draft.Feeders];
        for (var m = 0; m < _class.Length; m++)
            kw[FeederOf(m)] += _meanKw[m] * peakFactor[(int)_class[m]];
        for (var m = 0; m < _class.Length; m++)
        {
            int f = FeederOf(m);
            double planned = kw[f] * draft.Weight / 1000 * Losses / PowerFactor;
            _meanKw[m] = Math.Max(0.02, Math.Round(_meanKw[m] * draft.FeederPlannedMva[f] / planned, 3));
        }
    }

    private static double[] PeakFactors() => Enumerable.Range(0, LoadShapes.Classes).Select(c => Math.Round(LoadShapes.PeakFactor((CustomerClass)c), 6)).ToArray();

    private int FeederOf(int meter) => draft.NodeFeeder[_transformerNode[_meterTransformer[meter]]];

    /// <summary>kVA from the suburban mix, raised to the coincident peak of its meters at power factor 0.9 where that needs more (grid-domain 2.4). Weight is 1 here: a transformer serves its own meters.</summary>
    private ServiceTransformers SizeTransformers()
    {
        int count = _transformerNode.Length;
        var need = new double[count];
        var together = new double[count];
        var peakFactor = PeakFactors();
        var meters = new int[count];
        for (var m = 0; m < _class.Length; m++)
        {
            need[_meterTransformer[m]] += _meanKw[m] * SinglePeak[(int)_class[m]];
            together[_meterTransformer[m]] += _meanKw[m] * peakFactor[(int)_class[m]];
            meters[_meterTransformer[m]]++;
        }
        var kva = new float[count];
        var phases = new Phases[count];
        double[] lat = new double[count], lon = new double[count];
        for (var t = 0; t < count; t++)
        {
            int node = _transformerNode[t];
            var sequence = new Sequence(draft.Seed, 4_000_000_000L + t);
            // Coincidence of Texas homes with air conditioning: 0.56 + 0.44 n^−0.7 (grid-domain 1.4).
            // Never below what the classes take together at the design peak.
            double required = meters[t] == 0 ? 0 : Math.Round(Math.Max(together[t], need[t] * (0.56 + 0.44 * Math.Pow(meters[t], -0.7))) / 0.9 + 0.01, 3);
            double draw = sequence.Unit();
            var line = draft.NodePhases[node];
            // What outgrows the largest single-phase can stands on a three-phase line, or as a bank of cans.
            bool three = _threePhase[t] || required > 167;
            kva[t] = three ? Next(ThreePhaseKva, Math.Max(required, 45 + 200 * draw * draw)) : Math.Max(FromMix(draw), Next(SinglePhaseKva, required));
            phases[t] = three ? Phases.ABC : line == Phases.ABC ? (Phases)(1 << sequence.Below(3)) : line;
            var (x0, y0) = draft.Start(node);
            double along = sequence.Between(0.12, 0.95), dx = draft.NodeX[node] - x0, dy = draft.NodeY[node] - y0, length = Math.Max(1, Math.Sqrt(dx * dx + dy * dy));
            double side = (sequence.Unit() < 0.5 ? -1 : 1) * sequence.Between(8, 16);
            lon[t] = Plane.Lon(x0 + along * dx - side * dy / length);
            lat[t] = Plane.Lat(y0 + along * dy + side * dx / length);
        }
        for (var t = 0; t < count; t++)
            if (phases[t] == Phases.ABC && draft.NodePhases[_transformerNode[t]] != Phases.ABC)
                MakeThreePhase(_transformerNode[t]);
        return new()
        {
            FeederId = Array.ConvertAll(_transformerNode, n => draft.NodeFeeder[n]), SegmentId = _transformerNode,
            Phases = phases, RatedKva = kva, Lat = lat, Lon = lon,
        };
    }

    private void MakeThreePhase(int node)
    {
        for (var n = node; n >= 0 && draft.NodePhases[n] != Phases.ABC; n = draft.NodeParent[n])
            draft.NodePhases[n] = Phases.ABC;
    }

    private static float FromMix(double draw)
    {
        var i = 0;
        while (draw >= SinglePhaseShare[i])
            i++;
        return SinglePhaseKva[i];
    }

    private static float Next(float[] sizes, double required)
    {
        foreach (var size in sizes)
            if (size >= required)
                return size;
        return sizes[^1] * (float)Math.Ceiling(required / sizes[^1]);
    }

    /// <summary>Planned MVA through each segment, and the drop from the head: regulators and capacitors keep it within 4.5 % (grid-domain 1.8).</summary>
    private void Flow()
    {
        var peakFactor = PeakFactors();
        draft.NodeMva = new double[draft.Nodes];
        draft.NodeDrop = new double[draft.Nodes];
        for (var m = 0; m < _class.Length; m++)
            draft.NodeMva[_transformerNode[_meterTransformer[m]]] += _meanKw[m] * peakFactor[(int)_class[m]] * draft.Weight / 1000 * Losses / PowerFactor;
        for (var n = draft.Nodes - 1; n >= 0; n--)
            if (draft.NodeParent[n] is >= 0 and var p)
                draft.NodeMva[p] += draft.NodeMva[n];
        for (var f = 0; f < draft.Feeders; f++)
        {
            double most = 0, kv = draft.FeederKv[f];
            for (var n = draft.FeederNode[f]; n < draft.FeederNode[f + 1]; n++)
            {
                var (x0, y0) = draft.Start(n);
                double km = Plane.Distance(x0, y0, draft.NodeX[n], draft.NodeY[n]) / 1000;
                // Ω/km, R cosφ + X sinφ: 795 ACSR, 1/0 three-phase, 1/0 single-phase with its return.
                double ohms = draft.NodeKind[n] == SegmentKind.Backbone ? 0.21 : draft.NodePhases[n] == Phases.ABC ? 0.55 : 3.3;
                double drop = draft.NodeMva[n] * ohms * km / (kv * kv);
                draft.NodeDrop[n] = drop + (draft.NodeParent[n] is >= 0 and var p ? draft.NodeDrop[p] : 0);
                most = Math.Max(most, draft.NodeDrop[n]);
            }
            if (most > 0.045)
                for (var n = draft.FeederNode[f]; n < draft.FeederNode[f + 1]; n++)
                    draft.NodeDrop[n] *= 0.045 / most;
        }
    }

    private UsagePoints UsagePoints(ServiceTransformers transformers)
    {
        int count = _class.Length;
        var pv = new bool[count];
        double[] lat = new double[count], lon = new double[count];
        var drop = new float[count];
        string[] serial = new string[count], address = new string[count];
        for (var m = 0; m < count; m++)
        {
            int t = _meterTransformer[m], node = _transformerNode[t];
            var sequence = new Sequence(draft.Seed, 6_000_000_000L + m);
            pv[m] = _class[m] <= CustomerClass.ResidentialHighWinter && sequence.Unit() < 0.025;
            lon[m] = Plane.Grid(transformers.Lon[t] + sequence.Between(-0.00035, 0.00035));
            lat[m] = Plane.Grid(transformers.Lat[t] + sequence.Between(-0.0003, 0.0003));
            drop[m] = (float)Math.Round(draft.NodeDrop[node], 5);
            serial[m] = $"MTR-{m + 1:0000000}";
            address[m] = Addresses.Of(draft, node, sequence.Below(50));
        }
        return new()
        {
            TransformerId = _meterTransformer, FeederId = Array.ConvertAll(_meterTransformer, t => transformers.FeederId[t]),
            Class = _class, HasPv = pv, MeanKw = Array.ConvertAll(_meanKw, k => (float)k), DropAtPeak = drop,
            Lat = lat, Lon = lon, Serial = serial, Address = address,
        };
    }
}
