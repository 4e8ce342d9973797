#!/usr/bin/env bash
# Puts `peer` on the PATH of a job: the release tarball of the action's own version, its SHA-256 held against
# checksums.txt beside this script; where no checksum is known, built from the sources the action came with.
#   PEER_ACTION_VERSION      release to use; empty: that of those sources
#   PEER_ACTION_REPOSITORY   owner/name whose releases hold it; empty: where the action comes from
#   PEER_ACTION_DOWNLOADS    where the tarball lies, instead of the release page of the server
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
sources=$(realpath -m "$here/../../..")
own=
[ ! -f "$sources/CMakeLists.txt" ] || own=$(sed -nE 's/^project\(peer VERSION ([0-9.]+).*/\1/p' "$sources/CMakeLists.txt")
version=${PEER_ACTION_VERSION:-$own}
case $version in *[!0-9A-Za-z.-]*) echo "peer: '$version' is no version" >&2; exit 2 ;; esac
name=peer-$version-linux-$(uname -m).tar.gz
into=${RUNNER_TEMP:-$(mktemp -d)}/peer-$version
on_path() { echo "$1" >>"${GITHUB_PATH:-/dev/null}"; echo "peer: $("$1/peer" --version) from $2"; }

checksum=$(awk -v name="$name" '$2 == name {print $1}' "$here/checksums.txt")
if [ -n "$checksum" ]; then
  repository=${PEER_ACTION_REPOSITORY:-}
  # the runner unpacks the action of another repository into _actions/OWNER/NAME/REF/
  [ -n "$repository" ] || repository=$(sed -nE 's#.*/_actions/([^/]+/[^/]+)/.*#\1#p' <<<"$here")
  [ -n "$repository" ] || repository=${GITHUB_REPOSITORY:-}
  from=${PEER_ACTION_DOWNLOADS:-${GITHUB_SERVER_URL:-https://github.com}/$repository/releases/download/v$version}/$name
  mkdir -p "$into"
  curl --fail --silent --show-error --location --retry 3 --max-time 120 --output "$into/$name" "$from"
  echo "$checksum  $into/$name" | sha256sum --check --quiet || { echo "peer: $from does not have the expected SHA-256" >&2; exit 2; }
  tar -xzf "$into/$name" -C "$into" --strip-components=1
  on_path "$into/bin" "$name"
elif [ "$version" != "$own" ]; then
  echo "peer: no checksum of $name is known: the input 'version' can name the releases in checksums.txt, and $own" >&2
  exit 2
elif [ -n "$own" ] && [ -x "$sources/ci/setup" ]; then
  echo "peer: no checksum of $name is known, so it is built from source"
  cd "$sources"
  ci/setup
  cmake --preset release -DPEER_TESTS=OFF >/dev/null
  cmake --build --preset release --target peer
  on_path "$PWD/build/release" "source"
else
  echo "peer: no checksum of $name is known, and there are no sources to build from: check the whole repository of the action" \
    "out (no sparse-checkout), use the action as OWNER/NAME/.github/actions/peer@COMMIT, or add the release to checksums.txt" >&2
  exit 2
fi
