"""What archives.sh does with archives beside calling programs: see the functions."""

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
import zipfile

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TEXT = b"Ministers met"
CHANGED = b"Monsters met."


def lines(text):
    """The lines of an index, by key and date, with what both programs write."""
    found = set()
    for line in text.strip().splitlines():
        key, date, facts = line.split(" ", 2)
        facts = json.loads(facts)
        same = ["url", "status", "digest", "offset", "length"]
        found.add((key, date, facts.get("mime", "unk"), *(facts[name] for name in same)))
    return found


def index(wacz, indexer):
    """Our index of the WARC file inside is that of cdxj-indexer, and it is sorted."""
    with zipfile.ZipFile(wacz) as file:
        ours = file.read("indexes/index.cdx").decode()
        with open("inside.warc.gz", "wb") as out:
            out.write(file.read("archive/capture.warc.gz"))
    theirs = subprocess.run([indexer, "inside.warc.gz"], check=True, capture_output=True, text=True).stdout
    assert lines(ours) == lines(theirs), f"ours:\n{ours}\ntheirs:\n{theirs}"
    assert ours.splitlines() == sorted(ours.splitlines()), "the index is not sorted"
    assert len(ours.splitlines()) == 6, ours
    print("cdxj-indexer finds the same records in the same places")


def members(data):
    """The gzip members of a file."""
    import zlib

    while data:
        inflater = zlib.decompressobj(31)
        text = inflater.decompress(data)
        yield text
        data = inflater.unused_data


def changed(data):
    """The same WARC file with one word of its packed or plain pages changed, lengths and digests left as they are."""
    out = b""
    count = 0
    for text in members(data):
        head, _, body = text.partition(b"\r\n\r\n")
        if b"WARC-Type: response" in head:
            http, between, page = body.partition(b"\r\n\r\n")
            page = page[: -len(b"\r\n\r\n")]
            if page.startswith(b"\x1f\x8b"):
                # One bit of the check sum at the end: the length stays.
                page = page[:-8] + bytes([page[-8] ^ 1]) + page[-7:]
                count += 1
            elif TEXT in page:
                page = page.replace(TEXT, CHANGED)
                count += 1
            text = head + b"\r\n\r\n" + http + between + page + b"\r\n\r\n"
        out += gzip.compress(text, mtime=0)
    assert count >= 4, count
    return out


def change(source, target):
    with open(source, "rb") as file, open(target, "wb") as out:
        out.write(changed(file.read()))


def change_wacz(source, target):
    with zipfile.ZipFile(source) as file, zipfile.ZipFile(target, "w") as out:
        for entry in file.infolist():
            data = file.read(entry)
            out.writestr(entry, changed(data) if entry.filename.startswith("archive/") else data)


def fetch(url):
    """The head and the body of an answer as warcio would record it."""
    port = int(url.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        path = "/" + url.split("/", 3)[3]
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        data = b""
        while piece := connection.recv(65536):
            data += piece
    return data


def write(url):
    """Archives by warcio, packed and not, and by FastWARC, with bodies just as they were sent."""
    from warcio.bufferedreaders import DecompressingBufferedReader  # noqa: F401
    from warcio.statusandheaders import StatusAndHeadersParser

    for name, packed in [("warcio.warc.gz", True), ("warcio-plain.warc", False)]:
        with open(name, "wb") as out:
            writer = WARCWriter(out, gzip=packed)
            for page in ["packed", "chunked"]:
                stream = io.BytesIO(fetch(f"{url}/{page}"))
                headers = StatusAndHeadersParser(["HTTP/1.1"]).parse(stream)
                record = writer.create_warc_record(
                    f"{url}/{page}", "response", payload=io.BytesIO(stream.read()), http_headers=headers
                )
                writer.write_record(record)
                if page == "chunked":
                    # A later visit to another address that found the same body.
                    revisit = writer.create_revisit_record(
                        f"{url}/again",
                        record.rec_headers.get_header("WARC-Payload-Digest"),
                        f"{url}/{page}",
                        record.rec_headers.get_header("WARC-Date"),
                        http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
                    )
                    writer.write_record(revisit)

    from fastwarc.warc import ArchiveIterator as Fast

    with open("fastwarc.warc.gz", "wb") as out, open("warcio-plain.warc", "rb") as source:
        for record in Fast(source, parse_http=False):
            plain = io.BytesIO()
            record.write(plain, checksum_data=True)
            out.write(gzip.compress(plain.getvalue(), mtime=0))


def large(vidimus):
    """A file of two gigabytes, of which one page is wanted that stands last: read in no more memory than a small one."""
    def record(url, body):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\nWARC-Date: 2017-11-16T09:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        return head.encode() + answer + b"\r\n\r\n"

    page = b"<p>Ministers met in the capital on Monday. They will continue their talks in May.</p>"
    # By somebody else: what a child may seem to have used begins with what whoever started it had.
    writer = os.fork()
    if writer == 0:
        filler = record("http://example.org/other", b"<p>" + b"word " * (20 << 20))
        last = record("http://example.org/page", page)
        with open("large.warc", "wb") as plain, open("large.warc.gz", "wb") as packed:
            member = gzip.compress(filler, 1)
            for _ in range(20):
                plain.write(filler)
                packed.write(member)
            plain.write(last)
            packed.write(gzip.compress(last))
        for name, content in [("small.warc", last), ("page.html", page)]:
            with open(name, "wb") as small:
                small.write(content)
        os._exit(0)
    _, status = os.waitpid(writer, 0)
    assert status == 0, "the files were not written"

    def peak(file):
        arguments = [vidimus, "check", f"{file}#http://example.org/page", "--original", "page.html"]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        _, status, used = os.wait4(process.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0, process.stderr.read()
        return used.ru_maxrss

    small = peak("small.warc")
    for file in ["large.warc", "large.warc.gz"]:
        used = peak(file)
        assert used < small + 8000, f"{file}: {used} kB, and {small} kB for a file of one page"
        print(f"{file}, 2 GB unpacked: read in {used} kB; {small} kB for one page")
        os.remove(file)


def replay(wayback, warc):
    """pywb gives back every page of the WARC file byte for byte."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([wayback, "-p", str(port), "-b", "127.0.0.1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        count = 0
        with open(warc, "rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type != "response" or record.http_headers.get_statuscode() != "200":
                    continue
                stored = record.raw_stream.read()
                target = record.rec_headers.get_header("WARC-Target-URI")
                address = f"http://127.0.0.1:{port}/demo/id_/{target}"
                assert answer(address) == stored, f"pywb gives other bytes for {target}"
                count += 1
        assert count == 5, count
    finally:
        server.terminate()
        server.wait()
    print(f"pywb replays {count} pages byte for byte")


def answer(address):
    """The bytes at an address, as stored; the server may still be starting."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    for _ in range(200):
        try:
            return urllib.request.urlopen(request, timeout=20).read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{address}: {error}") from error
        except OSError:
            time.sleep(0.2)
    raise AssertionError("pywb does not start")


{"index": index, "change": change, "change-wacz": change_wacz, "write": write, "large": large, "replay": replay}[sys.argv[1]](*sys.argv[2:])
