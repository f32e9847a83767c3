#!/usr/bin/env bash
# Builds a Kubernetes control plane, etcd and kwok from the Go module proxy: build.sh FOLDER VERSION, such as build.sh ~/.cache/strata/kubernetes/v1.36.3 v1.36.3
# Five binaries, half a gigabyte. On two cores with an empty Go cache it takes five to ten minutes, with a full one two.
set -euo pipefail

version=${2:?Kubernetes version}
mkdir -p "$1"
target=$(cd "$1" && pwd)
module=$(mktemp -d)
trap 'rm -rf "$module"' EXIT
cd "$module"

# k8s.io/kubernetes builds from a checkout, where its libraries lie beside it; the proxy has them as modules of version 0.minor.patch.
libraries() {
  local manifest
  manifest=$(go mod download -json "k8s.io/kubernetes@$version" | sed -n 's/^\t"GoMod": "\(.*\)",$/\1/p')
  sed -n 's|^\s*\(k8s\.io/[a-z0-9-]*\) => ./staging/.*$|\1|p' "$manifest"
}

go mod init strata.test/kubernetes
go mod edit -require="k8s.io/kubernetes@$version"
for library in $(libraries); do go mod edit -replace="$library=$library@v0.${version#v1.}"; done

# The binaries' own main packages import this way; only their folder is internal to the checkout's build.
component() {
  mkdir "$1"
  cat > "$1/main.go" <<GO
package main

import (
	"os"

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/$1/app"
)

func main() {
	os.Exit(cli.Run(app.$2()))
}
GO
  go build -mod=mod -o "$target/$1" "./$1"
}

component kube-apiserver NewAPIServerCommand
component kube-scheduler NewSchedulerCommand
component kube-controller-manager NewControllerManagerCommand
go build -mod=mod -o "$target/etcd" go.etcd.io/etcd/server/v3
GOBIN="$target" go install sigs.k8s.io/kwok/cmd/kwok@v0.7.0
