# The gateway as an image: built with a Swift toolchain, run without one, as a user without rights. No shell is needed to run it.
#
#   docker build --build-arg COMMIT="$(git rev-parse --short HEAD)" -t workestra-gateway .
#   docker run -p 8080:8080 -v "$PWD/gateway.yaml:/etc/workestra-gateway/gateway.yaml:ro" workestra-gateway
ARG BUILD_IMAGE=docker.io/library/swift:6.3-bookworm
ARG RUN_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /source
COPY . .
# What `--version` shows beside the number; the repository itself is not in the build's context.
ARG COMMIT=
RUN if [ -n "$COMMIT" ]; then echo "#define GATEWAY_COMMIT \"$COMMIT\"" >Sources/CVersion/commit.h; fi
RUN scripts/install-dependencies.sh build package \
    && scripts/build-release.sh workestra-gateway \
    && strip --strip-debug -o /workestra-gateway .build/release/workestra-gateway

FROM ${RUN_IMAGE}
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libcurl4 libssl3 zlib1g libyaml-0-2 libstdc++6 ca-certificates \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /workestra-gateway /usr/bin/workestra-gateway
COPY schema /usr/share/workestra-gateway/schema
# The cockpit; and the explorer, if scripts/fetch-explorer.sh has completed the folder.
COPY explorer /usr/share/workestra-gateway/explorer
COPY packaging/gateway.yaml /etc/workestra-gateway/gateway.yaml
# A number, so that Kubernetes can see that it is not root.
USER 65532:65532
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/workestra-gateway"]
CMD ["serve", "--config", "/etc/workestra-gateway/gateway.yaml", "--listen", "0.0.0.0:8080"]
