using FluxOps.Blazor;
using FluxOps.Blazor.Configuration;
using FluxOps.Blazor.Logging;
using FluxOps.Blazor.Security;
using FluxOps.Blazor.Shell;
using FluxOps.Blazor.Start;
using FluxOps.Data.Serving;

var builder = WebApplication.CreateBuilder(HostSetup.Options(args));
if (!ConfigurationCheck.IsUsable(builder.Configuration, Console.Error))
    return ExitCodes.BadConfiguration;

builder.AddFluxOpsLogging();
builder.AddStart();
builder.Services.AddHostOptions();
builder.Services.AddServingStore(builder.Configuration);
builder.Services.AddShell();
builder.AddPages();
builder.AddSecurity();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseRequestLog();
app.UseFailurePage();
app.UseStartGate();
app.UseNotFoundPage();
app.UseSecurity();
app.MapStartEvents();
app.MapSignIn();
app.MapPages();
return await app.RunToEndAsync();
