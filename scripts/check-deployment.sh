#!/usr/bin/env bash
# Checks the files that deploy the gateway: the examples for Kubernetes against its schemas, the systemd unit's exposure where
# systemd-analyze is installed, and the bill of materials against the schema of CycloneDX.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(scripts/python-clients.sh deployment)/bin
# The operator of Prometheus defines ServiceMonitor; Kubernetes has no schema for it.
for file in examples/kubernetes/*.yaml; do
    [[ $file == */monitoring.yaml ]] || "$python/kubernetes-validate" --strict --quiet "$file"
done
if command -v systemd-analyze >/dev/null; then
    systemd-analyze security --offline=true --threshold=20 packaging/workestra-gateway.service >/dev/null
fi
"$python/python" scripts/sbom.py >/dev/null
echo "the deployment files are valid"
