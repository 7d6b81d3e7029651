"""JUnit, CSV and Markdown of an audit, read by programs that are not ours. tests/referees/audit.sh sets this up.

    audit_outputs.py REPORT WORK

REPORT is the folder of an audit's outputs, WORK holds junit-10.xsd. Each complaint is a line, and the exit status is 1 if there is any.
"""

import csv
import json
import sys

from junitparser import Error, Failure, JUnitXml
from lxml import etree

report, work = sys.argv[1:]
complaints = []


def complain(what):
    complaints.append(what)
    print(what)


lines = [json.loads(line) for line in open(f"{report}/audit.jsonl", encoding="utf-8")]
entries = [line for line in lines if line["line"] == "entry"]
unchecked = [entry for entry in entries if entry["outcome"] == "unchecked"]
denied = [
    entry
    for entry in entries
    if entry["outcome"] == "checked" and any(found["level"] == "deny" for found in entry["findings"])
]
if not (entries and unchecked and denied):
    complain("the audit does not show everything there is: checked, denied, unchecked")

schema = etree.XMLSchema(etree.parse(f"{work}/junit-10.xsd"))
document = etree.parse(f"{report}/junit.xml")
if not schema.validate(document):
    for error in schema.error_log:
        complain(f"junit.xml, line {error.line}: {error.message}")
broken = etree.parse(f"{report}/junit.xml")
del broken.getroot()[0].attrib["name"]
if schema.validate(broken):
    complain("the schema takes anything, so it proves nothing")

suites = JUnitXml.fromfile(f"{report}/junit.xml")
cases = [case for suite in suites for case in suite]
counts = (len(cases), suites.tests, suites.failures, suites.errors)
if counts != (len(entries), len(entries), len(denied), len(unchecked)):
    complain(f"junit.xml counts {counts}; the record has {len(entries)}, {len(denied)}, {len(unchecked)}")
results = [result for case in cases for result in case.result]
if sum(isinstance(result, Failure) for result in results) != len(denied):
    complain("junit.xml has another number of failures than it counts")
if sum(isinstance(result, Error) for result in results) != len(unchecked):
    complain("junit.xml has another number of errors than it counts")
if [case.name for case in cases] != [entry["copy"]["locator"] for entry in entries]:
    complain("junit.xml names other cases than the record")

with open(f"{report}/audit.csv", encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file, strict=True))
wanted = sum(max(1, len(entry["findings"])) for entry in entries)
if len(rows) != wanted:
    complain(f"audit.csv has {len(rows)} rows, not {wanted}")
for row in rows:
    if None in row or None in row.values():
        complain(f"audit.csv has a row of another length: {row}")
    if any(cell.startswith(("=", "+", "-", "@")) for cell in row.values()):
        complain(f"audit.csv has a formula: {row}")

print(f"JUnit, CSV: {len(entries)} pairs, {len(complaints)} complaints")
sys.exit(bool(complaints))
