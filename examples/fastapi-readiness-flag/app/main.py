"""A FastAPI service that says goodbye before it stops listening: SIGTERM turns /healthz to 503, and for
CDK8S_GRACEFUL_QUIET_SECONDS everything else is served as before, so that no traffic source is surprised by a closed
port. Every response of that time closes its connection, so that no client stays. Then uvicorn's own shutdown begins, which closes the port and lets the requests in flight finish.

Run it as the only process of the container: uvicorn main:app --host 0.0.0.0 --port 8000
"""

import asyncio
import os
import signal
from contextlib import asynccontextmanager

from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse

QUIET_SECONDS = float(os.environ.get("CDK8S_GRACEFUL_QUIET_SECONDS", "0"))


@asynccontextmanager
async def lifespan(app: FastAPI):
    # Here and not at import: uvicorn installs its handlers after the import and before the lifespan.
    uvicorn_handler = signal.getsignal(signal.SIGTERM)
    loop = asyncio.get_running_loop()

    def on_sigterm(signum, frame):
        if not app.state.draining:
            app.state.draining = True
            loop.call_soon_threadsafe(loop.call_later, QUIET_SECONDS, uvicorn_handler, signum, frame)

    signal.signal(signal.SIGTERM, on_sigterm)
    yield


app = FastAPI(lifespan=lifespan)
app.state.draining = False


class CloseConnectionsWhileDraining:
    """Pure ASGI: it must not hold back the parts of a stream."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_closing(message):
            if message["type"] == "http.response.start" and scope["app"].state.draining:
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        await self.app(scope, receive, send_closing if scope["type"] == "http" else send)


app.add_middleware(CloseConnectionsWhileDraining)


@app.get("/healthz")
async def healthz():
    return Response(status_code=503 if app.state.draining else 200)


@app.get("/slow")
async def slow(seconds: float = 1):
    await asyncio.sleep(seconds)
    return {"slept": seconds}


@app.get("/stream")
async def stream(seconds: int = 1):
    async def events():
        for second in range(seconds):
            yield f"data: {second}\n\n"
            await asyncio.sleep(1)
        yield "data: [DONE]\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")
