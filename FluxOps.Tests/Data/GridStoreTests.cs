using System.Text.Json;
using FluxOps.Data.Grid;
using FluxOps.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace FluxOps.Tests.Data;

public class GridStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadsBackWhatWasWritten()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var grid = new GridStore(store);
        Assert.Null(await grid.ReadNetworkAsync(Ct));

        var model = TestGrid.Make();
        await grid.WriteAsync(model, null, Ct);

        Assert.Equal(model.Network, await grid.ReadNetworkAsync(Ct));
        Assert.Equal(JsonSerializer.Serialize(model), JsonSerializer.Serialize(await grid.LoadAsync(GridParts.All, Ct)));
    }

    [Fact]
    public async Task WritingAgainReplacesEverything()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var grid = new GridStore(store);
        await grid.WriteAsync(TestGrid.Make(), null, Ct);
        await grid.WriteAsync(TestGrid.Make(substations: 1, feedersEach: 1, hash: "h2"), null, Ct);
        var loaded = await grid.LoadAsync(GridParts.All, Ct);
        Assert.Equal("h2", loaded.Network.ContentHash);
        Assert.Single(loaded.Substations);
        Assert.Equal(20, loaded.UsagePoints.Count);
    }

    [Fact]
    public async Task PartsNotAskedForAreEmpty()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var grid = new GridStore(store);
        await grid.WriteAsync(TestGrid.Make(), null, Ct);
        var loaded = await grid.LoadAsync(GridParts.Stations | GridParts.UsagePoints, Ct);
        Assert.Equal(2, loaded.Substations.Length);
        Assert.Equal(80, loaded.UsagePoints.Count);
        Assert.Empty(loaded.UsagePoints.Serial);
        Assert.Equal(0, loaded.Segments.Count);
        Assert.Equal(0, loaded.Transformers.Count);
    }

    [Fact]
    public async Task TheMigrationsAreTheModel()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        await using var context = store.CreateContext();
        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(Ct));
        Assert.Equal(0, await context.AmiReadings.CountAsync(Ct));
    }
}
