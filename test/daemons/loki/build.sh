#!/usr/bin/env bash
# Builds Loki from the Go module proxy: build.sh FOLDER VERSION, such as build.sh ~/.cache/strata/loki/v3.7.8 v3.7.8
# One binary of 150 MB. On two cores with an empty Go cache it takes five minutes, with a full one half a minute.
set -euo pipefail

version=${2:?Loki version}
mkdir -p "$1"
target=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Built as its own main module, not as a dependency of one of ours: then the versions are those that Loki's go.sum pins, forks included.
(cd "$work" && go mod init strata.test/loki >/dev/null 2>&1)
source=$(cd "$work" && go mod download -json "github.com/grafana/loki/v3@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
cp -r "$source" "$work/loki"
chmod -R u+w "$work/loki"
cd "$work/loki"

# Modules beside Loki's in its checkout are not part of what the proxy hands out; the proxy has them under their own names.
sed -n 's|^\s*\(replace \)\?\(github\.com/grafana/loki/[^ ]*\) => \./.*$|\2|p' go.mod | while read -r module; do
  go mod edit -dropreplace="$module"
done

CGO_ENABLED=0 go build -mod=mod -trimpath -ldflags '-s -w' -o "$target/loki.part" ./cmd/loki
mv "$target/loki.part" "$target/loki"
