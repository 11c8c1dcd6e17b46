"""Folders for Unix sockets: a path in the kernel's address is at most 103 bytes long on macOS, 107 on Linux."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST = 100


def folder(preferred: Path, longest_name: str) -> Path:
    """`preferred`, or where that is too long a short folder in the temporary directory that is always the same."""
    if len(os.fsencode(preferred / longest_name)) <= LONGEST:
        return preferred
    return Path(tempfile.gettempdir()) / f"jiedui-{os.geteuid()}-{digest(preferred)}"


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def make_private(path: Path) -> None:
    """Create the folder for its owner alone; refuse one that somebody else prepared."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid != os.geteuid():
        raise PermissionError(f"{path} belongs to somebody else.")
