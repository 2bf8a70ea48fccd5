"""Recordings are known by their first bytes; what is no sound is not taken for one."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest

from medbills_desktop.papers.sniffing import kind_of
from medbills_desktop.papers.sounds import SUFFIXES, kind_of_sound, kind_of_sound_file

HEADS = {
    b"ID3\x04\0\0": "audio/mpeg",
    b"\xff\xfb\x90\x64": "audio/mpeg",
    b"\xff\xf3\x40\xc4": "audio/mpeg",
    b"\xff\xf1\x50\x80": "audio/aac",
    b"\xff\xf9\x50\x80": "audio/aac",
    b"\0\0\0\x1cftypM4A \0\0\0\0": "audio/mp4",
    b"\0\0\0\x18ftypmp42\0\0\0\0": "audio/mp4",
    b"\0\0\0\x18ftyp3gp4\0\0\0\0": "audio/mp4",
    b"OggS\0\x02": "audio/ogg",
    b"fLaC\0\0": "audio/flac",
    b"#!AMR\n": "audio/amr",
    b"FORM\0\0\0\0AIFF": "audio/aiff",
    b"caff\0\x01": "audio/x-caf",
    b".snd\0\0": "audio/basic",
    b"\x1a\x45\xdf\xa3\x9f": "audio/webm",
}
OTHERS = (
    b"",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"%PDF-1.7\n",
    b"\xff\xd8\xff\xe0\0\x10JFIF",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\0\0\0\0WEBPVP8 ",
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "Notes of the call".encode("utf-16"),
    b"<!doctype html><html>",
    b"MZ\x90\0",
    b"PK\x03\x04",
    bytes(64),
)


@pytest.mark.parametrize(("head", "kind"), HEADS.items())
def test_a_recording_is_known_by_its_first_bytes(head: bytes, kind: str) -> None:
    assert kind_of_sound(head) == kind
    assert SUFFIXES[kind].startswith(".")


@pytest.mark.parametrize("head", OTHERS)
def test_what_is_no_sound_is_not_taken_for_one(head: bytes) -> None:
    assert kind_of_sound(head) is None


def test_a_paper_is_never_a_recording_too() -> None:
    for head in OTHERS[3:8]:
        assert kind_of(head)
        assert kind_of_sound(head) is None


def test_a_real_wave_file_is_a_recording(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    path = tmp_path / "call.bin"
    path.write_bytes(buffer.getvalue())
    assert kind_of_sound_file(path) == "audio/wav"
