#!/usr/bin/env bash
# Makes the Debian package of the gateway: program, schema, configuration, systemd unit, man pages and shell completions.
# Usage: scripts/package.sh [FOLDER]    (default: .build/package)
#
# PROGRAM names a program that is built already; otherwise this script builds it with the commit in its version.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh build package
folder=${1:-.build/package}
program=${PROGRAM:-}
if [[ -z $program ]]; then
    commit=Sources/CVersion/commit.h
    trap 'rm -f "$commit"' EXIT
    printf '#define GATEWAY_COMMIT "%s"\n' "$(git rev-parse --short HEAD 2>/dev/null || true)" >"$commit"
    scripts/build-release.sh workestra-gateway
    program=.build/release/workestra-gateway
fi
version=$(sed -n 's/^#define GATEWAY_VERSION "\(.*\)"/\1/p' Sources/CVersion/version.h)
architecture=$(dpkg --print-architecture)

mkdir -p "$folder"
root=$(mktemp --directory "$folder/root.XXXXXX")
trap 'rm -rf "$root" Sources/CVersion/commit.h' EXIT
chmod 755 "$root"

# Without what debuggers need, but with the names of functions: profiles and reports of crashes show them.
install -D --mode 755 "$program" "$root/usr/bin/workestra-gateway"
strip --strip-debug "$root/usr/bin/workestra-gateway"
install -D --mode 644 --target-directory "$root/usr/share/workestra-gateway/schema" schema/*.graphql
[[ -d explorer/vendor ]] || scripts/fetch-explorer.sh
for part in $(git ls-files explorer) explorer/vendor/*; do
    install -D --mode 644 "$part" "$root/usr/share/workestra-gateway/$part"
done
install -D --mode 644 packaging/gateway.yaml "$root/etc/workestra-gateway/gateway.yaml"
install -D --mode 644 packaging/workestra-gateway.service "$root/lib/systemd/system/workestra-gateway.service"
documents=$root/usr/share/doc/workestra-gateway
install -D --mode 644 --target-directory "$documents" README.md docs/*.md
while read -r file; do
    install -D --mode 644 "examples/$file" "$documents/examples/$file"
done < <(cd examples && find . -type f)
install -D --mode 644 packaging/copyright "$documents/copyright"
gzip --best --no-name --stdout CHANGELOG.md >"$documents/changelog.gz"

# The man pages are made from the program's own help by the tool of swift-argument-parser.
[[ -d .build/checkouts/swift-argument-parser ]] || swift package resolve
manual=(swift build --package-path .build/checkouts/swift-argument-parser --scratch-path .build-manual --product generate-manual)
"${manual[@]}"
pages=$root/usr/share/man/man1
mkdir -p "$pages"
"$("${manual[@]}" --show-bin-path)/generate-manual" "$program" --multi-page -o "$pages"
find "$pages" -name '*.1' -exec gzip --best --no-name {} +

completions=$root/usr/share
mkdir -p "$completions"/{bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d}
"$program" --generate-completion-script bash >"$completions/bash-completion/completions/workestra-gateway"
"$program" --generate-completion-script zsh >"$completions/zsh/vendor-completions/_workestra-gateway"
"$program" --generate-completion-script fish >"$completions/fish/vendor_completions.d/workestra-gateway.fish"

mkdir "$root/DEBIAN"
install --mode 755 packaging/{postinst,prerm} "$root/DEBIAN/"
echo /etc/workestra-gateway/gateway.yaml >"$root/DEBIAN/conffiles"
sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@SIZE@/$(du --summarize --block-size 1K "$root/usr" | cut -f 1)/" \
    packaging/control >"$root/DEBIAN/control"
package=$folder/workestra-gateway_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$root" "$package" >/dev/null
echo "$package"
