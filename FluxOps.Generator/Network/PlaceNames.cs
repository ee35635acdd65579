namespace FluxOps.Generator.Network;

/// <summary>Neighbourhoods and towns of greater Houston with their rough position (local knowledge, to about a kilometre), for names that fit where a station stands.</summary>
internal static class PlaceNames
{
    private static readonly (string Name, double Lat, double Lon)[] Places =
    [
        ("Buffalo Bayou", 29.762, -95.383), ("Commerce", 29.760, -95.361), ("Midtown", 29.742, -95.378), ("Montrose", 29.743, -95.394),
        ("Third Ward", 29.728, -95.357), ("Eastwood", 29.738, -95.330), ("Second Ward", 29.751, -95.337), ("Fifth Ward", 29.777, -95.330),
        ("Near Northside", 29.785, -95.360), ("Heights", 29.798, -95.398), ("Lindale", 29.808, -95.362), ("Kashmere", 29.806, -95.322),
        ("Denver Harbor", 29.775, -95.302), ("Magnolia", 29.735, -95.293), ("Lawndale", 29.718, -95.308), ("Idylwood", 29.724, -95.322),
        ("Riverside", 29.715, -95.362), ("Hermann", 29.716, -95.391), ("West University", 29.716, -95.433), ("Upper Kirby", 29.735, -95.419),
        ("Bellaire", 29.705, -95.459), ("Galleria", 29.739, -95.463), ("Tanglewood", 29.752, -95.480), ("Memorial", 29.764, -95.432),
        ("Timbergrove", 29.798, -95.430), ("Oak Forest", 29.828, -95.440), ("Garden Oaks", 29.823, -95.410), ("Independence", 29.829, -95.395),
        ("Acres Homes", 29.868, -95.430), ("Inwood", 29.868, -95.480), ("Spring Branch", 29.800, -95.500), ("Hedwig", 29.779, -95.520),
        ("Hunters Creek", 29.770, -95.495), ("Gessner", 29.735, -95.535), ("Sharpstown", 29.700, -95.505), ("Gulfton", 29.713, -95.485),
        ("Meyerland", 29.688, -95.463), ("Westbury", 29.661, -95.475), ("Willow Meadows", 29.671, -95.455), ("Braeswood", 29.692, -95.420),
        ("Astrodome", 29.682, -95.407), ("South Park", 29.666, -95.350), ("Sunnyside", 29.655, -95.365), ("MacGregor", 29.702, -95.345),
        ("Gulfgate", 29.698, -95.297), ("Hobby", 29.648, -95.277), ("Glenbrook", 29.672, -95.275), ("Pecan Park", 29.703, -95.283),
        ("Park Place", 29.685, -95.277), ("Edgebrook", 29.640, -95.245), ("Genoa", 29.625, -95.205), ("Ellington", 29.605, -95.160),
        ("South Houston", 29.663, -95.233), ("Pasadena", 29.690, -95.205), ("Golfcrest", 29.690, -95.308), ("Galena Park", 29.735, -95.232),
        ("Jacinto City", 29.768, -95.240), ("Pleasantville", 29.765, -95.275), ("Cloverleaf", 29.785, -95.172), ("Channelview", 29.780, -95.115),
        ("Sheldon", 29.860, -95.130), ("Northshore", 29.775, -95.195), ("Wayside", 29.835, -95.280), ("Trinity Gardens", 29.822, -95.305),
        ("Settegast", 29.815, -95.280), ("Homestead", 29.845, -95.300), ("East Houston", 29.870, -95.265), ("Little York", 29.870, -95.340),
        ("Northline", 29.845, -95.375), ("Hardy", 29.880, -95.370), ("Aldine", 29.910, -95.380), ("Greenspoint", 29.945, -95.410),
        ("Rankin", 29.955, -95.380), ("Intercontinental", 29.985, -95.340), ("Humble", 29.998, -95.265), ("Atascocita", 29.998, -95.175),
        ("Kingwood", 30.050, -95.190), ("Porter", 30.100, -95.230), ("New Caney", 30.155, -95.215), ("Splendora", 30.232, -95.160),
        ("Cleveland", 30.341, -95.085), ("Plum Grove", 30.205, -95.090), ("Huffman", 30.027, -95.085), ("Crosby", 29.912, -95.062),
        ("Barrett", 29.880, -95.063), ("Highlands", 29.818, -95.056), ("Baytown", 29.735, -94.977), ("Goose Creek", 29.745, -94.950),
        ("Cedar Bayou", 29.770, -94.955), ("Mont Belvieu", 29.848, -94.890), ("Cove", 29.812, -94.828), ("Anahuac", 29.770, -94.680),
        ("Dayton", 30.046, -94.886), ("Liberty", 30.058, -94.795), ("Hardin", 30.150, -94.735), ("Winnie", 29.820, -94.440),
        ("Stowell", 29.790, -94.410), ("Hankamer", 29.860, -94.610), ("Devers", 30.027, -94.588), ("Wallisville", 29.850, -94.730),
        ("Deer Park", 29.705, -95.125), ("La Porte", 29.665, -95.020), ("Morgans Point", 29.675, -95.000), ("Seabrook", 29.565, -95.025),
        ("Clear Lake", 29.575, -95.110), ("Nassau Bay", 29.545, -95.092), ("Webster", 29.538, -95.118), ("Kemah", 29.535, -95.025),
        ("League City", 29.507, -95.095), ("Friendswood", 29.529, -95.201), ("Pearland", 29.563, -95.286), ("Brookside", 29.590, -95.320),
        ("Silverlake", 29.540, -95.350), ("Manvel", 29.463, -95.358), ("Iowa Colony", 29.430, -95.420), ("Alvin", 29.424, -95.244),
        ("Dickinson", 29.460, -95.051), ("Santa Fe", 29.378, -95.106), ("Hitchcock", 29.348, -95.016), ("La Marque", 29.369, -94.971),
        ("Texas City", 29.390, -94.920), ("Bolivar", 29.400, -94.760), ("Galveston", 29.290, -94.800), ("Jamaica Beach", 29.190, -94.980),
        ("Rosharon", 29.352, -95.460), ("Angleton", 29.169, -95.432), ("Danbury", 29.227, -95.345), ("Liverpool", 29.295, -95.275),
        ("Lake Jackson", 29.034, -95.434), ("Clute", 29.025, -95.399), ("Freeport", 28.954, -95.360), ("Brazoria", 29.044, -95.569),
        ("West Columbia", 29.144, -95.645), ("Sweeny", 29.039, -95.698), ("Damon", 29.290, -95.735), ("Bay City", 28.983, -95.969),
        ("Van Vleck", 29.020, -95.890), ("Markham", 28.960, -96.065), ("El Campo", 29.197, -96.270), ("Wharton", 29.312, -96.103),
        ("Boling", 29.265, -95.945), ("East Bernard", 29.530, -96.070), ("Eagle Lake", 29.590, -96.334), ("Hungerford", 29.400, -96.080),
        ("Garwood", 29.447, -96.400), ("Columbus", 29.706, -96.540), ("Altair", 29.570, -96.453), ("Sealy", 29.781, -96.157),
        ("Wallis", 29.631, -96.065), ("Bellville", 29.950, -96.257), ("San Felipe", 29.795, -96.100), ("Cat Spring", 29.845, -96.330),
        ("Industry", 29.970, -96.500), ("Hempstead", 30.097, -96.078), ("Prairie View", 30.093, -95.990), ("Waller", 30.057, -95.927),
        ("Hockley", 30.022, -95.845), ("Magnolia Springs", 30.209, -95.750), ("Pinehurst", 30.171, -95.682), ("Tomball", 30.097, -95.616),
        ("Spring", 30.080, -95.417), ("Klein", 30.040, -95.530), ("Champions", 29.985, -95.520), ("Willowbrook", 29.963, -95.545),
        ("Louetta", 30.030, -95.580), ("Woodlands", 30.165, -95.480), ("Panther Creek", 30.190, -95.500), ("Alden Bridge", 30.205, -95.530),
        ("Oak Ridge", 30.155, -95.440), ("Shenandoah", 30.180, -95.455), ("Conroe", 30.312, -95.456), ("Montgomery", 30.388, -95.700),
        ("Willis", 30.425, -95.480), ("Dobbin", 30.370, -95.770), ("Cypress", 29.969, -95.697), ("Fairfield", 29.990, -95.745),
        ("Bridgeland", 29.950, -95.745), ("Jersey Village", 29.888, -95.563), ("Fairbanks", 29.850, -95.525), ("Copperfield", 29.875, -95.645),
        ("Bear Creek", 29.835, -95.640), ("Addicks", 29.795, -95.640), ("Barker", 29.785, -95.690), ("Energy Corridor", 29.783, -95.620),
        ("Eldridge", 29.750, -95.620), ("Westchase", 29.735, -95.565), ("Alief", 29.710, -95.590), ("Mission Bend", 29.695, -95.660),
        ("Cinco Ranch", 29.740, -95.755), ("Katy", 29.786, -95.825), ("Brookshire", 29.786, -95.950), ("Fulshear", 29.690, -95.900),
        ("Simonton", 29.680, -95.990), ("Pecan Grove", 29.625, -95.732), ("Richmond", 29.582, -95.761), ("Rosenberg", 29.557, -95.809),
        ("Needville", 29.399, -95.838), ("Fairchilds", 29.455, -95.770), ("Thompsons", 29.487, -95.600), ("Sienna", 29.490, -95.520),
        ("Missouri City", 29.619, -95.538), ("Stafford", 29.616, -95.558), ("Sugar Land", 29.620, -95.635), ("First Colony", 29.580, -95.620),
        ("Greatwood", 29.555, -95.680), ("Quail Valley", 29.575, -95.545), ("Fresno", 29.525, -95.450), ("Arcola", 29.497, -95.465),
        ("Hiram Clarke", 29.632, -95.445), ("Almeda", 29.600, -95.410), ("Fondren", 29.645, -95.510), ("Southbelt", 29.590, -95.225),
        ("Sagemont", 29.598, -95.200), ("Langham Creek", 29.870, -95.690), ("Cypresswood", 30.000, -95.480), ("Imperial Valley", 29.965, -95.355),
        ("Summerwood", 29.925, -95.200), ("Fall Creek", 29.935, -95.240), ("Eastex", 29.925, -95.300), ("Clay Road", 29.830, -95.560),
    ];

    private static readonly string[] Directions = ["North", "Northeast", "East", "Southeast", "South", "Southwest", "West", "Northwest"];
    private static readonly string[] Features = ["Junction", "Road", "Creek", "Prairie", "Grove", "Landing", "Crossing", "Mill", "Point", "Ranch"];

    /// <summary>Unique names, nearest unused place first; beyond those, the nearest place with the direction one goes from it.</summary>
    public static string[] For(double[] x, double[] y, string?[] given)
    {
        var names = new string[x.Length];
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < x.Length; i++)
            if (given[i] is { Length: > 0 } name)
                names[i] = Unused(used, name);
        var placeX = Places.Select(p => Plane.X(p.Lon)).ToArray();
        var placeY = Places.Select(p => Plane.Y(p.Lat)).ToArray();
        for (var i = 0; i < x.Length; i++)
            names[i] ??= NameAt(x[i], y[i], placeX, placeY, used);
        return names;
    }

    private static string NameAt(double x, double y, double[] placeX, double[] placeY, HashSet<string> used)
    {
        int near = -1, free = -1;
        double nearest = double.MaxValue, nearestFree = double.MaxValue;
        for (var p = 0; p < Places.Length; p++)
        {
            double d = Plane.Distance(x, y, placeX[p], placeY[p]);
            if (d < nearest)
                (near, nearest) = (p, d);
            if (d < nearestFree && !used.Contains(Places[p].Name))
                (free, nearestFree) = (p, d);
        }
        if (free >= 0 && (free == near || nearestFree < 3_500))
            return Unused(used, Places[free].Name);
        var direction = Directions[Octant(x - placeX[near], y - placeY[near])];
        return Unused(used, $"{Places[near].Name} {direction}");
    }

    private static string Unused(HashSet<string> used, string name)
    {
        if (used.Add(name))
            return name;
        foreach (var feature in Features)
            if (used.Add($"{name} {feature}"))
                return $"{name} {feature}";
        for (var n = 2; ; n++)
            if (used.Add($"{name} {n}"))
                return $"{name} {n}";
    }

    /// <summary>0 north, then clockwise by 45°.</summary>
    private static int Octant(double dx, double dy)
    {
        // tan 22.5° = 0.41421
        double ax = Math.Abs(dx), ay = Math.Abs(dy);
        if (ax < 0.41421 * ay)
            return dy > 0 ? 0 : 4;
        if (ay < 0.41421 * ax)
            return dx > 0 ? 2 : 6;
        return dx > 0 ? (dy > 0 ? 1 : 3) : dy > 0 ? 7 : 5;
    }
}
