using FluxOps.Data.Grid;
using FluxOps.Data.Serving.Tables;
using Microsoft.EntityFrameworkCore;

namespace FluxOps.Data.Serving;

/// <summary>Tables of the network. Ids are dense, from 0, and given by the writer; bulk tables carry no foreign keys, whose checks would cost more than the load.</summary>
internal static class GridSchema
{
    public static void Describe(ModelBuilder builder)
    {
        builder.Entity<GridNetworkRow>(e =>
        {
            e.ToTable("grid_networks", t => t.HasCheckConstraint("ck_grid_networks_one_row", "id = 1"));
            e.Property(x => x.Id).ValueGeneratedNever();
            e.Property(x => x.CreatedAt).HasDefaultValueSql("now()");
        });
        builder.Entity<Substation>(e =>
        {
            e.ToTable("substations");
            e.Property(x => x.Id).ValueGeneratedNever();
            e.HasIndex(x => x.Code).IsUnique();
        });
        builder.Entity<TransformerBank>(e =>
        {
            e.ToTable("transformer_banks");
            e.Property(x => x.Id).ValueGeneratedNever();
            e.HasIndex(x => x.SubstationId);
        });
        builder.Entity<Feeder>(e =>
        {
            e.ToTable("feeders");
            e.Property(x => x.Id).ValueGeneratedNever();
            e.HasIndex(x => x.Name).IsUnique();
            e.HasIndex(x => x.SubstationId);
        });
        builder.Entity<TopologyConnection>(e =>
        {
            e.ToTable("topology_connections_cache");
            e.Property(x => x.Id).ValueGeneratedNever();
            e.Property(x => x.Kind).HasConversion<short>();
            e.Property(x => x.Phases).HasConversion<short>();
            e.HasIndex(x => x.FeederId);
        });
        builder.Entity<GridAsset>(e =>
        {
            e.ToTable("grid_assets_cache");
            e.Property(x => x.Id).ValueGeneratedNever();
            e.Property(x => x.Kind).HasConversion<short>();
            e.Property(x => x.Phases).HasConversion<short>();
            e.HasIndex(x => x.FeederId);
        });
        builder.Entity<UsagePointTableRow>(e =>
        {
            e.ToTable("usage_points");
            e.Property(x => x.Id).ValueGeneratedNever();
            // "C": a prefix search can use the unique index whatever the database's own collation is.
            e.Property(x => x.Serial).UseCollation("C");
            e.Property(x => x.Class).HasConversion<short>();
            e.HasIndex(x => x.Serial).IsUnique();
            e.HasIndex(x => new { x.FeederId, x.Id });
            e.HasIndex(x => new { x.SubstationId, x.Id });
        });
    }
}
