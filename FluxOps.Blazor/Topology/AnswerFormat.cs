using Microsoft.Net.Http.Headers;

namespace FluxOps.Blazor.Topology;

/// <summary>One way in which an answer may be written.</summary>
internal enum GridFormat { GeoJson, Binary }

/// <summary>Which of them a client asks for by Accept (RFC 9110, 12.5.1).</summary>
internal static class AnswerFormat
{
    public const string GeoJsonType = "application/geo+json", BinaryType = "application/vnd.fluxops.grid";

    // In the order of our own preference. GeoJSON is a kind of JSON: it is what a client gets that asks for application/json.
    private static readonly (string Type, GridFormat Format)[] Offers = [(GeoJsonType, GridFormat.GeoJson), (BinaryType, GridFormat.Binary)];

    public static string Offered => string.Join(" or ", Offers.Select(o => o.Type));

    /// <summary>Null where none of them will do.</summary>
    public static (string Type, GridFormat Format)? Of(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0) return Offers[0];
        var accepted = request.GetTypedHeaders().Accept;
        (string, GridFormat)? best = null;
        double most = 0;
        foreach (var offer in Offers)
        {
            if (Quality(accepted, offer.Type) is var quality && quality > most) (best, most) = (offer, quality);
        }

        return best;
    }

    /// <summary>Of the most specific range that holds the type; 0 where none does.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type)
    {
        var offer = new MediaTypeHeaderValue(type);
        return accepted.Where(offer.IsSubsetOf).OrderBy(a => a.MatchesAllTypes ? 2 : a.MatchesAllSubTypes ? 1 : 0).Select(a => a.Quality ?? 1).FirstOrDefault();
    }
}
