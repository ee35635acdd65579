using System.Security.Claims;
using FluxOps.Blazor.Security;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FluxOps.Tests.Host;

/// <summary>What someone has open ends with the account, by the change feed and not by a clock.</summary>
public sealed class PeopleChangesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnOpenPageIsNobodysOnceItsAccountIsDisabledOrHasAnotherRole(bool disable)
    {
        await using var app = await HostApp.StartAsync();
        var people = app.Services.GetRequiredService<People>();
        var (admin, _) = await PrincipalAsync(app, "admin");
        await people.AddAsync(admin, "leaver", null, Roles.Operator, Stop);
        var (leaver, id) = await PrincipalAsync(app, "leaver");
        await using var page = app.Services.CreateAsyncScope();
        await using var other = app.Services.CreateAsyncScope();
        var ended = Open(page, leaver);
        var stays = Open(other, admin);

        if (disable) await people.SetEnabledAsync(admin, id, false, Stop);
        else await people.SetRoleAsync(admin, id, Roles.Viewer, Stop);

        await ended.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.False(stays.IsCompleted);
    }

    [Fact]
    public async Task ACookieOlderThanItsAccountOpensNothingThatStays()
    {
        await using var app = await HostApp.StartAsync();
        var (admin, id) = await PrincipalAsync(app, "admin");
        await NewStampAsync(app, id);
        await using var page = app.Services.CreateAsyncScope();

        await Open(page, admin).WaitAsync(TimeSpan.FromSeconds(20), Stop);
    }

    [Fact]
    public async Task WhatTheFeedCouldNotSayIsAskedOnceItIsBack()
    {
        await using var app = await HostApp.StartAsync();
        var changes = app.Services.GetRequiredService<PeopleChanges>();
        var (admin, id) = await PrincipalAsync(app, "admin");
        var ended = new TaskCompletionSource();
        using var watch = changes.Subscribe(admin, ended.SetResult);
        await NewStampAsync(app, id);

        changes.TellEveryone();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        changes.Tell(id); // ended once: SetResult would throw
    }

    /// <summary>Opens a circuit for someone; the task ends when it is nobody's.</summary>
    private static Task Open(AsyncServiceScope scope, ClaimsPrincipal user)
    {
        var circuit = (ServerAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        circuit.AuthenticationStateChanged += async state =>
        {
            if ((await state).User.Identity?.IsAuthenticated != true) ended.TrySetResult();
        };
        return ended.Task;
    }

    /// <summary>As a change whose notification nobody heard.</summary>
    private static async Task NewStampAsync(HostApp app, int id)
    {
        await using var command = app.Services.GetRequiredService<ServingStore>().DataSource.CreateCommand("update users set security_stamp = 'another' where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<(ClaimsPrincipal Principal, int Id)> PrincipalAsync(HostApp app, string userName)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<FluxOpsUser>>().FindByNameAsync(userName);
        return (await scope.ServiceProvider.GetRequiredService<SignInManager<FluxOpsUser>>().CreateUserPrincipalAsync(user!), user!.Id);
    }
}
