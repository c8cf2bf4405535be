import time
from urllib.parse import parse_qs


def app(environ, start_response):
    seconds = float(parse_qs(environ["QUERY_STRING"]).get("seconds", ["0"])[0])
    path = environ["PATH_INFO"]
    start_response("200 OK", [("Content-Type", "text/event-stream" if path == "/stream" else "text/plain")])
    if path == "/stream":
        return parts(seconds)
    if path == "/slow":
        time.sleep(seconds)
    return [b"ok"]


def parts(seconds):
    for _ in range(int(seconds * 2)):
        yield b"data: part\n\n"
        time.sleep(0.5)
    yield b"data: [DONE]\n\n"
