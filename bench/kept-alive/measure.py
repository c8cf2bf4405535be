#!/usr/bin/env python3
"""What a drain loses when clients keep their connections: see README.md. Standard library only, Linux, root.

  measure.py --prestop prestop.json [options] -- vllm serve MODEL --served-model-name m --port 8000 ...
"""
import argparse
import http.client
import json
import os
import random
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time

HOST = "127.0.0.1"
IN_FLIGHT = ["vllm:num_requests_running", "vllm:num_requests_waiting"]


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--name", default="run", help="first word of the report and of the log's file name")
    p.add_argument("--prestop", required=True, help="JSON file: the preStop command as an array")
    p.add_argument("--marker", default="", help="drain marker that the preStop command touches")
    p.add_argument("--delay", type=int, default=5)
    p.add_argument("--deadline", type=int, default=30, help="counted from the end of the delay")
    p.add_argument("--grace", type=int, help="SIGKILL at this second (delay + deadline + 5)")
    p.add_argument("--propagation", type=float, default=3, help="from this second on a new connection goes to another pod")
    p.add_argument("--port", type=int, default=8000)
    p.add_argument("--model", default="m")
    p.add_argument("--clients", type=int, default=4, help="every second one streams")
    p.add_argument("--seconds", default="2-6", help="how long a request takes")
    p.add_argument("--pause", default="0", help="between two requests of a client, each 0.8 to 1.2 of it; 1,6,3: rehearse them all, drain with the last")
    p.add_argument("--fresh", action="store_true", help="a new connection for each request")
    p.add_argument("--lead", type=float, default=8, help="clients run this long before the deletion")
    p.add_argument("--rehearse", type=int, default=0, help="run the preStop command this often per pause first, without a deletion")
    p.add_argument("--ready-timeout", type=float, default=400)
    p.add_argument("--out", default="results")
    p.add_argument("command", nargs="+")
    a = p.parse_args()
    a.pauses = [float(x) for x in a.pause.split(",")]
    a.grace = a.grace or a.delay + a.deadline + 5
    return a


class Pod:
    """The server as PID 1 of its own PID namespace; its preStop command runs inside, as a kubelet's exec does."""

    def __init__(self, a):
        self.a, self.killed, self.exited = a, False, None
        os.makedirs(a.out, exist_ok=True)
        self.log = os.path.join(a.out, a.name + ".log")
        open(self.log, "wb").close()
        with open(self.log, "ab") as log:  # appending, as the hook does
            self.outer = subprocess.Popen(
                ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "--", *a.command],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self.pid1 = None
        while self.pid1 is None and self.outer.poll() is None:
            with open(f"/proc/{self.outer.pid}/task/{self.outer.pid}/children") as f:
                self.pid1 = next((int(x) for x in f.read().split()), None)
            time.sleep(0.05)

    def wait_until_ready(self):
        end = time.monotonic() + self.a.ready_timeout
        while time.monotonic() < end and self.outer.poll() is None:
            try:
                if get(self.a.port, "/health")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.5)
        sys.exit(f"not ready, see {self.log}")

    def prestop(self, delay):
        """The arguments after the hook's name are ours, so that one file serves every delay and deadline."""
        a = self.a
        with open(a.prestop) as f:
            argv = json.load(f)
        argv[4:] = [a.marker, str(delay), str(a.deadline), f"http://{HOST}:{a.port}/metrics", *IN_FLIGHT]
        if a.marker and os.path.exists(a.marker):
            os.remove(a.marker)
        subprocess.run(["nsenter", "-t", str(self.pid1), "-p", "-m", *argv], stdin=subprocess.DEVNULL, check=False)

    def hook_lines(self):
        with open(self.log, errors="replace") as f:
            return re.findall(re.escape(argv_name(self.a)) + ": (.*)", f.read())

    def signal(self, number):
        try:
            os.kill(self.pid1, number)
        except ProcessLookupError:
            pass


def argv_name(a):
    with open(a.prestop) as f:
        return json.load(f)[3]


def get(port, path):
    c = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        c.request("GET", path, headers={"Connection": "close"})
        r = c.getresponse()
        return r.status, r.read().decode()
    except http.client.HTTPException as e:
        raise OSError(str(e)) from e
    finally:
        c.close()


class Client(threading.Thread):
    """One user: requests one after the other, on one connection while it lasts."""

    def __init__(self, number, a, rate, run):
        super().__init__(daemon=True)
        self.a, self.rate, self.run_, self.stream = a, rate, run, number % 2 == 0
        self.random, self.now = random.Random(number), None
        self.requests, self.idle_closed, self.told_to_close, self.connection = [], 0, 0, None

    def run(self):
        low, high = (float(x) for x in self.a.seconds.split("-"))
        time.sleep(self.random.random() * 2)
        while not self.run_.over.is_set():
            if self.connection is not None and select.select([self.connection.sock], [], [], 0)[0]:
                self.idle_closed += 1  # the server hung up between two requests: every client's pool looks before it reuses
                self.hang_up()
            if self.connection is None:
                if self.run_.second() >= self.a.propagation:
                    return  # the next request goes to another pod
                self.connection = http.client.HTTPConnection(HOST, self.a.port, timeout=self.a.grace + 120)
            self.one(int(self.random.uniform(low, high) * self.rate))
            if self.a.fresh:
                self.hang_up()
            if self.run_.over.wait(self.run_.pause * self.random.uniform(0.8, 1.2)):
                return

    def hang_up(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def one(self, tokens):
        r = self.now = {"stream": self.stream, "start": time.monotonic(), "last": None, "kind": None}
        self.requests.append(r)
        body = {"model": self.a.model, "prompt": "hello", "max_tokens": max(2, tokens), "ignore_eos": True, "stream": self.stream}
        text = b""
        try:
            self.connection.request("POST", "/v1/completions", json.dumps(body), {"Content-Type": "application/json"})
            response = self.connection.getresponse()
            while data := response.read1(65536):
                text, r["last"] = text + data, time.monotonic()
            response.read()  # read1 leaves a body of known length open
            finished = re.search(rb'"finish_reason":\s*"(length|stop)"', text) and (not self.stream or b"[DONE]" in text)
            if response.status != 200:
                r["kind"] = f"http-{response.status}"
            elif b'"error"' in text:
                r["kind"] = "error-in-stream"
            else:
                r["kind"] = "ok" if finished else "aborted" if b'"abort"' in text else "cut"
            if response.will_close:
                self.told_to_close += 1
                self.hang_up()
        except ConnectionRefusedError:
            r["kind"] = "refused"
        except (OSError, http.client.HTTPException):
            r["kind"] = "cut" if text else "unanswered"
        if r["kind"] in ("refused", "cut", "unanswered"):
            self.hang_up()
        r["end"], self.now = time.monotonic(), None


class Run:
    def __init__(self, a):
        self.over, self.deleted, self.pause = threading.Event(), None, a.pauses[0]

    def second(self):
        return -1.0 if self.deleted is None else time.monotonic() - self.deleted


def calibrate(a):
    """Tokens a second of one request while as many run as there are clients."""
    def one(tokens):
        c = http.client.HTTPConnection(HOST, a.port, timeout=300)
        c.request("POST", "/v1/completions", json.dumps({"model": a.model, "prompt": "hi", "max_tokens": tokens, "ignore_eos": True}),
                  {"Content-Type": "application/json"})
        c.getresponse().read()
        c.close()
    one(8)
    start = time.monotonic()
    threads = [threading.Thread(target=one, args=(80,)) for _ in range(a.clients)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return 80 / (time.monotonic() - start)


def rehearse(a, pod, run, clients):
    start = time.monotonic()
    pod.prestop(0)
    took, busy = time.monotonic() - start, sum(c.now is not None for c in clients)
    return f"pause {run.pause:g} s: {pod.hook_lines()[-1]}; took {took:.1f} s, {busy} in flight at its end"


def drain(a, pod, run):
    """Deletion, preStop, SIGTERM, SIGKILL at the grace; returns the second of SIGTERM."""
    run.deleted = time.monotonic()
    hook = threading.Thread(target=pod.prestop, args=(a.delay,), daemon=True)
    hook.start()
    hook.join(a.grace)
    term = time.monotonic()
    pod.signal(signal.SIGTERM)
    while pod.outer.poll() is None:
        if run.second() > a.grace and not pod.killed:
            pod.killed = True
            pod.signal(signal.SIGKILL)
        time.sleep(0.01)
    pod.exited = time.monotonic()
    return term


def main():
    a = arguments()
    with socket.socket() as s:
        if s.connect_ex((HOST, a.port)) == 0:
            sys.exit(f"port {a.port} is in use")
    pod, run = Pod(a), Run(a)
    report = {"name": a.name, "command": " ".join(a.command)}
    try:
        pod.wait_until_ready()
        rate = calibrate(a)
        clients = [Client(i, a, rate, run) for i in range(a.clients)]
        for c in clients:
            c.start()
        report["rehearsals"] = []
        for run.pause in a.pauses:
            time.sleep(a.lead)
            report["rehearsals"] += [rehearse(a, pod, run, clients) for _ in range(a.rehearse)]
        term = drain(a, pod, run)
        time.sleep(2)
        run.over.set()
        for c in clients:
            c.join(10)
        report.update(summary(a, pod, run, clients, term))
    finally:
        pod.signal(signal.SIGKILL)
    print(json.dumps(report, indent=1))
    with open(os.path.join(a.out, a.name + ".json"), "w") as f:
        json.dump(report, f, indent=1)


def summary(a, pod, run, clients, term):
    second = lambda t: None if t is None else round(t - run.deleted, 1)
    seen = [r for c in clients for r in c.requests if r.get("end", 1e18) > run.deleted]
    kinds, lost = {}, []
    for r in seen:
        kind = r["kind"] or "unfinished"
        # silent from SIGTERM until the process was gone
        if kind in ("cut", "unanswered") and r["end"] - max(r["start"], term) > 2 and (r["last"] or 0) < term + 1:
            kind = "hung, then " + kind
        kinds[kind] = kinds.get(kind, 0) + 1
        if kind != "ok":
            lost.append(f"{'stream' if r['stream'] else 'plain'} {kind}: {second(r['start'])}..{second(r.get('end'))} s")
    lengths = sorted(r["end"] - r["start"] for c in clients for r in c.requests if r["kind"] == "ok")
    return {
        "requests from the deletion on": len(seen), "kinds": kinds, "lost": lost[:30],
        "longest request seen": round(lengths[-1], 1) if lengths else None,
        "told to close": sum(c.told_to_close for c in clients),
        "closed while idle": sum(c.idle_closed for c in clients),
        "last request sent at": max((second(r["start"]) for r in seen), default=None),
        "hook": pod.hook_lines()[-1:], "SIGTERM at": second(term), "exit at": second(pod.exited),
        "killed": pod.killed, "exit code": pod.outer.returncode,
    }


if __name__ == "__main__":
    main()
