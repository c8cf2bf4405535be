import asyncio

import bentoml
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@bentoml.service(traffic={"timeout": 300})
@bentoml.asgi_app(app)
class Service:
    @app.get("/slow")
    async def slow(self, seconds: float = 0):
        await asyncio.sleep(seconds)
        return "done"

    @app.get("/stream")
    async def stream(self, seconds: float = 0):
        async def parts():
            for _ in range(int(seconds * 2)):
                yield "data: part\n\n"
                await asyncio.sleep(0.5)
            yield "data: [DONE]\n\n"

        return StreamingResponse(parts(), media_type="text/event-stream")
