using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace FluxOps.Blazor.Configuration;

/// <summary>One key that cannot be used.</summary>
public sealed record ConfigurationFault(string Key, string Text)
{
    public override string ToString() => $"{Key}: {Text}";
}

/// <summary>
/// Goes through the configuration before anything is built and finds every bad key at once. The framework's own validation stays on, but it
/// stops at the first value that cannot be converted and does not say which values are allowed.
/// </summary>
public static class ConfigurationCheck
{
    public const string Root = "FluxOps";
    private static readonly string[] SecretWords = ["ConnectionString", "Password", "Secret", "Token"];

    /// <summary>False when a value is bad; what is wrong has then been written to <paramref name="output"/>, and never a secret.</summary>
    public static bool IsUsable(IConfiguration configuration, TextWriter output)
    {
        var faults = Faults(configuration, Sections.All);
        var unknown = UnknownKeys(configuration, Sections.All);
        if (unknown.Count > 0)
            output.WriteLine($"Ignored, no such setting: {string.Join(", ", unknown)}");
        if (faults.Count == 0)
            return true;
        output.WriteLine(faults.Count == 1 ? "FluxOps cannot start, one setting is wrong:" : $"FluxOps cannot start, {faults.Count} settings are wrong:");
        foreach (var fault in faults)
            output.WriteLine($"  {fault}");
        return false;
    }

    public static IReadOnlyList<ConfigurationFault> Faults(IConfiguration configuration, IEnumerable<(string Name, Type Options)> sections)
    {
        var faults = new List<ConfigurationFault>();
        foreach (var (name, type) in sections)
        {
            var section = configuration.GetSection(name);
            var found = Properties(type).Select(p => FaultOf(section, p)).OfType<ConfigurationFault>().ToList();
            faults.AddRange(found);
            // Rules that span values are asked only when each value is good by itself.
            if (found.Count == 0 && section.Get(type) is IValidatableObject options)
                faults.AddRange(options.Validate(new ValidationContext(options)).Select(r => new ConfigurationFault(
                    string.Join(", ", r.MemberNames.Select(m => $"{name}:{m}").DefaultIfEmpty(name)), r.ErrorMessage ?? "not allowed")));
        }

        return faults;
    }

    /// <summary>Keys below <c>FluxOps:</c> that nothing reads: most often a slip of the pen.</summary>
    public static IReadOnlyList<string> UnknownKeys(IConfiguration configuration, IReadOnlyList<(string Name, Type Options)> sections)
    {
        var unknown = new List<string>();
        foreach (var section in configuration.GetSection(Root).GetChildren())
        {
            var types = sections.Where(s => string.Equals(s.Name, section.Path, StringComparison.OrdinalIgnoreCase)).Select(s => s.Options).ToList();
            if (types.Count == 0)
                unknown.Add(section.Path);
            else
                unknown.AddRange(section.GetChildren()
                    .Where(c => !types.SelectMany(t => t.GetProperties()).Any(p => string.Equals(p.Name, c.Key, StringComparison.OrdinalIgnoreCase)))
                    .Select(c => c.Path));
        }

        return unknown;
    }

    /// <summary>Properties that hold one value; lists and tables are the binder's business.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite && TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType).CanConvertFrom(typeof(string)));

    private static ConfigurationFault? FaultOf(IConfigurationSection section, PropertyInfo property)
    {
        var key = $"{section.Path}:{property.Name}";
        var raw = section[property.Name];
        var rules = property.GetCustomAttributes<ValidationAttribute>(inherit: true).ToList();
        if (raw is null)
        {
            // Absent: the default stands, and it is ours. Only a value without one can be missing.
            var missing = rules.OfType<RequiredAttribute>().Any() && section.GetSection(property.Name).Exists() is false
                && property.GetValue(Activator.CreateInstance(property.DeclaringType!)) is null;
            return missing ? new ConfigurationFault(key, "missing") : null;
        }

        var shown = IsSecret(property) ? "the value (not shown)" : $"\"{raw}\"";
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (raw.Length == 0 && (Nullable.GetUnderlyingType(property.PropertyType) is not null || (type == typeof(string) && !rules.OfType<RequiredAttribute>().Any())))
            return null;
        if (!TryConvert(raw, type, out var value))
            return new ConfigurationFault(key, $"{shown} is not {Kind(type)}{Allowed(rules, type)}");
        return rules.FirstOrDefault(r => !r.IsValid(value)) switch
        {
            null => null,
            RequiredAttribute => new ConfigurationFault(key, "empty"),
            RangeAttribute => new ConfigurationFault(key, $"{shown} is out of range{Allowed(rules, type)}"),
            AllowedValuesAttribute => new ConfigurationFault(key, $"{shown} is not known{Allowed(rules, type)}"),
            var rule => new ConfigurationFault(key, $"{shown} is not allowed: {(IsSecret(property) ? "see the documentation" : rule.FormatErrorMessage(property.Name))}{Allowed(rules, type)}"),
        };
    }

    private static bool IsSecret(PropertyInfo property) =>
        property.IsDefined(typeof(SecretAttribute)) || SecretWords.Any(w => property.Name.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static bool TryConvert(string raw, Type type, out object? value)
    {
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(raw.Trim());
            return !type.IsEnum || Enum.IsDefined(type, value!);
        }
        catch (Exception e) when (e is FormatException or NotSupportedException or ArgumentException or OverflowException)
        {
            value = null;
            return false;
        }
    }

    private static string Kind(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => "known",
        TypeCode.Boolean => "true or false",
        TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt32 or TypeCode.UInt64 => "a whole number",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
        _ when type == typeof(TimeSpan) => "a time such as 00:05:00",
        _ => $"a {type.Name}",
    };

    private static string Allowed(IEnumerable<ValidationAttribute> rules, Type type) =>
        rules.OfType<RangeAttribute>().FirstOrDefault() is { } range ? $"; allowed: {range.Minimum} to {range.Maximum}"
        : rules.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } values ? $"; allowed: {string.Join(", ", values.Values)}"
        : type.IsEnum ? $"; allowed: {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(bool) ? "; allowed: true, false"
        : "";
}
