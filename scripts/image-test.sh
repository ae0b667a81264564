#!/usr/bin/env bash
# Builds the image of the Dockerfile without a registry, on a minimal Debian 12 that debootstrap makes, and runs it. Root only.
# Usage: scripts/image-test.sh
#
# PROGRAM names a program that is built already; otherwise it is built as the Dockerfile says, which takes minutes.
# MACHINE_FOLDER is where the base is made (default: a temporary folder, removed at the end); IMAGE_BIND names more files and
# folders to bind into the build, such as a mirror of the Swift packages.
set -euo pipefail
cd "$(dirname "$0")/.."

((EUID == 0)) || { echo "error: run as root" >&2; exit 1; }
scripts/install-dependencies.sh image-test
toolchain=$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")")
storage=$(mktemp --directory)
root=${MACHINE_FOLDER:-}
buildah=(buildah --storage-driver vfs --root "$storage/root" --runroot "$storage/run")
container=
finish() {
    [[ -z $container ]] || "${buildah[@]}" rm "$container" >/dev/null || true
    "${buildah[@]}" unmount --all >/dev/null || true
    rm -rf --one-file-system "$storage"
    [[ -n ${MACHINE_FOLDER:-} ]] || rm -rf --one-file-system "$root"
}
trap finish EXIT
if [[ -z $root ]]; then
    root=$(mktemp --directory)
    # Users without rights look below it, too.
    chmod 755 "$root"
fi
[[ -e $root/etc/debian_version ]] || debootstrap --variant=minbase bookworm "$root" >/dev/null

# The same base stands in for both images; the toolchain is bound into the build.
base=$("${buildah[@]}" from scratch)
tar --create --one-file-system --exclude=./proc/* --exclude=./dev/* --directory "$root" . >"$storage/base.tar"
"${buildah[@]}" add --quiet "$base" "$storage/base.tar" / >/dev/null
rm "$storage/base.tar"
"${buildah[@]}" config --env "PATH=$toolchain/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$base"
"${buildah[@]}" commit --quiet "$base" localhost/base >/dev/null
"${buildah[@]}" rm "$base" >/dev/null

# The Dockerfile without its first stage, if there is nothing to build.
file=Dockerfile
if [[ -n ${PROGRAM:-} ]]; then
    file=$storage/Dockerfile
    sed '/^FROM ${BUILD_IMAGE}/,/^FROM ${RUN_IMAGE}/ { /^FROM ${RUN_IMAGE}/!d }
        s|^COPY --from=build .* /usr/bin/|COPY --from=localhost/program /workestra-gateway /usr/bin/|' Dockerfile >"$file"
    program=$("${buildah[@]}" from scratch)
    strip -o "$storage/workestra-gateway" "$PROGRAM"
    "${buildah[@]}" add --quiet "$program" "$storage/workestra-gateway" /workestra-gateway >/dev/null
    "${buildah[@]}" commit --quiet "$program" localhost/program >/dev/null
    "${buildah[@]}" rm "$program" >/dev/null
fi

binds=(--volume "$toolchain:$toolchain:ro")
for path in ${IMAGE_BIND:-} /etc/apt/apt.conf.d; do binds+=(--volume "$path:$path:ro"); done
"${buildah[@]}" bud --isolation chroot --pull-never "${binds[@]}" \
    --build-arg COMMIT=test --build-arg BUILD_IMAGE=localhost/base --build-arg RUN_IMAGE=localhost/base --tag localhost/workestra-gateway \
    --file "$file" .

container=$("${buildah[@]}" from --pull-never localhost/workestra-gateway)
[[ $("${buildah[@]}" inspect --format '{{.OCIv1.Config.User}}' "$container") == 65532:65532 ]]
version=$("${buildah[@]}" run --isolation chroot "$container" -- /usr/bin/workestra-gateway --version)
echo "$version"
[[ -n ${PROGRAM:-} || $version == *'(test)' ]] || { echo "error: --version does not show the commit" >&2; exit 1; }
coproc gateway {
    exec "${buildah[@]}" run --isolation chroot "$container" -- /usr/bin/workestra-gateway serve \
        --config /etc/workestra-gateway/gateway.yaml --listen 127.0.0.1:0
}
read -r -t 60 line <&"${gateway[0]}"
echo "$line"
curl --fail --silent --show-error "http://127.0.0.1:${line##*:}/health/ready"
echo
# buildah passes no signal on: the gateway is the last of the processes below it.
process=$gateway_PID
while child=$(pgrep --parent "$process" | head -n 1) && [[ -n $child ]]; do process=$child; done
pid=$gateway_PID
kill -TERM "$process"
wait "$pid"
echo "the image works"
