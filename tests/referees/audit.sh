#!/bin/sh
# Judges what an audit writes with the programs that read it: Microsoft's SARIF validator with GitHub's rules, the schema of JUnit
# reports that pytest is tested with, junitparser, Python's csv; and the site with Chromium, axe-core and the Nu Html Checker.
#
#     tests/referees/audit.sh
#
# Needs cargo, node, npm, java, python3 with venv, and Chromium; what it fetches and makes is below target/referees.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/target/referees/audit
sarif=5.7.0
pytest=9.2.0
mkdir -p "$work"

if [ ! -e "$work/ready-$sarif" ]; then
    cd "$work"
    printf '{"private":true,"dependencies":{"@microsoft/sarif-multitool":"%s"}}\n' "$sarif" >package.json
    npm install --no-audit --no-fund --ignore-scripts --silent
    chmod u+x node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
    python3 -m venv --clear venv
    venv/bin/pip install --quiet --disable-pip-version-check junitparser==5.0.3 lxml==6.1.3
    # The sources of pytest carry the schema that Jenkins publishes for JUnit reports.
    venv/bin/pip download --quiet --disable-pip-version-check --no-deps --no-binary pytest "pytest==$pytest"
    tar --extract --gzip --strip-components=3 --file "pytest-$pytest.tar.gz" \
        "pytest-$pytest/testing/example_scripts/junit-10.xsd"
    touch "$work/ready-$sarif"
fi

cd "$root"
cargo build --quiet --locked
rm -rf "$work/run"
mkdir -p "$work/run/original" "$work/run/copy"
for case in snapshots/cases/*/; do
    name=$(basename "$case")
    cp "$(find "$case" -name 'original.*' | head -n 1)" "$work/run/original/$name.html"
    cp "$(find "$case" -name 'copy.*' | head -n 1)" "$work/run/copy/$name.html"
done
cp tests/referees/plain.html "$work/run/original/hostile.html"
cp tests/referees/hostile.html "$work/run/copy/hostile.html"
cp tests/referees/plain.html "$work/run/original/same.html"
cp tests/referees/plain.html "$work/run/copy/same.html"
cp tests/referees/plain.html "$work/run/original/gone.html"
cat >"$work/run/vidimus.toml" <<'PLAN'
version = 1
[[mirror]]
name = "cases & <others>"
original = "original"
copy = "copy"
PLAN
cd "$work/run"
status=0
"$root/target/debug/vidimus" audit --format sarif,junit,markdown,csv,github,html >/dev/null || status=$?
[ "$status" -eq 1 ] || { echo "audit.sh: the audit ended with $status" >&2; exit 2; }

echo "SARIF, with the rules of SARIF and of GitHub:"
DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$work/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool" \
    validate report/audit.sarif --rule-kind 'Sarif;Ghas' --level 'Error;Warning' >"$work/sarif.txt" 2>&1 || true
grep -E 'error|warning SARIF|warning GH' "$work/sarif.txt" && exit 1
grep -q 'Analysis completed successfully' "$work/sarif.txt" || { cat "$work/sarif.txt"; exit 1; }

"$work/venv/bin/python" "$root/tests/referees/audit_outputs.py" report "$work"
"$root/tests/referees/pages.sh" --site report/index.html report/list-1.html report/pairs/*.html
