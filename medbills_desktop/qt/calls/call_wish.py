"""A call that somebody asks for from another page: about which bill, with whom, what to ask, and what to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallWish:
    """What the call panel begins with. `organization` is a name; without one it is that of the purpose, or the biller.

    Without a bill it is about none in particular. `purpose` picks a script of `domain/call_scripts.py`,
    which also says what to ask where `asked` is empty; `script` are other lines to say. Neither is kept.
    """

    bill_id: int | None
    organization: str = ""
    asked: str = ""
    script: tuple[str, ...] = ()
    claim_ids: tuple[int, ...] = ()
    purpose: str = ""
