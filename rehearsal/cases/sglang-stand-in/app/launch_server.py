"""A stand-in for SGLang 0.5.23, of which no build runs without an accelerator. It generates nothing, but takes SIGTERM as
python/sglang/srt/managers/tokenizer_manager.py and entrypoints/http_server.py have it: /health turns 503, new requests are served,
and when a look every 5 s finds none running any more, the server answers nothing while its schedulers end, and exits.
"""

import argparse
import asyncio
import json
import os
import signal
import time
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse

SECONDS_BETWEEN_LOOKS = 5
SCHEDULERS_SECONDS = 2
TOKENS_PER_SECOND = 4

parser = argparse.ArgumentParser()
parser.add_argument("--model-path", required=True)
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=30000)
parser.add_argument("--enable-metrics", action="store_true")
options = parser.parse_args()

running = 0
ending = False


def end():
    global ending
    ending = True


async def sigterm_watchdog():
    while not ending:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    while running > 0:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    time.sleep(SCHEDULERS_SECONDS)
    os._exit(0)


@asynccontextmanager
async def lifespan(_):
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, end)  # in place of uvicorn's
    watchdog = loop.create_task(sigterm_watchdog())
    yield
    watchdog.cancel()


app = FastAPI(lifespan=lifespan)


@app.get("/health")
async def health():
    return Response(status_code=503 if ending else 200)


@app.get("/model_info")
async def model_info():
    return {"model_path": options.model_path}


@app.get("/metrics", response_class=PlainTextResponse)
async def metrics():
    return f"sglang:num_running_reqs {running}.0\nsglang:num_queue_reqs 0.0\n"


@app.post("/v1/completions")
async def completions(request: Request):
    tokens = (await request.json())["max_tokens"]
    return StreamingResponse(stream(tokens), media_type="text/event-stream")


async def stream(tokens):
    global running
    running += 1
    try:
        for token in range(tokens):
            await asyncio.sleep(1 / TOKENS_PER_SECOND)
            yield f"data: {json.dumps({'choices': [{'text': f' {token}'}]})}\n\n"
        yield "data: [DONE]\n\n"
    finally:
        running -= 1


uvicorn.run(app, host=options.host, port=options.port, access_log=False)
