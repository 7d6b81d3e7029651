#!/bin/sh
# Holds verify.html, as a browser runs it, against `vidimus verify`: the same folders, the same outcomes in the same words.
#
#     tests/referees/verify_page.sh [--shots FOLDER]
#
# It needs cargo, node, npm, java and Chromium (CHROMIUM names another than /usr/bin/chromium); what it fetches and makes is below
# target/referees.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/target/referees
for tool in cargo node npm java "${CHROMIUM:-/usr/bin/chromium}"; do
    command -v "$tool" >/dev/null || { echo "verify_page.sh: $tool is not here" >&2; exit 2; }
done
if [ "${1:-}" = --shots ]; then
    mkdir -p "$2"
    set -- --shots "$(cd "$2" && pwd)"
fi

mkdir -p "$work"
cp "$root/tests/referees/package.json" "$work/package.json"
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --silent
(cd "$root" && cargo build --quiet)
rm -f verify.html
"$root/target/debug/vidimus" verify --page verify.html
exec node "$root/tests/referees/verify_page.mjs" "$root/target/debug/vidimus" verify.html "$root" "$@"
