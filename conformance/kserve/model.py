import asyncio
import sys

from kserve import Model, ModelServer


class Slow(Model):
    def __init__(self):
        super().__init__("slow")
        self.ready = True

    async def predict(self, payload, headers=None, response_headers=None):
        await asyncio.sleep(payload["instances"][0])
        return {"predictions": payload["instances"]}


ModelServer(http_port=int(sys.argv[1]), enable_grpc=False).start([Slow()])
