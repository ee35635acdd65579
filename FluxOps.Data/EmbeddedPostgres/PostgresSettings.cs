namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>Settings of the private server. One machine, one application, data that must survive a kill.</summary>
internal static class PostgresSettings
{
    public static IEnumerable<string> Arguments(PostgresFolders folders, IReadOnlyDictionary<string, string> overrides)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "",                 // the socket's folder is the access control, and there is no port to choose
            ["unix_socket_directories"] = folders.Socket,
            ["port"] = "5432",
            ["max_connections"] = "200",
            ["shared_buffers"] = "256MB",
            ["max_wal_size"] = "2GB",
            ["min_wal_size"] = "256MB",
            ["checkpoint_timeout"] = "5min",           // a stop writes what is dirty, and has 5 s for it
            ["synchronous_commit"] = "on",             // off would lose committed readings when the server is killed
            ["random_page_cost"] = "1.1",              // solid-state storage
            ["autovacuum_naptime"] = "20s",            // the latest tables turn over every quarter hour
            ["autovacuum_vacuum_cost_limit"] = "2000",
            ["idle_in_transaction_session_timeout"] = "5min",
            ["log_min_messages"] = "warning",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
        };
        foreach (var (name, value) in overrides)
            settings[name] = value;
        yield return "-D";
        yield return folders.Data;
        foreach (var (name, value) in settings)
        {
            yield return "-c";
            yield return $"{name}={value}";
        }
    }
}
