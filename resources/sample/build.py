"""Makes the worked sample case again: `python resources/sample/build.py [FOLDER]`.

Writes `case.json` and `documents/` into FOLDER (by default beside this script). Papers and case file come from
one set of facts in `workshop/`; with the same ReportLab and Pillow the bytes are the same every time.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from workshop.case_file import case_text  # noqa: E402
from workshop.papers import PAPERS, draw_all  # noqa: E402
from workshop.sheet import register_faces  # noqa: E402


def build(folder: Path) -> int:
    """Draw the papers, write them and the case file into `folder`, and return how many papers there are."""
    register_faces()
    drawn = draw_all()
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for paper in PAPERS:
        (documents / paper.file).write_bytes(drawn.files[paper.key])
    (folder / "case.json").write_text(case_text(drawn), encoding="utf-8", newline="\n")
    return len(PAPERS)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    print(f"{build(target)} papers and case.json in {target}")
