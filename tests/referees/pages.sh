#!/bin/sh
# Judges report pages with referees that are not ours: Chromium, axe-core and the Nu Html Checker. Any complaint fails.
#
#     tests/referees/pages.sh [--shots FOLDER] [--site] [PAGE.html...]
#
# Without pages it makes them from the cases under snapshots/cases and from tests/referees/hostile.html. It needs cargo, node,
# npm, java and Chromium (CHROMIUM names another than /usr/bin/chromium); what it fetches and makes is below target/referees.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/target/referees
for tool in node npm java "${CHROMIUM:-/usr/bin/chromium}"; do
    command -v "$tool" >/dev/null || { echo "pages.sh: $tool is not here" >&2; exit 2; }
done

mkdir -p "$work"
cp "$root/tests/referees/package.json" "$work/package.json"
(cd "$work" && npm install --no-audit --no-fund --ignore-scripts --silent)

shots=
if [ "${1:-}" = --shots ]; then
    mkdir -p "$2"
    shots=$(cd "$2" && pwd)
    shift 2
fi

site=
if [ "${1:-}" = --site ]; then
    site=--site
    shift
fi

# Where the program finds something it ends with 1; only trouble is in the way of judging the page.
page() {
    mkdir -p "$work/pages/$1"
    status=0
    "$root/target/debug/vidimus" check "$2" --original "$3" --format html >"$work/pages/$1/report.html" || status=$?
    [ "$status" -le 1 ] || exit 2
}

if [ $# -eq 0 ]; then
    (cd "$root" && cargo build --quiet)
    for case in "$root"/snapshots/cases/*/; do
        copy=$(find "$case" -name 'copy.*' | head -n 1)
        original=$(find "$case" -name 'original.*' | head -n 1)
        page "$(basename "$case")" "$copy" "$original"
    done
    page hostile "$root/tests/referees/hostile.html" "$root/tests/referees/plain.html"
    page same "$root/tests/referees/plain.html" "$root/tests/referees/plain.html"
    page unrelated "$root/tests/referees/hostile.html" "$root/snapshots/cases/syria-joint-statement/original.html"
    # A real browser makes the page a PDF; what it is made of stands in the way of reading it here.
    "$root/target/debug/vidimus" check "$root/tests/referees/plain.html" --original "$root/tests/referees/plain.html" \
        --format pdf >"$work/pages/report.pdf"
    [ "$(head -c 5 "$work/pages/report.pdf")" = "%PDF-" ] || { echo "pages.sh: no PDF was made" >&2; exit 1; }
    set -- "$work"/pages/*/report.html
else
    # The referees run elsewhere: names have to be whole.
    for name; do
        shift
        set -- "$@" "$(cd "$(dirname "$name")" && pwd)/$(basename "$name")"
    done
fi

cd "$work"
if [ -n "$site" ]; then
    set -- --site "$@"
fi
if [ -n "$shots" ]; then
    set -- --shots "$shots" "$@"
fi
exec node "$root/tests/referees/pages.mjs" "$@"
