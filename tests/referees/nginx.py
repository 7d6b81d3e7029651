"""What vidimus fetches, held against nginx: packing, charsets, redirects, slowness, truncation, ranges, connections kept open, TLS with an
authority of our own, HTTP/2, resets, limits on requests, memory that does not grow with the number of pages, and the same report without the network once nginx is gone.

Takes the program to be judged. nginx runs as whoever runs this, on loopback, from a folder of its own. Ends with 0 where everything
is as it should be; otherwise it says what is not.
"""

import gzip
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TEXT = "Ministers met in the capital on Monday. They will continue their talks in May."
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


def page(paragraphs, head=""):
    body = "".join(f"<p>{TEXT} {number}</p>" for number in range(paragraphs))
    return f"<!doctype html><title>Talks</title>{head}<article>{body}</article>".encode()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def upstream():
    """A server behind nginx that promises more than it sends."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                whole = page(400)
                head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(whole)}\r\n\r\n"
                connection.sendall(head.encode() + whole[: len(whole) // 2])

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


CONFIGURATION = """
{user} daemon off; worker_processes 1; pid {root}/nginx.pid; error_log {root}/error.log;
events {{ worker_connections 256; }}
http {{
  client_body_temp_path {root}/t1; proxy_temp_path {root}/t2; fastcgi_temp_path {root}/t3; uwsgi_temp_path {root}/t4; scgi_temp_path {root}/t5;
  types {{ text/html html; text/css css; text/plain txt; }}
  log_format seen '$connection $connection_requests $server_protocol $status $request_uri';
  access_log {root}/access.log seen;
  limit_req_zone $binary_remote_addr zone=one:1m rate=30r/m;
  reset_timedout_connection on;
  root {root}/www;
  server {{
    listen 127.0.0.1:{port};
    location /packed/ {{ alias {root}/www/; gzip on; gzip_min_length 0; gzip_comp_level 9; }}
    location /static/ {{ alias {root}/www/; gzip_static on; }}
    location /cyrillic/ {{ alias {root}/www/cyrillic/; charset windows-1251; }}
    location /r1 {{ return 301 /r2; }}
    location /r2 {{ return 302 http://127.0.0.1:{port}/r3?a=b; }}
    location /r3 {{ return 307 /page.html; }}
    location /round {{ return 308 /round; }}
    location /slow/ {{ alias {root}/www/; limit_rate 4k; }}
    location /late/ {{ alias {root}/www/; limit_rate 60k; }}
    location /half {{ proxy_pass http://127.0.0.1:{upstream}; proxy_buffering off; }}
    location /reset {{ return 444; }}
    location /busy/ {{ alias {root}/www/; limit_req zone=one; limit_req_status 503; }}
    location /secret {{ return 403; }}
    location /many/ {{ add_header Set-Cookie "a=sekrit"; return 200 "<p>{text} $uri</p>"; default_type text/html; }}
  }}
  server {{
    listen 127.0.0.1:{tls} ssl http2;
    ssl_certificate {root}/server.pem; ssl_certificate_key {root}/server.key;
    location /many/ {{ return 200 "<p>{text} $uri</p>"; default_type text/html; }}
  }}
}}
"""


class Judged:
    def __init__(self, program, root):
        self.program, self.root = program, root

    def run(self, *arguments, status=0):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.root), "SOURCE_DATE_EPOCH": "1511827200"}
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True, cwd=self.root, env=environment, timeout=120)
        assert done.returncode == status, f"{arguments}: status {done.returncode}, not {status}\n{done.stdout}\n{done.stderr}"
        return done

    def report(self, url, *more, status=0, original="page.html"):
        done = self.run("check", url, "--original", f"www/{original}", "--format", "json", *more, status=status)
        return json.loads(done.stdout)

    def trouble(self, cause, url, *more):
        done = self.run("check", url, "--original", "www/page.html", *more, status=2)
        first = done.stderr.splitlines()[0]
        assert cause in first and not done.stdout, f"{url}: {first!r}, and not {cause!r}"


def openssl(root, *arguments):
    subprocess.run(["openssl", *arguments], cwd=root, check=True, capture_output=True)


def certificates(root):
    """An authority, and a certificate by it for 127.0.0.1."""
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(root, "req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test authority", "-days", "30")
    openssl(root, "req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1")
    (root / "san").write_text("subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
    signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "san", "-days", "30"]
    openssl(root, "x509", "-req", "-in", "server.csr", "-out", "server.pem", *signed)
    openssl(root, "x509", "-in", "server.pem", "-outform", "DER", "-out", "server.der")


def sheets(root, count):
    for number in range(count):
        (root / f"www/s{number}.css").write_text(f".x{number} {{ color: red }}")
    return "".join(f"<link rel=stylesheet href=s{number}.css>" for number in range(count))


def prepare(root):
    (root / "www/cyrillic").mkdir(parents=True)
    (root / "www/page.html").write_bytes(page(20))
    (root / "www/page.html.gz").write_bytes(gzip.compress(page(20), mtime=0))
    (root / "www/long.html").write_bytes(page(3000))
    (root / "www/styled.html").write_bytes(page(20, sheets(root, 12)))
    cyrillic = "<p>Министры встретились в понедельник и продолжат переговоры в мае.</p>"
    (root / "www/cyrillic/page.html").write_bytes(cyrillic.encode("cp1251"))
    (root / "www/cyrillic.txt").write_text(cyrillic[3:-4], encoding="utf-8")
    certificates(root)


def packing(judged, base):
    whole = page(20)
    for path in ["packed", "static"]:
        report = judged.report(f"{base}/{path}/page.html")
        assert report["verdict"] == "verbatim", report["verdict"]
        assert report["copy"]["sha256"] == hashlib.sha256(whole).hexdigest() and report["copy"]["bytes"] == len(whole)
        judged.run("capture", f"{base}/{path}/page.html", "--store", "packed")
        judged.run("snapshots", "export", f"{base}/{path}/page.html", "--raw", "-o", f"{path}.raw", "--store", "packed")
        raw = (judged.root / f"{path}.raw").read_bytes()
        assert raw[:2] == b"\x1f\x8b" and gzip.decompress(raw) == whole, "the bytes as they were sent"
    assert (judged.root / "static.raw").read_bytes() == (judged.root / "www/page.html.gz").read_bytes()
    print("packed pages are unpacked, and kept as they were sent")


def reading(judged, base):
    report = judged.report(f"{base}/cyrillic/page.html", original="cyrillic.txt")
    assert (report["verdict"], report["copy"]["charset"]) == ("verbatim", "windows-1251"), report["copy"]
    report = judged.report(f"{base}/r1")
    chain = [(hop["status"], hop["url"].removeprefix(base)) for hop in report["copy"]["redirects"]]
    assert chain == [(301, "/r1"), (302, "/r2"), (307, "/r3?a=b")], chain
    assert report["copy"]["final_url"] == f"{base}/page.html" and report["verdict"] == "verbatim"
    judged.trouble("its redirects run in a loop", f"{base}/round")
    assert judged.report(f"{base}/page.html")["copy"]["bytes"] == len(page(20)), "of a server that offers ranges, the whole"
    judged.trouble("status 403 (forbidden)", f"{base}/secret")
    judged.trouble("status 404 (not found)", f"{base}/nothing")
    print("charsets, redirects and errors are what they are")


def time_and_loss(judged, base):
    judged.trouble("no complete answer within 2 seconds", f"{base}/slow/long.html", "--timeout", "2")
    report = judged.report(f"{base}/late/page.html", "--timeout", "60")
    assert report["verdict"] == "verbatim", "slow is not too slow"
    judged.trouble("the answer broke off", f"{base}/half")
    judged.trouble("the server gave no proper answer", f"{base}/reset")
    judged.trouble("larger than the limit of 1000 bytes", f"{base}/page.html", "--max-bytes", "1000")
    # One in two seconds and no more: whoever is told to wait waits, and gets it in the end.
    urls = [f"{base}/busy/page.html?{number}" for number in range(3)]
    judged.run("capture", *urls, "--retries", "6", "--per-host", "3", "--store", "busy")
    log = (judged.root / "access.log").read_text()
    assert " 503 /busy/" in log, "nobody was told to wait"
    print("slow, broken and busy servers are told apart")


def connections(judged, base):
    report = judged.report(f"{base}/styled.html")
    assert len(report["copy"]["sheets"]) == 12, report["limits"]
    log = [line.split(" ", 4) for line in (judged.root / "access.log").read_text().splitlines()]
    sheets = [int(number) for _, number, _, _, path in log if path.startswith("/s") and path.endswith(".css")]
    assert max(sheets) > 1, "each sheet came over a connection of its own"
    print("connections are used again")


def secured(judged, secure):
    judged.trouble("could not connect", f"{secure}/page.html")
    report = judged.report(f"{secure}/page.html", "--ca", "ca.pem")
    assert report["verdict"] == "verbatim"
    judged.run("capture", f"{secure}/page.html", "--ca", "ca.pem", "--store", "secured")
    shown = judged.run("snapshots", "show", f"{secure}/page.html", "--store", "secured").stdout
    assert "(HTTP/2.0)" in shown, shown
    assert hashlib.sha256((judged.root / "server.der").read_bytes()).hexdigest() in shown, "the certificate as openssl has it"
    judged.run("capture", *(f"{secure}/many/{number}" for number in range(30)), "--ca", "ca.pem", "--store", "secured")
    log = (judged.root / "access.log").read_text()
    assert " HTTP/2.0 200 /page.html" in log
    print("TLS by an authority of our own, and HTTP/2")


def flat(judged, base):
    """The most memory that capturing so many pages of 300 kB into one file took, in kB."""

    def peak(pages, file):
        urls = [f"{base}/large.html?{number}" for number in range(pages)]
        # Waiting for it by its number tells of this one child and of no other.
        process = subprocess.Popen(
            [judged.program, "capture", *urls, "--no-store", "--jobs", "8", "--per-host", "8", "--output", file],
            cwd=judged.root, env={"PATH": os.environ["PATH"], "HOME": str(judged.root)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        _, status, used = os.wait4(process.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0, process.stderr.read()
        return used.ru_maxrss

    (judged.root / "www/large.html").write_bytes(page(3000))
    for ending in ["warc.gz", "wacz"]:
        few, many = peak(200, f"few.{ending}"), peak(2000, f"many.{ending}")
        assert many < few * 1.3 + 4000, f"{ending}: {few} kB for 200 pages, and {many} kB for 2000"
        print(f"{ending}: {few} kB for 200 pages of 300 kB, {many} kB for 2000")


def replay(judged, base, stop):
    urls = [f"{base}/many/{number}" for number in range(60)] + [f"{base}/nothing", f"{base}/styled.html"]
    done = judged.run("capture", *urls, "--store", "many", "--jobs", "8", "--per-host", "8", status=2)
    assert len(done.stdout.splitlines()) == 61 and done.stderr.count("error: ") == 1, done.stderr
    assert judged.run("snapshots", "verify", "--store", "many").stdout.endswith("all whole\n")
    ask = ["check", f"{base}/many/7", "--original", f"{base}/styled.html", "--format", "json", "--store", "many"]
    online = judged.run(*ask, status=1).stdout
    stop()
    judged.run(*ask, status=2)
    assert judged.run(*ask, "--offline", status=1).stdout == online, "the same report"
    print("without nginx the same report comes out, byte for byte")


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        judged = Judged(Path(sys.argv[1]).resolve(), root)
        prepare(root)
        port, tls = free_port(), free_port()
        # Started as root it would read as somebody who may not look into our folder.
        user = "user root;" if os.geteuid() == 0 else ""
        text = CONFIGURATION.format(root=root, port=port, tls=tls, upstream=upstream(), text=TEXT, user=user)
        (root / "nginx.conf").write_text(text)
        nginx = subprocess.Popen([NGINX, "-p", str(root), "-e", str(root / "error.log"), "-c", str(root / "nginx.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                if socket.socket().connect_ex(("127.0.0.1", tls)) == 0:
                    break
                assert nginx.poll() is None, (root / "error.log").read_text()
                time.sleep(0.1)
            base, secure = f"http://127.0.0.1:{port}", f"https://127.0.0.1:{tls}"
            packing(judged, base)
            reading(judged, base)
            connections(judged, base)
            time_and_loss(judged, base)
            secured(judged, secure)
            flat(judged, base)

            def stop():
                nginx.terminate()
                nginx.wait(timeout=30)

            replay(judged, base, stop)
        finally:
            # Killed outright it would leave its worker behind.
            nginx.terminate()
            nginx.wait(timeout=30)
    print("nginx agrees")


if __name__ == "__main__":
    main()
