"""ASGI middleware: every response says `Connection: close`, so that no client stays with a pod that is leaving.

vllm serve ... --middleware close_connections.CloseConnections    (this file's folder on PYTHONPATH)

With DRAIN_MARKER set to a path, only responses that begin while that file exists say so.
"""
import os


class CloseConnections:
    def __init__(self, app):
        self.app = app
        self.marker = os.environ.get("DRAIN_MARKER")

    async def __call__(self, scope, receive, send):
        async def send_closing(message):
            if message["type"] == "http.response.start" and (not self.marker or os.path.exists(self.marker)):
                headers = [h for h in message.get("headers", []) if h[0].lower() != b"connection"]
                message = {**message, "headers": [*headers, (b"connection", b"close")]}
            await send(message)

        await self.app(scope, receive, send_closing if scope["type"] == "http" else send)
