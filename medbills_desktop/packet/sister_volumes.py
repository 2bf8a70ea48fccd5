"""The other volumes of a packet, where they lie beside the one that is verified: are they there, and the right ones?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf

from medbills_desktop.packet import seal
from medbills_desktop.packet.manifest import joined_digest
from medbills_desktop.packet.verification import read_manifest
from medbills_desktop.packet.volumes import volume_path


def examine_sisters(path: Path) -> tuple[list[str], list[str]]:
    """What is wrong with the volumes beside one, and what is worth knowing; two empty lists for a packet in one file.

    A volume that is not there is no fault: each can be given away alone. One that lies there under the name of a sister
    and is another file is. Sisters are looked for by their names, so a volume that was renamed is alone.
    """
    own = _manifest(path)
    if own is None or "volume" not in own:
        return [], []
    number, volumes = own["volume"], own["volumes"]
    of = len(volumes)
    notes = [f"This is volume {number} of {of}, pages {_pages(volumes[number - 1])}."]
    faults: list[str] = []
    out = _whole_name(path, number, of)
    for each in volumes:
        if each["number"] == number:
            continue
        which = f"Volume {each['number']} of {of} (pages {_pages(each)})"
        sister = None if out is None else volume_path(out, each["number"], of)
        if sister is None or not sister.is_file():
            notes.append(f"{which} does not lie beside it, and was not looked at.")
        elif not _is_sister(_manifest(sister), own, each):
            faults.append(f"{which}: the file beside it, “{sister.name}”, is not the one that was made with it.")
        elif not seal.seal_holds(sister):
            faults.append(f"{which}: the file beside it, “{sister.name}”, was changed; verify it, too.")
        else:
            notes.append(f"{which} lies beside it and is as it was made.")
    return faults, notes


def _is_sister(found: dict[str, Any] | None, own: dict[str, Any], each: dict[str, Any]) -> bool:
    return (
        found is not None
        and found.get("packet_id") == own["packet_id"]
        and found.get("volume") == each["number"]
        and joined_digest(found["page_sha256"]) == each["pages_sha256"]
    )


def _manifest(path: Path) -> dict[str, Any] | None:
    """What a file says of itself, nothing where it is no whole packet."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            content = read_manifest(pdf)
    except (pikepdf.PdfError, OSError, RuntimeError, ValueError, TypeError, LookupError, AttributeError):
        return None
    return content if isinstance(content, dict) else None


def _whole_name(path: Path, number: int, of: int) -> Path | None:
    """The name that the packet would have in one file, where a volume still bears the name that it was given."""
    ending = volume_path(Path(f"x{path.suffix}"), number, of).stem[1:]
    if not path.stem.endswith(ending):
        return None
    return path.with_name(path.stem.removesuffix(ending) + path.suffix)


def _pages(volume: dict[str, Any]) -> str:
    return f"{volume['first_page']} to {volume['last_page']}"
