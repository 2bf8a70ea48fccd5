"""The vault: bytes as received, once, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from medbills_desktop.domain.errors import UserError
from medbills_desktop.store import vault as room
from medbills_desktop.store.vault import BLOCK, Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def files(vault: Vault) -> list[str]:
    return [path.name for path in vault.all_files()]


def nothing_coming_in(folder: Path) -> bool:
    return not list((folder / "vault" / "incoming").iterdir())


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_the_bytes_are_kept_as_received_under_their_hash(vault: Vault, size: int) -> None:
    data = os.urandom(size)
    held = vault.take(io.BytesIO(data))
    assert (held.sha256, held.size, held.known) == (hashlib.sha256(data).hexdigest(), size, False)
    assert vault.path(held.sha256).read_bytes() == data
    assert vault.fault(held.sha256) is None


def test_bytes_are_synced_before_they_get_their_name_and_the_name_before_they_are_told_as_held(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut would find: never a name without its bytes, never a row for a name that is not on the disk."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("which file is synced can be seen on Linux only")
    did: list[tuple[str, str]] = []
    sync, rename, folder = os.fsync, os.replace, tmp_path / "vault"

    def place(path: Path) -> str:
        first = path.relative_to(folder).parts[:1]
        return first[0] if first else "vault"

    def synced(handle: int) -> None:
        did.append(("sync", place(Path(os.readlink(f"/proc/self/fd/{handle}")))))
        sync(handle)

    def renamed(source: Path, target: Path) -> None:
        did.append((f"rename {source.stat().st_size} bytes of {place(source)}", place(target)))
        rename(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    first = vault.take(io.BytesIO(b"letter")).sha256[:2]
    assert did == [("sync", "incoming"), ("rename 6 bytes of incoming", first), ("sync", first), ("sync", "vault")]


def test_the_same_bytes_are_kept_once(vault: Vault) -> None:
    first, second = vault.take(io.BytesIO(b"a")), vault.take(io.BytesIO(b"a"))
    assert (first.known, second.known) == (False, True)
    assert files(vault) == [first.sha256]


def test_a_damaged_original_is_replaced_when_its_bytes_come_again(vault: Vault) -> None:
    held = vault.take(io.BytesIO(b"letter"))
    path = vault.path(held.sha256)
    path.chmod(0o600)
    path.write_bytes(b"lettre")
    assert "changed or damaged" in (vault.fault(held.sha256) or "")
    assert vault.take(io.BytesIO(b"letter")).known is False
    assert path.read_bytes() == b"letter"


def test_a_cancelled_copy_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cancelled"):
        vault.take(io.BytesIO(bytes(4 * BLOCK)), lambda done: done < 2 * BLOCK)
    assert files(vault) == []
    assert nothing_coming_in(tmp_path)


def test_a_file_that_changes_while_it_is_read_is_refused_by_name(vault: Vault, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF" * 1000)

    def meddle(_done: int) -> bool:
        with scan.open("ab") as stream:
            stream.write(b"more" * BLOCK)
        return True

    with pytest.raises(UserError, match=r"“scan\.pdf” changed while it was read"):
        vault.take_file(scan, meddle)
    assert files(vault) == []
    assert nothing_coming_in(tmp_path)


def test_a_file_that_is_gone_is_refused_by_name(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“gone\.pdf” could not be read"):
        vault.take_file(tmp_path / "gone.pdf")


class Failing(io.BytesIO):
    """A stick that is pulled out while it is read."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError(5, "Input/output error")


def test_trouble_of_the_source_is_not_told_as_trouble_of_the_library(vault: Vault) -> None:
    with pytest.raises(OSError, match="Input/output"):
        vault.take(Failing())


def test_a_file_above_the_limit_is_refused(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST_BYTES", 10)
    with pytest.raises(UserError, match="larger than"):
        vault.take(io.BytesIO(bytes(11)))
    assert files(vault) == []


@pytest.mark.parametrize("name", ["", "a" * 63, "../" + "a" * 61, "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_only_a_hash_names_a_file(vault: Vault, name: str) -> None:
    assert not vault.holds(name)
    assert vault.fault(name) == "its file is missing from the vault"
    with pytest.raises(ValueError, match="SHA-256"):
        vault.path(name)


def test_sweeping_removes_what_an_interrupted_copy_left_and_no_original(vault: Vault, tmp_path: Path) -> None:
    held = vault.take(io.BytesIO(b"kept"))
    (tmp_path / "vault" / "incoming" / "half").write_bytes(b"ha")
    vault.sweep()
    assert nothing_coming_in(tmp_path)
    assert files(vault) == [held.sha256]


def test_a_vault_whose_folder_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no longer there"):
        Vault(tmp_path / "unplugged" / "vault").take(io.BytesIO(b"x"))
    assert list(tmp_path.iterdir()) == []


def test_an_original_cannot_be_written_to(vault: Vault) -> None:
    held = vault.take(io.BytesIO(b"kept"))
    assert vault.path(held.sha256).stat().st_mode & 0o777 == 0o400
