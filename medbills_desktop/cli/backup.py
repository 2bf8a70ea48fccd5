"""`medbills backup` and `medbills restore`: a whole library to one file and back, proved both ways."""

from __future__ import annotations

import argparse
from pathlib import Path

from medbills_desktop.cli.command_line import DONE, CommandLine, out_argument
from medbills_desktop.store.backup_file import restore_backup, write_backup_file


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    out_argument(parser, "the backup to write; a file that is there is never overwritten")


def _backup(asked: argparse.Namespace) -> int:
    manifest = write_backup_file(asked.library, asked.out)
    print(f"{asked.out}: proved, with {len(manifest.papers)} papers.")
    if manifest.missing:
        print(f"Not in it: {len(manifest.missing)} papers whose bytes the library lost; medbills verify names them.")
    return DONE


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, metavar="BACKUP", help="a backup file, or one of the automatic backups")


def _restore(asked: argparse.Namespace) -> int:
    manifest = restore_backup(asked.backup, asked.library)
    print(f"{asked.library}: restored and proved, as of {manifest.made_at[:16].replace('T', ' ')} UTC.")
    return DONE


BACKUP = CommandLine(_backup_arguments, _backup)
RESTORE = CommandLine(_restore_arguments, _restore)
