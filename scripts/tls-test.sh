#!/usr/bin/env bash
# Has outside programs speak TLS and HTTP/2 with a gateway: sslscan, curl, h2load and testssl.sh.
# Usage: scripts/tls-test.sh
#
# PROGRAM names the program (default: the release build).
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh tls-test
program=${PROGRAM:-.build/release/workestra-gateway}
folder=$(mktemp --directory)
process=
trap '[[ -n $process ]] && kill "$process" 2>/dev/null; wait; rm -rf "$folder"' EXIT

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>/dev/null
"$program" serve --schema schema/ --upstream http://127.0.0.1:9/api/v1 --tls-listen 127.0.0.1:0 \
    --tls-certificate "$folder/certificate.pem" --tls-key "$folder/key.pem" >"$folder/output" 2>"$folder/log" &
process=$!
for _ in {1..600}; do
    [[ -s $folder/output ]] && break
    kill -0 "$process"
    sleep 0.1
done
port=$(grep --only-matching --max-count 1 '[0-9]*$' "$folder/output")

fail() {
    echo "error: $*" >&2
    exit 1
}

echo "== sslscan"
sslscan --no-colour "127.0.0.1:$port" >"$folder/sslscan"
for version in SSLv2 SSLv3 TLSv1.0 TLSv1.1; do
    grep --quiet --extended-regexp "^$version +disabled" "$folder/sslscan" || fail "$version is not refused"
done
for version in TLSv1.2 TLSv1.3; do
    grep --quiet --extended-regexp "^$version +enabled" "$folder/sslscan" || fail "$version is not spoken"
done
if grep --extended-regexp '(vulnerable|Insecure|Compression enabled)' "$folder/sslscan" | grep --invert-match 'not vulnerable'; then
    fail "sslscan finds a weakness"
fi
if grep --extended-regexp '^(Accepted|Preferred).*(RC4|3DES|NULL|EXPORT|MD5|anon)' "$folder/sslscan"; then
    fail "a weak cipher is accepted"
fi

echo "== curl"
for version in http1.1 http2; do
    spoken=$(curl --silent --show-error --fail --cacert "$folder/certificate.pem" "--$version" --output /dev/null \
        --write-out '%{http_version}' "https://localhost:$port/health/ready")
    echo "HTTP/$spoken"
    [[ $version == "http$spoken" ]] || fail "curl --$version got HTTP/$spoken"
done

echo "== h2load"
printf '{"query":"{ __typename }"}' >"$folder/body"
h2load --requests 2000 --clients 10 --max-concurrent-streams 20 --data "$folder/body" \
    --header 'content-type: application/json' "https://127.0.0.1:$port/graphql" >"$folder/h2load"
grep --extended-regexp '^(requests|status codes|finished)' "$folder/h2load"
grep --quiet '2000 succeeded, 0 failed, 0 errored' "$folder/h2load" || fail "requests of h2load failed"

echo "== testssl.sh"
testssl --quiet --color 0 --warnings off --protocols --server-defaults --vulnerable "127.0.0.1:$port" >"$folder/testssl" || true
grep --quiet 'LUCKY13' "$folder/testssl" || fail "testssl.sh does not get to its end: $(tail -n 5 "$folder/testssl")"
# A certificate that nobody else has signed is what this test made: what it is not trusted for counts no more.
if grep --extended-regexp 'VULNERABLE|offered \(NOT ok\)|not offered \(NOT ok\)' "$folder/testssl" | grep --invert-match 'not vulnerable'; then
    fail "testssl.sh finds a weakness"
fi
grep --extended-regexp '^ (SSLv2|SSLv3|TLS 1|ALPN|Heartbleed|ROBOT|CRIME|BREACH|SWEET32|LUCKY13)' "$folder/testssl"
echo "the outside programs find nothing wrong"
