"""Servers in a thread that take what the product sends and say what arrived."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wechat import NotifyWeChat

from office.outbox import robots

TAKEN = {"errcode": 0, "code": 0, "access_token": "of the application", "expires_in": 7200}


@dataclass
class Sink:
    """`arrived`: path and content of each request; `answer` is what the next ones are told, None: the line is cut."""

    address: str = ""
    arrived: list[tuple[str, Any]] = field(default_factory=list)
    answer: dict | None = field(default_factory=lambda: dict(TAKEN))

    @property
    def texts(self) -> list[str]:
        """What was said, wherever the service puts it."""
        bodies = [body for _path, body in self.arrived if body]
        return [(body.get("text") or body["content"])["content" if "text" in body else "text"] for body in bodies]


@contextmanager
def http_sink() -> Iterator[Sink]:
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.take(None)

        def do_POST(self) -> None:
            self.take(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def take(self, body: Any) -> None:
            sink.arrived.append((self.path, body))
            if sink.answer is None:
                self.close_connection = True
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(sink.answer).encode())

        def log_message(self, *_args: Any) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sink.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def robot_sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """Takes what is meant for the services of groups, and for the WeCom application."""
    with http_sink() as sink:
        monkeypatch.setattr(robots.WeComRobot, "notify_url", f"{sink.address}/wecombot?key={{key}}")
        monkeypatch.setattr(robots.DingTalkRobot, "notify_url", f"{sink.address}/dingtalk?access_token={{token}}")
        monkeypatch.setattr(NotifyFeishu, "notify_url", f"{sink.address}/feishu/{{token}}")
        monkeypatch.setattr(NotifyWeChat, "notify_url", f"{sink.address}/wecom/send")
        monkeypatch.setattr(NotifyWeChat, "token_url", f"{sink.address}/wecom/token")
        robots.application.cache_clear()
        yield sink
        robots.application.cache_clear()
