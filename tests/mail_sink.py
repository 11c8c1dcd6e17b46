"""A mail server in a thread, which says what arrived and can keep an answer back."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller

LONGER_THAN_ANY_TEST = 600  # seconds


class MailSink:
    """`arrived`: address and subject of each mail. While `keeps_back` is set a mail is taken, and its sender waits."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, str]] = []
        self.keeps_back = False
        self.is_kept_back = Event()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived += [(address, str(mail["subject"]).strip()) for address in envelope.rcpt_tos]
        if self.keeps_back:
            self.is_kept_back.set()
            await asyncio.sleep(LONGER_THAN_ANY_TEST)
        return "250 OK"


@contextmanager
def mail_sink() -> Iterator[tuple[MailSink, int]]:
    """The sink, and the port where it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sink = MailSink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink, port
    finally:
        controller.stop()
