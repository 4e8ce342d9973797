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
# goes_with INPUT COMMANDS: what the command would not heed is a mistake
goes_with() {
  case " $2 " in *" $command "*) return ;; esac
  echo "peer: the input '$1' goes with the commands ${2// /, }, and this is $command" >&2
  exit 2
}
# add FLAG VALUE [COMMANDS]: an input that was given
add() {
  [ -n "$2" ] || return 0
  goes_with "$1" "${3:-$command}"
  words+=("--$1" "$2")
}
asking="ci review fix-all"
add base "${PEER_INPUT_BASE:-}"
add fail-on "${PEER_INPUT_FAIL_ON:-}"
add filter "${PEER_INPUT_FILTER:-}"
add config "${PEER_INPUT_CONFIG:-}"
add verify-cmd "${PEER_INPUT_VERIFY_CMD:-}" "fix-all"
add publish "${PEER_INPUT_PUBLISH:-}" "ci publish audit"
add max-cost "${PEER_INPUT_MAX_COST:-}" "$asking"
add max-calls "${PEER_INPUT_MAX_CALLS:-}" "$asking"
case ${PEER_INPUT_AI:-} in
  "" | false) ;;
  true) goes_with ai "$asking"; words+=(--ai) ;;
  *) echo "peer: the input 'ai' is true or false" >&2; exit 2 ;;
esac
# settings that are no flags; what the job itself sets stays where the input says nothing
[ -z "${PEER_INPUT_MODE:-}" ] || export PEER_MODE=$PEER_INPUT_MODE
[ -z "${PEER_INPUT_MODELS:-}" ] || export PEER_LLM_MODELS=$PEER_INPUT_MODELS
# the overview of many audits knows neither SARIF nor annotations
many=
case $'\n'"${PEER_INPUT_ARGS:-}" in *$'\n--repos'*) many=1 ;; esac
lines() { while IFS= read -r line; do [ -z "$line" ] || printf '%s\0' "$line"; done <<<"$1"; }
formats=()
while IFS= read -r -d '' format; do formats+=("$format"); done < <(lines "${PEER_INPUT_FORMAT:-}")
[ -z "${PEER_INPUT_SARIF_FILE:-}" ] || formats+=("sarif=$PEER_INPUT_SARIF_FILE")
# ci writes the folder of reports itself; the others are told file by file, unless the inputs name another one
folder=${PEER_INPUT_REPORT_DIR:-}
report() { case $'\n'"$(printf '%s\n' "${formats[@]}")" in *$'\n'"${1%%=*}="*) ;; *) formats+=("$1") ;; esac; }
case $command in
  ci) add report-dir "$folder" ;;
  publish) ;;
  *)
    if [ -n "$folder" ]; then
      mkdir -p "$folder"
      report "json=$folder/report.json"
      report "html=$folder/report.html"
      [ -n "$many" ] || report "sarif=$folder/peer.sarif"
    fi
    ;;
esac
# the log gets annotations, and the report in a form in which the runner reads no commands; ci does that by itself
log=github-log
[ -z "$many" ] || log=terminal
for format in "${formats[@]}"; do case $format in *=*) ;; *) log= ;; esac; done
case $'\n'"${PEER_INPUT_ARGS:-}" in *$'\n--format'* | *$'\n-f'*) log= ;; esac
case $command in ci | publish) ;; *) [ -z "$log" ] || words+=(--format "$log") ;; esac
for format in "${formats[@]}"; do words+=(--format "$format"); done
while IFS= read -r -d '' word; do words+=("$word"); done < <(lines "${PEER_INPUT_ARGS:-}")
exec peer "${words[@]}"
