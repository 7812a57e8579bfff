# syntax=docker/dockerfile:1
# The collector as an image: built in one stage, run in another as an unprivileged user with its data in /data.
# The base is Debian with glibc: the embedded store's binary needs it.
FROM node:22.23.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npx tsc -p tsconfig.build.json && npx vite build src/console --outDir ../../dist/console && npm prune --omit=dev

FROM node:22.23.2-bookworm-slim
# The size of libuv's pool must be known before Node starts: scans of the embedded store never hold up the spool.
# Fewer malloc arenas and less room for young values keep a large fleet's memory smaller (docs/figures.md).
ENV NODE_ENV=production UV_THREADPOOL_SIZE=8 MALLOC_ARENA_MAX=2 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# for `powerkits grafana install`
COPY grafana/dashboards ./grafana/dashboards
COPY grafana/provisioning ./grafana/provisioning
# `docker compose exec powerkits powerkits report energy`
RUN printf '#!/bin/sh\nexec node /app/dist/main.js "$@"\n' > /usr/local/bin/powerkits && chmod 755 /usr/local/bin/powerkits
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.HTTP_PORT || 8484) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--max-semi-space-size=8", "/app/dist/main.js"]
CMD ["run"]
