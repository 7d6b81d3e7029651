#!/usr/bin/env bash
# What `vidimus capture` writes, judged by the programs of other people: warcio, FastWARC, cdxj-indexer, wacz and pywb.
#
# Takes the folder of their Python environment and the program to be judged. Everything they are given comes from a server on
# loopback that this script starts and ends. Each has to accept what was written and to refuse it with one byte of a page changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python=$PWD/$1/bin
vidimus=$PWD/$2
referees=$PWD/tests/referees
work=$(mktemp -d)
server=
replay=

clean_up() {
    for process in $server $replay; do
        kill "$process" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT
cd "$work"

fail() {
    printf 'archives: %s\n' "$*" >&2
    exit 1
}

# Runs a command that has to fail.
refuses() {
    local name=$1
    shift
    if "$@" >"$name.log" 2>&1; then
        cat "$name.log"
        fail "$name accepts an archive in which a page was changed"
    fi
    grep -qi -e digest -e hash -e fail "$name.log" || fail "$name fails for another reason: $(cat "$name.log")"
    printf '%s refuses the changed page\n' "$name"
}

"$python/python" "$referees/archives_server.py" port &
server=$!
for _ in {1..100}; do
    [[ -s port ]] && break
    sleep 0.1
done
url=http://127.0.0.1:$(cat port)
pages=("$url/old" "$url/packed" "$url/chunked" "$url/Page/?B=2&a=1" "$url/empty-type")

"$vidimus" capture "${pages[@]}" --output pages.warc.gz
"$vidimus" capture "${pages[@]}" --output pages.wacz

# Missing digests pass with both programs, so each record has to be said to pass.
"$python/warcio" check -v pages.warc.gz | tee warcio.log
records=$(grep -c 'WARC-Record-ID' warcio.log)
passed=$(grep -c 'digest pass' warcio.log)
((records == 19 && passed == records)) || fail "warcio: $passed of $records records have a digest that fits, and 19 were written"
"$python/fastwarc" check pages.warc.gz | tee fastwarc.log
grep -q "$records records were verified successfully" fastwarc.log || fail 'FastWARC did not verify every record'

# The index: the same keys, places and digests as other people's.
"$python/python" "$referees/archives_check.py" index pages.wacz "$python/cdxj-indexer"
"$python/wacz" validate -f pages.wacz | tee wacz.log
grep -q 'Validation succeeded' wacz.log || fail 'wacz does not validate'

# What comes out of a snapshot store is accepted no less.
"$vidimus" capture "${pages[@]}" --store store
"$vidimus" snapshots export "${pages[@]}" --store store --output snapshots.wacz
"$vidimus" snapshots export "${pages[@]}" --store store --output snapshots.warc.gz
"$python/wacz" validate -f snapshots.wacz | grep -q 'Validation succeeded' || fail 'wacz does not validate what is exported'
"$python/python" "$referees/archives_check.py" index snapshots.wacz "$python/cdxj-indexer"
passed=$("$python/warcio" check -v snapshots.warc.gz | grep -c 'digest pass')
((passed == records)) || fail "warcio: $passed of $records records of what is exported have a digest that fits"
"$python/fastwarc" check snapshots.warc.gz | grep -q "$records records were verified successfully" ||
    fail 'FastWARC did not verify every record of what is exported'

"$python/python" "$referees/archives_check.py" change pages.warc.gz changed.warc.gz
refuses warcio "$python/warcio" check -v changed.warc.gz
refuses fastwarc "$python/fastwarc" check changed.warc.gz
"$python/python" "$referees/archives_check.py" change-wacz pages.wacz changed.wacz
refuses wacz "$python/wacz" validate -f changed.wacz
refuses cdxj-indexer "$python/python" "$referees/archives_check.py" index changed.wacz "$python/cdxj-indexer"
refuses vidimus "$vidimus" check "changed.wacz#$url/packed" --original "pages.wacz#$url/packed"
refuses vidimus "$vidimus" check "changed.warc.gz#$url/packed" --original "pages.wacz#$url/packed"

# What others write is read: a file of FastWARC's and one of warcio's, chunks kept and undone, revisits included.
"$python/python" "$referees/archives_check.py" write "$url"
for file in warcio.warc.gz warcio-plain.warc fastwarc.warc.gz; do
    for page in packed chunked; do
        "$vidimus" check "$file#$url/$page" --original "$url/plain" >/dev/null || fail "$file: $page is not read as it was written"
    done
done
"$vidimus" check "warcio.warc.gz#$url/again" --original "$url/plain" >/dev/null || fail 'a revisit of warcio is not found'
"$python/wacz" create -f warcio.warc.gz -o theirs.wacz --detect-pages >/dev/null
"$vidimus" check "theirs.wacz#$url/packed" --original "$url/plain" >/dev/null || fail 'a WACZ file of py-wacz is not read'

# Two gigabytes are read in constant memory.
"$python/python" "$referees/archives_check.py" large "$vidimus"

# Replay: the bytes that were captured, from pywb.
if [[ -x $python/wayback ]]; then
    "$python/wb-manager" init demo >/dev/null 2>&1
    "$python/wb-manager" add demo pages.warc.gz >/dev/null 2>&1
    "$python/python" "$referees/archives_check.py" replay "$python/wayback" pages.warc.gz
else
    fail 'pywb is not installed'
fi
echo 'all referees agree'
