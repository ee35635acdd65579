using System.Security.Claims;
using FluxOps.Blazor.Security;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Host;

public sealed class PeopleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAdministratorAddsSomeoneWhoSignsInByLink()
    {
        await using var app = await HostApp.StartAsync();
        var people = app.Services.GetRequiredService<People>();
        var admin = await PrincipalAsync(app, "admin");

        var link = await people.AddAsync(admin, "olga", "Olga O.", Roles.Operator, Stop);
        using var browser = app.Browser();
        using var signedIn = await browser.GetAsync(link.Path, Stop);

        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
        var olga = Assert.Single(await people.ListAsync(admin, Stop), p => p.UserName == "olga");
        Assert.Equal((Roles.Operator, true, false), (olga.Role, olga.Enabled, olga.HasPassword));
        Assert.Contains(("admin", "person add", "olga"), Audit(app));
        Assert.Contains(("olga", "sign-in", "link"), Audit(app));
    }

    [Theory]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Viewer)]
    public async Task NobodyElseMayAndTheTryIsWrittenDown(string role)
    {
        await using var app = await HostApp.StartAsync();
        var people = app.Services.GetRequiredService<People>();
        await people.AddAsync(await PrincipalAsync(app, "admin"), "someone", null, role, Stop);
        var someone = await PrincipalAsync(app, "someone");
        var id = (await people.ListAsync(await PrincipalAsync(app, "admin"), Stop)).Single(p => p.UserName == "someone").Id;

        await Assert.ThrowsAsync<NotAllowedException>(() => people.ListAsync(someone, Stop));
        await Assert.ThrowsAsync<NotAllowedException>(() => people.AddAsync(someone, "friend", null, Roles.Admin, Stop));
        await Assert.ThrowsAsync<NotAllowedException>(() => people.SetRoleAsync(someone, id, Roles.Admin, Stop));
        await Assert.ThrowsAsync<NotAllowedException>(() => people.SetEnabledAsync(someone, id, true, Stop));
        await Assert.ThrowsAsync<NotAllowedException>(() => people.NewLinkAsync(someone, id, Stop));
        Assert.Contains(("someone", "refused: role set", $"{id}"), Audit(app));
    }

    [Fact]
    public async Task AnAdministratorOfYesterdayIsNotOne()
    {
        await using var app = await HostApp.StartAsync();
        var people = app.Services.GetRequiredService<People>();
        var admin = await PrincipalAsync(app, "admin");
        await people.AddAsync(admin, "second", null, Roles.Admin, Stop);
        var second = await PrincipalAsync(app, "second"); // the cookie still says admin
        var id = (await people.ListAsync(admin, Stop)).Single(p => p.UserName == "second").Id;

        await people.SetRoleAsync(admin, id, Roles.Viewer, Stop);

        await Assert.ThrowsAsync<NotAllowedException>(() => people.ListAsync(second, Stop));
    }

    [Fact]
    public async Task ADisabledAccountHasNoWayIn()
    {
        await using var app = await HostApp.StartAsync();
        var people = app.Services.GetRequiredService<People>();
        var admin = await PrincipalAsync(app, "admin");
        var link = await people.AddAsync(admin, "leaver", null, Roles.Viewer, Stop);
        var id = (await people.ListAsync(admin, Stop)).Single(p => p.UserName == "leaver").Id;

        await people.SetEnabledAsync(admin, id, false, Stop);
        using var browser = app.Browser();
        using var answer = await browser.GetAsync(link.Path, Stop);

        Assert.Equal("/signin?used=1", answer.Headers.Location?.OriginalString);
        await Assert.ThrowsAsync<PeopleException>(() => people.NewLinkAsync(admin, id, Stop));
        await people.SetEnabledAsync(admin, id, true, Stop);
        Assert.NotNull(await people.NewLinkAsync(admin, id, Stop));
    }

    [Fact]
    public async Task TheLastAdministratorStays()
    {
        await using var app = await HostApp.StartAsync();
        var people = app.Services.GetRequiredService<People>();
        var admin = await PrincipalAsync(app, "admin");
        var id = (await people.ListAsync(admin, Stop)).Single().Id;

        await Assert.ThrowsAsync<PeopleException>(() => people.SetRoleAsync(admin, id, Roles.Viewer, Stop));
        await Assert.ThrowsAsync<PeopleException>(() => people.SetEnabledAsync(admin, id, false, Stop));
    }

    [Fact]
    public async Task ASessionByLinkIsTheSessionThatIdentityWouldMake()
    {
        await using var app = await HostApp.StartAsync();
        var expected = await PrincipalAsync(app, "admin");

        var made = await app.Services.GetRequiredService<Accounts>().PrincipalAsync(int.Parse(expected.FindFirstValue(ClaimTypes.NameIdentifier)!), Stop);

        Assert.Equal(expected.Claims.Select(c => (c.Type, c.Value)).Order(), made!.Claims.Select(c => (c.Type, c.Value)).Order());
        Assert.Equal(expected.Identity!.AuthenticationType, made.Identity!.AuthenticationType);
        Assert.True(made.IsInRole(Roles.Admin));
    }

    private static async Task<ClaimsPrincipal> PrincipalAsync(HostApp app, string userName)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<FluxOpsUser>>().FindByNameAsync(userName);
        return await scope.ServiceProvider.GetRequiredService<SignInManager<FluxOpsUser>>().CreateUserPrincipalAsync(user!);
    }

    private static List<(string User, string Action, string Target)> Audit(HostApp app)
    {
        using var scope = app.Services.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<FluxOpsContext>().AuditLog.AsEnumerable().Select(a => (a.UserName, a.Action, a.Target))];
    }
}
