using FluxOps.Blazor;
using FluxOps.Blazor.Api;
using FluxOps.Blazor.Configuration;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Logging;
using FluxOps.Blazor.Map;
using FluxOps.Blazor.Map.Basemaps;
using FluxOps.Blazor.Security;
using FluxOps.Blazor.Shell;
using FluxOps.Blazor.Start;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Serving;
using FluxOps.Generator.Simulation;

var builder = WebApplication.CreateBuilder(HostSetup.Options(args));
if (!ConfigurationCheck.IsUsable(builder.Configuration, Console.Error))
    return ExitCodes.BadConfiguration;

builder.AddFluxOpsLogging();
builder.AddStart();
builder.Services.AddHostOptions();
builder.Services.AddServingStore(builder.Configuration);
builder.Services.AddLiveSimulation(builder.Configuration);
builder.Services.AddShell();
builder.Services.AddMap();
builder.AddLiveGrid();
builder.AddBasemaps();
builder.AddTopology();
builder.AddPages();
builder.AddFluxOpsApi();
builder.AddSecurity();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseRequestLog();
app.UseFailurePage();
app.UseStartGate();
app.UseOriginCheck();
app.UsePagesForFaults();
app.UseSecurity();
app.MapStartEvents();
app.MapSignIn();
app.MapPages();
app.MapLiveHub();
app.MapBasemaps();
app.MapTopologyFiles();
app.MapFluxOpsApi();
return await app.RunToEndAsync();
