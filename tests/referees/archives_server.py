"""A web server on loopback with one page in every dress; writes its port into the file that it is given."""

import gzip
import http.server
import os
import sys

PAGE = (
    "<!doctype html><html><head><title>Release</title></head><body>"
    "<p>Ministers met in the capital on Monday. They will continue their talks in May.</p></body></html>"
).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/old":
            self.answer(302, b"moved", {"Location": "/plain", "Set-Cookie": "session=secret"})
        elif path == "/packed":
            self.answer(200, gzip.compress(PAGE, mtime=0), {"Content-Encoding": "gzip"})
        elif path == "/chunked":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for start in range(0, len(PAGE), 50):
                piece = PAGE[start : start + 50]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        elif path == "/empty-type":
            self.answer(200, PAGE, {}, media_type=None)
        else:
            self.answer(200, PAGE, {"Set-Cookie": "session=secret"})

    def answer(self, status, body, headers, media_type="text/html; charset=utf-8"):
        self.send_response(status)
        if media_type and status == 200:
            self.send_header("Content-Type", media_type)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
