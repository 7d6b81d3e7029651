"""Holds `vidimus history`, and `check --at` and without an original, against pywb, as a web archive that is not ours.

    python archive.py VIDIMUS

Run by the Python that has pywb and warcio. Writes a WARC, serves it on loopback, and asserts what the reports say of its records. Any
difference ends with a message and status 1.
"""

import gzip
import io
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = "http://ministry.example/release"
ORIGINAL = b"<p>Ministers met in the capital on Monday. They will continue their talks in May.</p>"
LATER = ORIGINAL.replace(b"May", b"June")


def write(path):
    """Writes the archive's records: pages, one packed, one in chunks, a redirect, an error."""
    with open(path, "wb") as stream:
        writer = WARCWriter(stream, gzip=True)

        def record(date, url, body, status="200 OK", headers=()):
            head = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8"), *headers], protocol="HTTP/1.1")
            found = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": date}
            )
            writer.write_record(found)

        record("2017-11-16T09:00:00Z", PAGE, ORIGINAL)
        record("2018-03-01T00:00:00Z", PAGE, LATER)
        record("2017-11-16T09:00:00Z", "http://ministry.example/packed", gzip.compress(ORIGINAL), headers=[("Content-Encoding", "gzip")])
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(ORIGINAL), ORIGINAL)
        record("2017-11-16T09:00:00Z", "http://ministry.example/chunks", chunks, headers=[("Transfer-Encoding", "chunked")])
        record("2017-11-16T09:00:00Z", "http://ministry.example/old", b"moved", "301 Moved", [("Location", PAGE)])
        record("2017-11-16T09:00:00Z", "http://ministry.example/gone", b"gone", "404 Not Found")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Judge:
    """Runs the program against the archive."""

    def __init__(self, program, folder, archive):
        self.program, self.folder, self.archive = program, folder, archive

    def run(self, *arguments):
        line = [self.program, "check", "copy.html", "--archive", self.archive, "--format", "json", *arguments]
        return subprocess.run(line, cwd=self.folder, capture_output=True, text=True, timeout=60)

    def report(self, *arguments):
        done = self.run(*arguments)
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout)

    def trouble(self, words, *arguments):
        done = self.run(*arguments)
        assert done.returncode == 2 and not done.stdout and words in done.stderr, (words, done)


def judge(program, folder, archive):
    judged = Judge(program, folder, archive)
    path = lambda name: f"http://ministry.example/{name}"
    codes = lambda report: [limit["code"] for limit in report["limits"]]

    near = judged.report("--original", PAGE, "--at", "2017-11-16")
    source = near["original"]
    assert near["verdict"] == "verbatim" and source["via"] == "memento" and source["assurance"] == "archive", near
    assert source["memento"]["datetime"] == "2017-11-16T09:00:00Z", source
    assert source["memento"]["index_sha1"] == source["memento"]["payload_sha1"], source
    assert codes(near) == ["memento-private"], near["limits"]
    # What the record holds, byte for byte, not the archive's page around it.
    assert source["bytes"] == len(ORIGINAL), source

    later = judged.report("--original", PAGE, "--at", "2018-02-28")
    assert later["verdict"] == "altered" and later["original"]["memento"]["datetime"] == "2018-03-01T00:00:00Z", later
    far = judged.report("--original", PAGE, "--at", "2020-01-01")
    assert "memento-far" in codes(far), far["limits"]

    packed = judged.report("--original", path("packed"), "--at", "2017-11-16")
    assert packed["verdict"] == "verbatim" and codes(packed) == ["memento-private"], packed
    # The index counts the framing, the replay has none: a limit, and the verdict stands.
    chunks = judged.report("--original", path("chunks"), "--at", "2017-11-16")
    assert chunks["verdict"] == "verbatim" and "memento-digest-differs" in codes(chunks), chunks

    moved = judged.report("--original", path("old"), "--at", "2017-11-16")
    assert moved["original"]["final_url"] == PAGE and moved["original"]["redirects"] == [{"url": path("old"), "status": 301}], moved

    judged.trouble("the record of 2017-11-16T09:00:00Z is an answer with status 404", "--original", path("gone"), "--at", "2017-11-16")
    judged.trouble("not archived", "--original", path("never"), "--at", "2017-11-16")

    # Without an original: the page that the copy names is not there any more.
    line = f'<p>Source: <a href="{PAGE}">Ministry</a>, 16 November 2017</p>'.encode()
    (folder / "copy.html").write_bytes(ORIGINAL + line)
    found = judged.report("--at", "2017-11-16")
    assert codes(found)[0] == "original-found" and found["original"]["via"] == "memento", found

    line = [program, "history", PAGE, "--archive", archive, "--delay", "0", "--format", "json"]
    history = json.loads(subprocess.run(line, cwd=folder, capture_output=True, text=True, check=True, timeout=60).stdout)
    spans = [(version["first"], version["added"], version["removed"]) for version in history["versions"]]
    assert spans == [("2017-11-16T09:00:00Z", 0, 0), ("2018-03-01T00:00:00Z", 1, 1)], history


def main(program):
    program = os.path.abspath(program)
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        (folder / "copy.html").write_bytes(ORIGINAL)
        write(folder / "pages.warc.gz")
        tools = pathlib.Path(sys.executable).parent
        port = str(free_port())
        with open(folder / "pywb.log", "wb") as log:
            subprocess.run([tools / "wb-manager", "init", "demo"], cwd=folder, check=True, stdout=log, stderr=log)
            subprocess.run([tools / "wb-manager", "add", "demo", "pages.warc.gz"], cwd=folder, check=True, stdout=log, stderr=log)
            server = subprocess.Popen([tools / "wayback", "-p", port, "-b", "127.0.0.1"], cwd=folder, stdout=log, stderr=log)
        try:
            archive = f"http://127.0.0.1:{port}/demo"
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"{archive}/cdx?url={PAGE}", timeout=5).read()
                    break
                except OSError:
                    time.sleep(0.2)
            else:
                sys.exit("pywb did not start:\n" + (folder / "pywb.log").read_text())
            judge(program, folder, archive)
        finally:
            server.terminate()
            server.wait(timeout=20)
    print("pywb and vidimus agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
