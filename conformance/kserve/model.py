import asyncio
import sys

from fastapi.responses import StreamingResponse
from kserve import Model, ModelServer
from kserve.model_server import app


class Slow(Model):
    def __init__(self):
        super().__init__("slow")
        self.ready = True

    async def predict(self, payload, headers=None, response_headers=None):
        await asyncio.sleep(payload["instances"][0])
        return {"predictions": payload["instances"]}


@app.get("/stream")
async def stream(seconds: float = 0):
    async def parts():
        for _ in range(int(seconds * 2)):
            yield "data: part\n\n"
            await asyncio.sleep(0.5)
        yield "data: [DONE]\n\n"

    return StreamingResponse(parts(), media_type="text/event-stream")


ModelServer(http_port=int(sys.argv[1]), enable_grpc=False).start([Slow()])
