"""Work on what strangers handed in - workbooks, pictures, templates - in a child process with limits.

The child knows no secrets (a bare environment), opens no database, and dies with its time or its memory; the server
lives on. Its answers come back as JSON lines or raw bytes, never as pickles.
"""

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from threading import Timer
from typing import IO, cast

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused

ROOT = Path(__file__).resolve().parent.parent
OUT_OF_MEMORY = 41  # exit code
LARGEST_WRITTEN_FILE = 512 * 1024**2


def N_(msgid: str) -> str:
    """Marks a sentence for translation. Django's own mark needs settings, which the child does without."""
    return msgid


# What a child names by msgid; everything else it passes on as it was found.
MSGIDS = {"found", "expected", "remedy"}


class Unfit(Exception):
    """Raised in the child: what was handed in can't be used. The msgid is translated by the parent."""

    def __init__(self, msgid: str, **params):
        super().__init__(msgid)
        self.msgid, self.params = msgid, params


class TimedOut(Refused):
    """The child was stopped because its time was over."""


class OutOfMemory(Refused):
    """The child wanted more memory than it may have."""


class Broken(Refused):
    """The child failed in a way that nobody foresaw; the log has the details."""


def run_limited(function: str, payload: object, *, seconds: int, megabytes: int):
    """What the function named "package.module.name" returns for `payload`: bytes or anything that JSON can hold.

    `payload` is JSON, or bytes. Raises Refused: the sentence of an Unfit, or TimedOut, OutOfMemory, Broken.
    """
    answers = list(stream_limited(function, payload, seconds=seconds, megabytes=megabytes))
    return answers[0] if answers else None


def stream_limited(function: str, payload: object, *, seconds: int, megabytes: int) -> Generator:
    """Like `run_limited`, item by item, for a function that yields: the parent never holds more than one."""
    with (
        tempfile.TemporaryDirectory(prefix="jiedui-child-") as folder,
        handed_over(payload) as given,
        tempfile.TemporaryFile() as complaints,
        start(function, seconds, megabytes, folder, given, complaints) as process,
    ):
        clock = Timer(seconds, kill, [process])
        clock.start()
        try:
            yield from answers_of(cast(IO[bytes], process.stdout))
            code = process.wait()
        finally:
            in_time = clock.is_alive()
            clock.cancel()
            kill(process)
        judge(code, in_time, complaints)


def handed_over(payload: object) -> IO[bytes]:
    """A file rather than a pipe: a child that dies before it has read everything breaks nothing."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(b"B" + payload if isinstance(payload, bytes) else b"J" + json.dumps(payload).encode())
    file.seek(0)
    return file


def start(function: str, seconds: int, megabytes: int, folder: str, given, complaints) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "office.child", function, str(seconds), str(megabytes)],
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=complaints,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "LANG": "C.UTF-8", "TMPDIR": folder},
        start_new_session=True,
    )


def answers_of(answers: IO[bytes]) -> Iterator:
    """Each answer is a line: J and JSON, B and a length before that many bytes, U and why it is unfit."""
    while line := answers.readline():
        if line[:1] == b"B":
            yield answers.read(int(line[1:]))
        elif line[:1] == b"U":
            msgid, params = json.loads(line[1:])
            raise Refused(_(msgid) % {key: _(value) if key in MSGIDS else value for key, value in params.items()})
        elif line.endswith(b"\n"):
            yield json.loads(line[1:])


def judge(code: int, in_time: bool, complaints) -> None:
    """Turn the end of a child into a sentence."""
    if code == 0:
        return
    if not in_time or code == -signal.SIGXCPU:
        raise TimedOut(_("This file takes too long to read and was stopped. Split it or save it anew, then try again."))
    complaints.seek(0)
    details = complaints.read(20_000).decode(errors="replace")
    if code == OUT_OF_MEMORY or "MemoryError" in details or code == -signal.SIGKILL:
        raise OutOfMemory(
            _("This file needs too much memory and was stopped. Split it or save it anew, then try again.")
        )
    sys.stderr.write(details)
    raise Broken(_("This file can't be read: it is damaged or not what its name says. Save it anew, then try again."))


def kill(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


# --- In the child ---------------------------------------------------------------------------------


def limit(seconds: int, megabytes: int) -> None:
    wanted = {
        resource.RLIMIT_AS: megabytes * 1024**2,
        resource.RLIMIT_CPU: seconds + 1,
        resource.RLIMIT_FSIZE: LARGEST_WRITTEN_FILE,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):
            continue  # macOS knows no limit on address space


def send(kind: bytes, content: bytes) -> None:
    sys.stdout.buffer.write(kind + content)


def send_answer(answer: object) -> None:
    if isinstance(answer, bytes):
        send(b"B", f"{len(answer)}\n".encode() + answer)
    else:
        send(b"J", json.dumps(answer).encode() + b"\n")


def received() -> object:
    kind, raw = sys.stdin.buffer.read(1), sys.stdin.buffer.read()
    return raw if kind == b"B" else json.loads(raw)


def main(function: str, seconds: int, megabytes: int) -> int:
    limit(seconds, megabytes)
    module, _dot, name = function.rpartition(".")
    try:
        answer = getattr(importlib.import_module(module), name)(received())
        for part in answer if isinstance(answer, Iterator) else [answer]:
            send_answer(part)
    except Unfit as unfit:
        send(b"U", json.dumps([unfit.msgid, unfit.params]).encode() + b"\n")
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    # `python -m` makes this module __main__: ask for it again by its name, or its Unfit would be another class
    from office.child import main as main_of_child

    sys.exit(main_of_child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
