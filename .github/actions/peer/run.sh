#!/usr/bin/env bash
# Turns the action's inputs into one call of peer. Inputs arrive as environment variables and stay words: nothing of
# them is read as shell.
set -euo pipefail
command=${PEER_INPUT_COMMAND:-ci}
case $command in
  ci | audit | review | check-security | fix-all | publish) ;;
  *) echo "peer: the input 'command' is '$command'; there are ci, audit, review, check-security, fix-all, publish" >&2; exit 2 ;;
esac
words=("$command")
add() { [ -z "$2" ] || words+=("--$1" "$2"); }
add base "${PEER_INPUT_BASE:-}"
add fail-on "${PEER_INPUT_FAIL_ON:-}"
add filter "${PEER_INPUT_FILTER:-}"
add config "${PEER_INPUT_CONFIG:-}"
[ "$command" != fix-all ] || add verify-cmd "${PEER_INPUT_VERIFY_CMD:-}"
[ "$command" != ci ] || add report-dir "${PEER_INPUT_REPORT_DIR:-}"
case $command in ci | publish) add publish "${PEER_INPUT_PUBLISH:-}" ;; esac
lines() { while IFS= read -r line; do [ -z "$line" ] || printf '%s\0' "$line"; done <<<"$1"; }
formats=()
while IFS= read -r -d '' format; do formats+=(--format "$format"); done < <(lines "${PEER_INPUT_FORMAT:-}")
[ ${#formats[@]} -eq 0 ] || words+=(--format terminal "${formats[@]}")
while IFS= read -r -d '' word; do words+=("$word"); done < <(lines "${PEER_INPUT_ARGS:-}")
exec peer "${words[@]}"
