using System.Xml.Linq;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FluxOps.Blazor.Security;

/// <summary>
/// Data-protection keys in the serving store, so that each instance reads the others' cookies. The interface is synchronous; the framework
/// calls it once a day, and once at the start.
/// </summary>
public sealed class PostgresKeyRepository(ServingStore store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = store.DataSource.CreateCommand("select xml from data_protection_keys where xml is not null order by id");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
            keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = store.DataSource.CreateCommand("insert into data_protection_keys (friendly_name, xml) values ($1, $2)");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
