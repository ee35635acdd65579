using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace FluxOps.Data.Serving;

/// <summary>Options of <see cref="FluxOpsContext"/>, and how the migration tool makes one: it needs the model only, never a server.</summary>
public sealed class FluxOpsContextFactory : IDesignTimeDbContextFactory<FluxOpsContext>
{
    public FluxOpsContext CreateDbContext(string[] args) =>
        new(Configure(new DbContextOptionsBuilder<FluxOpsContext>().UseNpgsql()).Options);

    /// <summary>A context on an open store.</summary>
    public static FluxOpsContext On(NpgsqlDataSource dataSource) =>
        new(Configure(new DbContextOptionsBuilder<FluxOpsContext>().UseNpgsql(dataSource)).Options);

    private static DbContextOptionsBuilder<FluxOpsContext> Configure(DbContextOptionsBuilder<FluxOpsContext> builder)
    {
        builder.UseSnakeCaseNamingConvention();
        return builder;
    }
}
