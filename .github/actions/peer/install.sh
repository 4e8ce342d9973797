#!/usr/bin/env bash
# Puts `peer` on the PATH of a job: the release tarball of the action's own version, its SHA-256 held against
# checksums.txt beside this script; where no checksum is known, built from the sources the action came with.
#   PEER_ACTION_VERSION      release to use; empty: what version.txt says
#   PEER_ACTION_REPOSITORY   owner/name whose releases hold it
#   PEER_ACTION_DOWNLOADS    where the tarball lies, instead of the release page of the server
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=${PEER_ACTION_VERSION:-}
[ -n "$version" ] || version=$(sed -nE 's/^project\(peer VERSION ([0-9.]+).*/\1/p' "$here/../../../CMakeLists.txt")
case $version in *[!0-9A-Za-z.-]* | "") echo "peer: '$version' is no version" >&2; exit 2 ;; esac
name=peer-$version-linux-$(uname -m).tar.gz
into=${RUNNER_TEMP:-$(mktemp -d)}/peer-$version
on_path() { echo "$1" >>"${GITHUB_PATH:-/dev/null}"; echo "peer: $("$1/peer" --version) from $2"; }

checksum=$(awk -v name="$name" '$2 == name {print $1}' "$here/checksums.txt")
if [ -n "$checksum" ]; then
  from=${PEER_ACTION_DOWNLOADS:-${GITHUB_SERVER_URL:-https://github.com}/${PEER_ACTION_REPOSITORY:-}/releases/download/v$version}/$name
  mkdir -p "$into"
  curl --fail --silent --show-error --location --retry 3 --max-time 120 --output "$into/$name" "$from"
  echo "$checksum  $into/$name" | sha256sum --check --quiet || { echo "peer: $from does not have the expected SHA-256" >&2; exit 2; }
  tar -xzf "$into/$name" -C "$into" --strip-components=1
  on_path "$into/bin" "$name"
else
  echo "peer: no checksum of $name is known, so it is built from source"
  cd "$here/../../.."
  ci/setup
  cmake --preset release -DPEER_TESTS=OFF >/dev/null
  cmake --build --preset release --target peer
  on_path "$PWD/build/release" "source"
fi
