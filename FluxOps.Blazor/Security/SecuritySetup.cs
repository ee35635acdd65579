using FluxOps.Blazor.Configuration;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FluxOps.Blazor.Security;

public static class SecuritySetup
{
    /// <summary>Accounts, cookies, roles; everything needs a signed-in user unless it says otherwise.</summary>
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<FluxOpsUser>(ConfigureIdentity).AddRoles<IdentityRole<int>>().AddEntityFrameworkStores<FluxOpsContext>().AddSignInManager();
        services.AddOptions<IdentityOptions>().Configure<IOptions<SignInSettings>>((o, s) => o.Lockout.MaxFailedAccessAttempts = s.Value.WrongPasswords);
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme);
        services.AddOptions<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<SignInSettings>, IOptions<SiteOptions>>(SessionCookie.Configure);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "fluxops.form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true; // frame-ancestors 'none' says it, and more strictly
        });
        services.AddSignInLimit();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        services.AddSingleton<AuditLog>().AddSingleton<OneTimeLinks>().AddSingleton<Accounts>().AddSingleton<People>().AddSingleton<PeopleChanges>().AddSingleton<SignInWarmUp>().AddScoped<PasswordSignIn>();
        services.AddHostedService(s => s.GetRequiredService<PeopleChanges>());
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            o.KnownIPNetworks.Clear(); // the option that turns this on says that a proxy stands before us, and nothing else can reach us
            o.KnownProxies.Clear();
        });
        AddKeys(services); // last: all of the above, and pages, bring the framework's own start of the keys with them
    }

    /// <summary>First in the pipeline: whatever answers, its headers are there.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.BehindHttpsProxy)
            app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static void ConfigureIdentity(IdentityOptions o)
    {
        o.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@";
        o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        // Length is what counts (NIST SP 800-63B 3.1.1.2); rules about characters make passwords worse.
        o.Password.RequiredLength = 12;
        o.Password.RequiredUniqueChars = 5;
        o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
    }

    private static void AddKeys(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("FluxOps");
        services.AddOptions<KeyManagementOptions>().Configure<ServingStore>((o, store) => o.XmlRepository = new PostgresKeyRepository(store));
        // The framework's own hosted service reads the keys before the host listens, when there is no store yet; Accounts reads them later.
        foreach (var early in services.Where(d => d.ServiceType == typeof(IHostedService) && d.ImplementationType?.Name == "DataProtectionHostedService").ToList())
            services.Remove(early);
    }
}
