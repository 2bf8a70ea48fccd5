"""What the worker process takes away from itself before it opens a paper that may be hostile.

Measured on PDFs that nest forms without end or expand to gigabytes: memory and processor limits end them,
where waiting would not. The limits exist on Linux and macOS; on Windows the asker's timer is the only one.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

ADDRESS_SPACE = 1_500_000_000
"""Bytes of address space; enough for a 200-megapixel photograph and the libraries, too little to swap a
machine."""

OPEN_FILES = 64


def confine() -> None:
    """Limit memory, files and traces, for good. Files can be read but none can be written, not even enlarged."""
    os.umask(0o077)
    resource = _resource()
    if resource is None:
        return
    _lower(resource, resource.RLIMIT_CORE, 0)
    _lower(resource, resource.RLIMIT_FSIZE, 0)
    _lower(resource, resource.RLIMIT_NOFILE, OPEN_FILES)
    if sys.platform == "linux":  # macOS does not keep RLIMIT_AS, and counts shared system libraries
        _lower(resource, resource.RLIMIT_AS, ADDRESS_SPACE)


def allow_processor_seconds(seconds: float) -> None:
    """From now on the process may use `seconds` of processor time; it is ended by the system when they are
    used up.

    Called before each request. Waiting costs nothing, so a busy machine does not end a worker early.
    """
    resource = _resource()
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def refuse_writes_and_network() -> None:
    """A second lock for Python's own calls: no file opened for writing, no program started, no socket."""
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork")):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise PermissionError(event)


def _resource() -> Any:
    try:
        return importlib.import_module("resource")
    except ImportError:
        return None


def _lower(resource: Any, what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))
