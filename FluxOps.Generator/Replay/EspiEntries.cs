using System.Globalization;
using System.Xml;

namespace FluxOps.Generator.Replay;

/// <summary>Where something stands in a file.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>One reading as the file has it.</summary>
internal readonly record struct EspiReading(Place Place)
{
    public long? Start { get; init; }
    public Place StartPlace { get; init; }
    public long? Duration { get; init; }
    public Place DurationPlace { get; init; }
    /// <summary>In the unit of the reading's type; null: none given.</summary>
    public long? Value { get; init; }
    public Place ValuePlace { get; init; }
    /// <summary>ESPI codes, comma separated; null: none given.</summary>
    public string? Quality { get; init; }
}

internal sealed class EspiLinks
{
    public string? Self { get; set; }
    public string? Up { get; set; }
    public List<string> Related { get; } = [];
}

internal sealed record EspiMeterReading(EspiLinks Links, string? Title, Place Place);

internal sealed record EspiReadingType(EspiLinks Links, Dictionary<string, long> Codes, Place Place)
{
    /// <summary>Where each code's value stands.</summary>
    public Dictionary<string, Place> Places { get; } = [];
}

internal sealed record EspiBlock(EspiLinks Links, List<EspiReading> Readings, Place Place);

/// <summary>The entries of a Green Button feed that interval readings need, in file order and not linked yet. One pass, no document in memory.</summary>
internal sealed class EspiEntries(InputFile file)
{
    private static readonly string[] TypeCodes = ["accumulationBehaviour", "commodity", "flowDirection", "intervalLength", "kind", "powerOfTenMultiplier", "uom"];

    private readonly List<string> _path = [];
    private EspiLinks _links = new();
    private string? _title;
    private EspiReadingType? _type;
    private EspiBlock? _block;
    private EspiReading _reading;

    public List<EspiMeterReading> MeterReadings { get; } = [];
    public List<EspiReadingType> ReadingTypes { get; } = [];
    public List<EspiBlock> Blocks { get; } = [];
    /// <summary>Offset of standard time from UTC and of summer time from standard time, s.</summary>
    public long? TzOffset { get; private set; }
    public long? DstOffset { get; private set; }

    public static EspiEntries Read(Stream content, InputFile file)
    {
        var entries = new EspiEntries(file);
        using var xml = XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true });
        try
        {
            entries.Read(xml);
        }
        catch (XmlException e)
        {
            // The message ends with “Line 3, position 7.”, which ours begins with.
            var at = e.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
            throw file.Fault(Math.Max(1, e.LineNumber), Math.Max(1, e.LinePosition), $"expected well-formed XML: {(at > 0 ? e.Message[..at] : e.Message).TrimEnd('.')}");
        }
        return entries;
    }

    private void Read(XmlReader xml)
    {
        var info = (IXmlLineInfo)xml;
        var text = "";
        Place place = default;
        while (xml.Read())
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    place = new(info.LineNumber, info.LinePosition);
                    text = "";
                    var empty = xml.IsEmptyElement;
                    Open(xml, place);
                    if (empty)
                        Close("", place);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    if (text.Length == 0)
                        place = new(info.LineNumber, info.LinePosition);
                    text += xml.Value;
                    break;
                case XmlNodeType.EndElement:
                    Close(text.Trim(), place);
                    text = "";
                    break;
            }
    }

    private void Open(XmlReader xml, Place place)
    {
        var name = xml.LocalName;
        if (_path.Count == 0 && name is not ("feed" or "entry"))
            throw file.Fault(place.Line, place.Column, $"expected an Atom feed of Green Button data (<feed>), found <{name}>");
        _path.Add(name);
        switch (name)
        {
            case "entry":
                (_links, _title) = (new(), null);
                break;
            case "link" when Parent == "entry":
                Link(xml.GetAttribute("rel"), xml.GetAttribute("href"));
                break;
            case "MeterReading":
                MeterReadings.Add(new(_links, _title, place));
                break;
            case "ReadingType":
                ReadingTypes.Add(_type = new(_links, [], place));
                break;
            case "IntervalBlock":
                Blocks.Add(_block = new(_links, [], place));
                break;
            case "IntervalReading":
                _reading = new(place);
                break;
        }
    }

    private string Parent => _path.Count > 1 ? _path[^2] : "";

    private void Link(string? rel, string? href)
    {
        href = href?.TrimEnd('/');
        if (string.IsNullOrEmpty(href))
            return;
        if (rel == "self")
            _links.Self = href;
        else if (rel == "up")
            _links.Up = href;
        else
            _links.Related.Add(href);
    }

    private void Close(string text, Place place)
    {
        var name = _path[^1];
        if (name == "IntervalReading")
            _block?.Readings.Add(_reading);
        else if (Parent == "entry" && name == "title")
            _title = text;
        else if (Parent == "ReadingType" && TypeCodes.Contains(name))
            (_type!.Codes[name], _type.Places[name]) = (Number(name, text, place), place);
        else if (Parent == "LocalTimeParameters")
            LocalTime(name, text, place);
        else if (Parent == "IntervalReading" && name == "value")
            _reading = _reading with { Value = text.Length == 0 ? null : Number(name, text, place), ValuePlace = place };
        else if (Parent == "timePeriod" && _path.Count > 2 && _path[^3] == "IntervalReading")
            TimePeriod(name, text, place);
        else if (Parent == "ReadingQuality" && name == "quality")
            _reading = _reading with { Quality = _reading.Quality is null ? Quality(text, place) : $"{_reading.Quality},{Quality(text, place)}" };
        _path.RemoveAt(_path.Count - 1);
    }

    private void LocalTime(string name, string text, Place place)
    {
        if (name == "tzOffset")
            TzOffset ??= Number(name, text, place);
        else if (name == "dstOffset")
            DstOffset ??= Number(name, text, place);
    }

    private void TimePeriod(string name, string text, Place place)
    {
        if (name == "start")
            _reading = _reading with { Start = Number(name, text, place), StartPlace = place };
        else if (name == "duration")
            _reading = _reading with { Duration = Number(name, text, place), DurationPlace = place };
    }

    private string Quality(string text, Place place) => EspiQuality.IsKnown(text)
        ? text : throw file.Fault(place.Line, place.Column, $"quality: expected an ESPI reading quality ({EspiQuality.Known}), found “{Shown(text)}”");

    private long Number(string name, string text, Place place) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value : throw file.Fault(place.Line, place.Column, $"{name}: expected a whole number, found “{Shown(text)}”");

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
