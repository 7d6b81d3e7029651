"""A timestamp authority on loopback for tests/referees/seal.sh: each query is answered by `openssl ts`.

    python3 tsa.py FOLDER PORTFILE

FOLDER holds tsa.cnf, tsa.pem and tsa.key. The port is written into PORTFILE once it listens. Ends when its parent does.
"""

import http.server
import os
import subprocess
import sys
import threading
import time

folder, port_file = sys.argv[1:]


class Authority(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = os.path.join(folder, "query.tsq")
        with open(query, "wb") as file:
            file.write(self.rfile.read(int(self.headers["content-length"])))
        reply = "openssl ts -reply -config tsa.cnf -queryfile query.tsq -signer tsa.pem -inkey tsa.key -out answer.tsr".split()
        subprocess.run(reply, cwd=folder, check=True, capture_output=True)
        with open(os.path.join(folder, "answer.tsr"), "rb") as file:
            answer = file.read()
        self.send_response(200)
        self.send_header("content-type", "application/timestamp-reply")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


def end_with(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
with open(port_file + ".new", "w", encoding="ascii") as file:
    file.write(str(server.server_port))
os.rename(port_file + ".new", port_file)
server.serve_forever()
