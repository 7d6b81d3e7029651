"""What `--render` shows, held against an installed Chromium: pages that scripts fill, lead away, keep loading and never let go, and scripts
that want to ask whom nobody may ask.

Takes the program to be judged and, where there are some, the programs `warcio` and `wacz` that judge what it writes. Every server is on
loopback, and started here. Ends with 0 where everything is as it should be; otherwise it says what is not.
"""

import gzip
import hashlib
import http.server
import json
import os
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TEXT = "The council adopted the harbour plan on Tuesday by 23 votes to 19, with three abstentions."
OTHER = "The council threw out the harbour plan on Friday by 40 votes to 2, and nobody abstained."
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"])), None
)


def shell(script, more=""):
    return f"<!doctype html><title>Plan</title><div id=root></div><noscript>This page works with JavaScript only.</noscript>{more}<script>{script}</script>"


def put(text, when=0):
    return f"setTimeout(() => {{ document.getElementById('root').innerHTML = {json.dumps(text)} }}, {when});"


class Servers:
    """Two sites on loopback: one that is named, and one that only scripts know of."""

    def __init__(self):
        self.asked = {"site": [], "secret": []}
        self.secret = self.start("secret", lambda path: ("text/html", "secret"))
        self.site = self.start("site", self.page)
        # What comes without a connection comes to the same port.
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(("127.0.0.1", self.secret))
        self.datagrams.setblocking(False)

    def start(self, name, answer):
        asked = self.asked[name]

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append((self.path, self.headers.get("User-Agent", ""), self.headers.get("Cookie")))
                if self.path == "/hangs":
                    time.sleep(300)
                    return
                found = answer(self.path)
                if found is None:
                    self.send_response(404)
                    self.end_headers()
                    return
                body = found[1].encode()
                self.send_response(200)
                self.send_header("Content-Type", found[0])
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

        server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    def heard(self):
        """Whether a datagram came."""
        try:
            return self.datagrams.recv(2048)
        except BlockingIOError:
            return None

    def url(self, path):
        return f"http://127.0.0.1:{self.site}{path}"

    def page(self, path):
        secret = self.secret
        # Every way that scripts have of asking somebody.
        ways = f"""
            const base = 'localhost:{secret}';
            for (const host of [base, '127.0.0.2:{secret}', '[::1]:{secret}', '169.254.169.254']) {{
              fetch('http://' + host + '/fetch', {{mode: 'no-cors'}}).catch(() => 0);
              new Image().src = 'http://' + host + '/image';
              try {{ new WebSocket('ws://' + host + '/socket'); }} catch {{}}
              try {{ new EventSource('http://' + host + '/events'); }} catch {{}}
              navigator.sendBeacon('http://' + host + '/beacon', 'x');
              for (const [tag, at] of [['iframe', 'src'], ['script', 'src'], ['object', 'data'], ['embed', 'src']]) {{
                const one = document.createElement(tag); one[at] = 'http://' + host + '/' + tag; document.body.append(one);
              }}
              const link = document.createElement('link'); link.rel = 'stylesheet'; link.href = 'http://' + host + '/sheet'; document.head.append(link);
              const pre = document.createElement('link'); pre.rel = 'preconnect'; pre.href = 'http://' + host; document.head.append(pre);
              open('http://' + host + '/popup');
            }}
            try {{
              const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:' + base}}]}});
              peer.createDataChannel('x'); peer.createOffer().then(offer => peer.setLocalDescription(offer));
            }} catch {{}}
            new Worker(URL.createObjectURL(new Blob([`fetch('http://${{base}}/worker', {{mode: 'no-cors'}})`])));
        """
        pages = {
            "/plain": f"<p>{TEXT}</p>",
            "/shell": "<!doctype html><title>Plan</title><div id=root></div><noscript>This page works with JavaScript only.</noscript><script src=/app.js></script>",
            "/altered": shell(put(f"<p>{TEXT.replace('23', '32')}</p>", 3000)),
            "/styled": shell(
                put(f"<p>{TEXT.replace('three', '<i class=x>three</i>')}</p>")
                + "const s = document.createElement('style'); document.head.append(s); s.sheet.insertRule('.x { font-style: normal; font-weight: bold }');"
            ),
            "/adopted": shell(
                put(f"<p>{TEXT.replace('adopted', 'adopted <span class=x>under protest</span>')}</p>")
                + "const s = new CSSStyleSheet(); s.replaceSync('.x { display: none }'); document.adoptedStyleSheets = [s];"
            ),
            "/shadow": shell(
                "class Text extends HTMLElement { connectedCallback() { this.attachShadow({mode: 'open'}).innerHTML = '<p><slot></slot></p>' } };"
                "customElements.define('x-text', Text);" + put(f"<x-text>{TEXT}</x-text>")
            ),
            "/disguised": shell(
                put(f"<p>{TEXT}</p>")
                + "Element.prototype.getHTML = () => 'other'; Object.defineProperty(Element.prototype, 'outerHTML', {get: () => '<p>other</p>'});"
                "Document.prototype.querySelectorAll = () => []; XMLSerializer.prototype.serializeToString = () => '<!-- other -->';"
            ),
            "/never": f"<p>{TEXT}</p><script>setTimeout(() => {{ while (true) {{}} }}, 10)</script>",
            "/waits": shell("fetch('/hangs');" + put(f"<p>{TEXT}</p>", 5000)),
            "/ticks": shell(put(f"<p>{TEXT}</p>") + "setInterval(() => document.title += '.', 1)"),
            "/away": f"<p>{TEXT}</p><script>location = '/plain?instead'</script>",
            "/reloads": f"<p>{TEXT}</p><script>location.reload()</script>",
            "/comment": f"<p id=own>{OTHER}</p>" + shell(f"document.body.append(document.createComment('--><style>#own{{display:none}}</style><p>{TEXT}</p><!--'))"),
            "/closes": f"<p id=own>{OTHER}</p>" + shell(f"const style = document.createElement('style'); style.textContent = '<\\/style><style>#own{{display:none}}<\\/style><p>{TEXT}</p><style>'; document.body.append(style)"),
            "/nested": shell(f"const out = document.createElement('p'); out.hidden = true; const own = document.createElement('p'); own.append('{TEXT}'); out.append(own); document.body.append(out); document.body.insertAdjacentHTML('beforeend', '<p>{OTHER}</p>')"),
            "/fades": f"<style>p{{opacity:0}}</style><p>{TEXT}</p><script>document.querySelector('p').animate([{{opacity:0}},{{opacity:1}}],{{duration:300,fill:'forwards'}})</script>",
            "/closed": f"<div id=own><p>{TEXT}</p></div><script>document.querySelector('#own').attachShadow({{mode:'closed'}}).innerHTML = '<p>{OTHER}</p>'</script>",
            "/asks": f"<p>{TEXT}</p><script>alert('Here?'); confirm('Here?'); prompt('Here?'); onbeforeunload = () => 1</script>",
            "/huge": shell("document.body.append('x'.repeat(50_000_000))"),
            "/eats": shell("const all = []; while (true) all.push(new Array(1e6).fill(Math.random()))"),
            "/spies": f"<p>{TEXT}</p><script>{ways}</script>",
            "/cookie": f"<p>{TEXT}</p><script>fetch('/data?' + document.cookie).then(() => document.cookie = 'a=b')</script>",
            "/frames": f"<p>{TEXT}</p>" + "<iframe src=/plain></iframe>" * 50,
        }
        if path == "/app.js":
            return "text/javascript", put(f"<p>{TEXT}</p>", 9000)
        return ("text/html; charset=utf-8", pages[path]) if path in pages else None


class Run:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def __call__(self, *arguments, env=None):
        own = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TMPDIR": str(self.folder / "tmp"), "CHROMIUM": CHROMIUM}
        (self.folder / "tmp").mkdir(exist_ok=True)
        done = subprocess.run([self.program, *arguments], cwd=self.folder, env={**own, **(env or {})}, capture_output=True, text=True, timeout=300)
        left = [name for name in os.listdir(self.folder / "tmp") if name.startswith("vidimus")]
        assert not left, f"left behind: {left}"
        return done


def report(done, status=None):
    assert done.returncode in (0, 1) and (status is None or done.returncode == status), (done.returncode, done.stdout[:500], done.stderr)
    return json.loads(done.stdout)


def codes(found):
    return [limit["code"] for limit in found["limits"]]


def broken_off(command, folder):
    """Kills the program while its browser is busy; gives back what is left of the browser after a while."""
    (folder / "off").mkdir()
    own = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder / "off"), "CHROMIUM": CHROMIUM}

    def browsers():
        lines = [Path(f"/proc/{number}/cmdline") for number in os.listdir("/proc") if number.isdigit()]
        found = []
        for line in lines:
            try:
                text = line.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if str(folder / "off") in text:
                found.append(text[:200])
        return found

    process = subprocess.Popen(command, cwd=folder, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        if len(browsers()) > 2:
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the browser was never seen")
    time.sleep(2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(100):
        if not browsers():
            return []
        time.sleep(0.1)
    return browsers()


def main(program, judges):
    assert CHROMIUM, "there is no Chromium on this machine to judge by"
    servers = Servers()
    folder = Path(tempfile.mkdtemp())
    run = Run(program, folder)
    (folder / "original.html").write_text(f"<p>{TEXT}</p>")

    def check(path, *more, status=None):
        return report(run("check", servers.url(path), "--original", "original.html", "--no-store", "--format", "json", *more), status)

    def shown(path, *more, status=None):
        return check(path, "--render", *more, status=status)

    found = check("/shell", status=1)
    assert found["verdict"] == "undetermined", found["verdict"]
    found = shown("/shell", status=0)
    assert found["verdict"] == "verbatim" and codes(found) == ["rendered"], (found["verdict"], found["limits"])
    raw = servers.page("/shell")[1].encode()
    rendered = found["copy"]["rendered"]
    assert rendered["raw_sha256"] == hashlib.sha256(raw).hexdigest() and rendered["raw_bytes"] == len(raw), rendered
    assert found["copy"]["sha256"] != rendered["raw_sha256"] and not rendered["unfinished"], found["copy"]
    times = sum(path == "/shell" for path, *_ in servers.asked["site"])
    assert times == 2, f"the browser is given the bytes that were captured, and asks for none: {times}"
    assert any(path == "/app.js" and " vidimus/" in agent for path, agent, _ in servers.asked["site"]), servers.asked
    print("a page that scripts fill is read; the bytes are those received")

    found = shown("/altered", status=1)
    assert found["verdict"] == "altered" and "number" in found["findings"][0]["facets"], found["verdict"]
    found = shown("/styled", status=1)
    assert found["verdict"] == "emphasised", (found["verdict"], found["findings"])
    found = shown("/adopted")
    assert "hidden-text" in found["summary"], found["summary"]
    for path in ["/shadow", "/disguised", "/ticks", "/asks", "/frames", "/plain"]:
        found = shown(path, status=0)
        assert found["verdict"] == "verbatim" and codes(found) == ["rendered"], (path, found["verdict"], found["limits"])
    found = shown("/fades", status=0)
    assert found["verdict"] == "verbatim", (found["verdict"], found["limits"])
    for path in ["/comment", "/closes", "/nested", "/closed"]:
        found = shown(path, status=1)
        assert found["verdict"] not in ("verbatim", "emphasised"), (path, found["verdict"], found["limits"])
        assert path == "/closed" or "rendering-unwritable" in codes(found), (path, found["limits"])
    print("what scripts change, set off, hide and put into shadow roots is seen, and trees that HTML cannot say are no proof")

    before = len(servers.asked["site"])
    for path, verdict, status in [("/away", "undetermined", 1), ("/reloads", "verbatim", 0)]:
        found = shown(path, status=status)
        assert found["verdict"] == verdict and codes(found) == ["rendered", "rendering-led-away"], (path, found["limits"])
    assert not any(path.startswith("/plain?instead") for path, *_ in servers.asked["site"][before:]), servers.asked
    found = shown("/waits", "--timeout", "8", status=0)
    assert found["verdict"] == "verbatim" and codes(found) == ["rendered", "rendering-unfinished"], (found["verdict"], found["limits"])
    print("nothing takes the place of a page, and what never comes is not waited for")

    def fails(path, cause, *more):
        done = run("check", servers.url(path), "--original", "original.html", "--no-store", "--render", *more)
        lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
        assert done.returncode == 2 and not done.stdout and len(lines) == 1 and cause in lines[0], (path, done)

    fails("/never", "its scripts did not end within 4 seconds", "--timeout", "4")
    fails("/huge", "larger than the limit of 1000000 bytes", "--max-bytes", "1000000")
    fails("/eats", "not rendered: ", "--timeout", "40")
    print("scripts that never end, write too much or eat all memory are ended")

    found = shown("/spies", "--timeout", "20")
    assert "rendering-refused" in codes(found), found["limits"]
    assert {"localhost", "127.0.0.2", "169.254.169.254", "[::1]"} <= set(found["copy"]["rendered"]["refused"]), found["copy"]["rendered"]
    assert not servers.asked["secret"] and servers.heard() is None, servers.asked["secret"]
    shown("/spies", "--allow-private", "--timeout", "20")
    ways = {path for path, *_ in servers.asked["secret"]}
    assert {"/fetch", "/iframe", "/script", "/sheet", "/worker", "/socket"} <= ways, f"where it is allowed it is asked: {ways}"
    assert not {"/image"} & ways, f"pictures are not fetched: {ways}"
    shown("/cookie")
    shown("/cookie")
    asked = [(path, cookie) for path, _, cookie in servers.asked["site"] if path.startswith("/data")]
    assert asked == [("/data?", None)] * 2, f"a profile is used once: {asked}"
    assert not any(path == "/favicon.ico" for path, *_ in servers.asked["site"]), "nobody sees icons"
    print(f"private addresses are asked in none of {len(ways)} ways, and in all where that is allowed")

    left = broken_off([program, "check", servers.url("/never"), "--original", "original.html", "--no-store", "--render"], folder)
    assert not left, f"whoever ends vidimus ends its browser: {left}"
    print("a browser ends with whoever started it")

    capture = ["capture", servers.url("/shell"), servers.url("/styled"), "--render"]
    done = run(*capture, "--store", "store", "--output", "pages.warc.gz")
    assert done.returncode == 0, done
    done = run(*capture, "--no-store", "--output", "pages.wacz")
    assert done.returncode == 0, done
    offline = ["check", servers.url("/shell"), "--original", "original.html", "--store", "store", "--offline", "--format", "json"]
    first, again = run(*offline, "--render"), run(*offline, "--render", env={"CHROMIUM": "/nowhere"})
    assert report(first, 0)["verdict"] == "verbatim" and first.stdout == again.stdout, first
    assert report(run(*offline), 1)["verdict"] == "undetermined"
    text = gzip.decompress((folder / "pages.warc.gz").read_bytes()).decode()
    assert text.count("WARC-Type: conversion\r\n") == 2 and text.count("WARC-Type: response\r\n") == 2, text
    for judge in judges:
        validate = ["validate", "-f", "pages.wacz"] if Path(judge).name == "wacz" else ["check", "-v", "pages.warc.gz"]
        done = subprocess.run([judge, *validate], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, (judge, done)
        assert Path(judge).name == "wacz" or done.stdout.count("digest pass") == done.stdout.count("WARC-Record-ID"), done.stdout
        print(f"{Path(judge).name} accepts an archive with renderings")
    shutil.rmtree(folder)
    print("everything rendered is as it should be")


main(os.path.abspath(sys.argv[1]), [os.path.abspath(judge) for judge in sys.argv[2:]])
