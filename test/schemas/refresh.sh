#!/usr/bin/env bash
# Writes kubernetes-MINOR.json from the OpenAPI v3 documents that the API server behind KUBECONFIG serves.
# KUBECTL names another kubectl than the one on the PATH. Needs node and no package.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
fetched=$(mktemp -d)
trap 'rm -rf "$fetched"' EXIT

# A server's documents repeat what they share, so a kind that is added to prune.mjs may need its group here too.
for path in version openapi/v3/api/v1 openapi/v3/apis/{apps/v1,autoscaling/v2,policy/v1}; do
  "${KUBECTL:-kubectl}" get --raw "/$path" >"$fetched/${path//\//-}.json"
done
node "$here/prune.mjs" "$here" "$fetched/version.json" "$fetched"/openapi-*.json
