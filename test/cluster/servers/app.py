"""Ready only where an upload of more than 1 MiB, which goes to a temporary file, gets through."""

import tempfile

from fastapi import FastAPI

app = FastAPI()


@app.get("/healthz")
async def healthz():
    with tempfile.TemporaryFile() as upload:
        upload.write(b"part")
    return "ok"


@app.get("/ping")
async def ping():
    return "ok"
