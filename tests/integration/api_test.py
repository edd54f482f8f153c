#!/usr/bin/env python3
"""The JSON interface over sockets, as other programs use it: HTTPS to a server of the finished program."""
import http.server
import hashlib
import hmac
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

PROGRAM = os.environ["CONVENE_PROGRAM"]
PATIENCE = 20  # seconds for anything
SECRET = "between you and me"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, done):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if done():
            return
        time.sleep(0.05)
    sys.exit(f"FAILED: {what}")


def expect(what, condition):
    if not condition:
        sys.exit(f"FAILED: {what}")
    print(f"ok      {what}")


class Hook(http.server.BaseHTTPRequestHandler):
    """Takes webhooks; refuses the first, to see it come again."""
    seen = []
    refused = 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if Hook.refused == 0:
            Hook.refused = 1
            self.send_response(500)
        else:
            Hook.seen.append((dict(self.headers), body))
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Api:
    def __init__(self, port):
        self.base = f"https://127.0.0.1:{port}/api/v1"
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE

    def open(self, method, path, body=None, token=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method)
        if token:
            request.add_header("Authorization", "Bearer " + token)
        return urllib.request.urlopen(request, context=self.context, timeout=PATIENCE)

    def __call__(self, method, path, body=None, token=None):
        try:
            with self.open(method, path, body, token) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else {}
        except urllib.error.HTTPError as problem:
            assert problem.headers["Content-Type"].startswith("application/problem+json"), problem.headers
            return problem.code, json.loads(problem.read())


def next_standing(stream):
    for line in stream:
        if line.startswith(b"data:"):
            return json.loads(line[5:])
    sys.exit("FAILED: the stream of events is over")


def run(folder):
    hooks = http.server.HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=hooks.serve_forever, daemon=True).start()
    secret = os.path.join(folder, "secret")
    with open(secret, "w") as file:
        file.write(SECRET + "\n")
    data, port = os.path.join(folder, "data"), free_port()
    server = subprocess.Popen([PROGRAM, "serve", "--listen", "127.0.0.1:0", "--web-listen", f"127.0.0.1:{port}", "--data", data,
                               "--web-webhooks", f"http://127.0.0.1:{hooks.server_port}/hook?key=1",
                               "--web-webhook-secret-file", secret],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        api = Api(port)
        token_file = os.path.join(data, "admin-token")

        def is_up():
            try:
                return api("GET", "/server")[0] == 200
            except (OSError, urllib.error.URLError):
                return False

        until("the server comes up", is_up)
        expect("the administrators' token is for its owner alone", os.stat(token_file).st_mode & 0o777 == 0o600)
        with open(token_file) as file:
            admin = file.readline().strip()

        status, made = api("POST", "/conferences", {"name": "Garden", "waitingRoom": True})
        expect("a conference is made", status == 201)
        status, olga = api("POST", "/conferences/Garden/entries", {"name": "Olga", "invitation": made["owner"]})
        expect("its owner comes in", status == 201 and olga["standing"]["right"] == "moderate")
        status, eve = api("POST", "/conferences/Garden/entries", {"name": "Eve"})
        expect("others wait", eve["standing"]["state"] == "waiting")
        with api.open("GET", f"/entries/{eve['id']}/events", token=eve["token"]) as stream:
            expect("the stream begins with how one stands", next_standing(stream)["state"] == "waiting")
            status, _ = api("POST", f"/conferences/Garden/waiting/{eve['id']}/admit", token=olga["token"])
            expect("the owner lets them in", status == 204)
            expect("and they learn of it", next_standing(stream)["state"] == "admitted")
        status, ticket = api("POST", f"/entries/{eve['id']}/ticket", token=eve["token"])
        expect("then there is a ticket", status == 200 and len(ticket["ticket"]) == 43)
        status, problem = api("DELETE", "/conferences/Garden", token=eve["token"])
        expect("who does not moderate ends nothing", status == 403 and problem["code"] == "forbidden")
        expect("a wrong token opens nothing", api("GET", "/admin/status", token="wrong")[0] == 401)
        expect("the right one does", api("GET", "/admin/status", token=admin)[0] == 200)
        expect("what is no JSON is said to be none", api("POST", "/conferences", "x")[1]["code"] == "invalid")

        done = subprocess.run([PROGRAM, "admin", "invite", "Garden", "--right", "view", "--uses", "1", "--expires", "1d",
                               "--socket", os.path.join(data, "admin.sock"), "--json"], capture_output=True, text=True,
                              timeout=PATIENCE)
        invited = json.loads(done.stdout)
        status, bob = api("POST", "/conferences/Garden/entries", {"name": "Bob", "invitation": invited["secret"]})
        expect("an invitation from the command line counts", status == 201 and bob["standing"]["right"] == "view")
        status, problem = api("POST", "/conferences/Garden/entries", {"name": "Bo", "invitation": invited["secret"]})
        expect("once", status == 403 and problem["code"] == "usedUp")

        def told(event, conference):
            return [each for each in Hook.seen
                    if json.loads(each[1])["event"] == event and json.loads(each[1])["conference"] == conference]

        until("the webhook is told", lambda: told("created", "Garden") and told("created", "lobby"))
        headers, body = told("created", "Garden")[0]
        stamp, code = (part.split("=")[1] for part in headers["Convene-Signature"].split(","))
        wanted = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        expect("with a signature", hmac.compare_digest(code, wanted) and headers["Convene-Event"] == "created")
        expect("also after it has refused", Hook.refused == 1)
        api("DELETE", "/conferences/Garden", token=olga["token"])
        until("the webhook is told of the end", lambda: told("ended", "Garden"))
    finally:
        server.terminate()
        server.wait(PATIENCE)
    expect("the server stops cleanly", server.returncode == 0)


with tempfile.TemporaryDirectory() as temporary:
    run(temporary)
