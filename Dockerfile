# Two images for those who deploy what apiroutes builds. examples/hello/Dockerfile uses them, docs/docker.md explains them.
#   docker build --target builder -t apiroutes:builder .
#   docker build --target runtime -t apiroutes:runtime .
ARG NODE_IMAGE=node:24-trixie-slim

# Manifests first: a change of the sources downloads nothing again. In the end what only compiling needs is gone, and so is what has a date, and source maps of packages.
FROM ${NODE_IMAGE} AS compiled
ENV CI=true
WORKDIR /opt/apiroutes
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/runtime/package.json packages/runtime/
COPY packages/compiler/package.json packages/compiler/
RUN npx -y pnpm@10.34.9 install --frozen-lockfile --filter apiroutes-workspace --filter 'apiroutes...'
COPY tsconfig.base.json ./
COPY packages packages
RUN npm run build \
 && rm -rf node_modules packages/*/node_modules packages/*/src packages/*/tsconfig.json packages/*/dist/.tsbuildinfo \
 && npx -y pnpm@10.34.9 install --frozen-lockfile --offline --prod --filter 'apiroutes...' \
 && rm node_modules/.modules.yaml node_modules/.pnpm-workspace-state-v1.json \
 && find node_modules/.pnpm -name '*.map' -type f -delete

FROM ${NODE_IMAGE} AS builder
LABEL org.opencontainers.image.title="apiroutes builder" \
      org.opencontainers.image.description="Node.js, npm and the apiroutes compiler: builds a pages/api folder into dist/" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
# Two layers: the one with all the bytes changes with the lock file only.
COPY --from=compiled /opt/apiroutes/node_modules /opt/apiroutes/node_modules
COPY --from=compiled /opt/apiroutes/packages /opt/apiroutes/packages
RUN ln -s /opt/apiroutes/packages/compiler/bin/apiroutes.js /usr/local/bin/apiroutes
WORKDIR /usr/src/app
ENTRYPOINT []
CMD ["apiroutes", "--help"]

# Has no RUN, so it can be made for another architecture without emulation, and on a base without a shell.
FROM ${NODE_IMAGE} AS runtime
LABEL org.opencontainers.image.title="apiroutes runtime" \
      org.opencontainers.image.description="Runs the server.js of an apiroutes build as a user without rights" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
WORKDIR /app
# The user `node` of the base, as a number: Kubernetes' runAsNonRoot accepts no name.
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 CMD ["node", "server.js", "--healthcheck"]
# Without the base's entrypoint node is process 1 from the start.
ENTRYPOINT []
CMD ["node", "server.js"]
