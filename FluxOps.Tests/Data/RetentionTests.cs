using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static FluxOps.Tests.Data.Batches;

namespace FluxOps.Tests.Data;

public class RetentionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WholeDaysLeaveAndALateReadingMakesItsDayAgain()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new ReadingWriter(store);
        for (var day = 0; day < 6; day++)
            await writer.WriteAsync(Readings(Noon + (86_400 * day), 0, 4), Ct);
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(Noon + (86_400 * 5)));
        var retention = new Retention(store, Options.Create(new ServingOptions { HotDays = 3 }), time, NullLogger<Retention>.Instance);

        Assert.Equal(2, await retention.ApplyAsync(Ct));
        Assert.Equal(0, await retention.ApplyAsync(Ct));
        await using var db = store.CreateContext();
        Assert.Equal(16, await db.AmiReadings.CountAsync(Ct));
        Assert.Equal(4, await db.AmiCompleteness.CountAsync(Ct));

        Assert.Equal(4, (await writer.WriteAsync(Readings(Noon, 0, 4), Ct)).Inserted);
    }
}
