"""The markup of letters: every text comes through, every look comes back, and legacy text means itself."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from medbills_desktop.domain.letter_markup import Block, Run, blocks_of, escaped, list_mark, marked, plain_text, runs_of

PIECES = st.lists(
    st.sampled_from(
        ["[b]", "[/b]", "[i]", "[/i]", "\\", "[", "]", "/", "b", "i", "*", "_", "<b>", "•", "1. ", "ä", " "]
    ),
    max_size=14,
).map("".join)
RUNS = st.lists(st.builds(Run, PIECES, st.booleans(), st.booleans()), max_size=6)


@given(PIECES | st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",))))
@example("**LATE CHARGE** 5*3 _x_ \\ <b>&</b> [your name]")
def test_escaped_text_reads_as_itself(text: str) -> None:
    assert plain_text(escaped(text)) == text
    assert runs_of(escaped(text)) == ((Run(text),) if text else ())


@given(RUNS)
def test_looks_come_back_from_the_markup(runs: list[Run]) -> None:
    signs = [(sign, run.bold, run.italic) for run in runs for sign in run.text]
    assert [(sign, run.bold, run.italic) for run in runs_of(marked(runs)) for sign in run.text] == signs


@given(PIECES)
def test_what_was_read_once_is_stable(line: str) -> None:
    assert runs_of(marked(runs_of(line))) == runs_of(line)


def test_text_without_tags_means_itself() -> None:
    for text in ("**bold?**", "a * b * c", "\\[x]", "C:\\bills", "snake_case_", "[b", "b]"):
        assert runs_of(text) == (Run(text),)


def test_bold_and_italic_within_a_line_and_across_each_other() -> None:
    assert runs_of("a [b]b[/b] c") == (Run("a "), Run("b", bold=True), Run(" c"))
    assert runs_of("[b]x[i]y[/b]z[/i]") == (Run("x", True), Run("y", True, True), Run("z", False, True))


def test_a_tag_without_a_partner_or_around_nothing_is_text() -> None:
    for text in ("[b]alone", "alone[/b]", "[/b]turned[b]", "[b][/b]", "[b][i][/b][/i]"):
        assert "".join(run.text for run in runs_of(text)) == text


def test_paragraphs_items_and_free_lines() -> None:
    body = (
        "Dear office,\nhello.\n\nTwo things:\n• one\n  more\n• two\n\n1. [b]Why[/b]?\nAnd how?\n\nSincerely,\n\n\n\nAna"
    )
    assert blocks_of(body) == (
        Block("", ((Run("Dear office,"),), (Run("hello."),))),
        Block("", ((Run("Two things:"),),), tight=True),
        Block("•", ((Run("one"),), (Run("  more"),)), tight=True),
        Block("•", ((Run("two"),),)),
        Block("1.", ((Run("Why", bold=True), Run("?")), (Run("And how?"),))),
        Block("", ((Run("Sincerely,"),),), free=2),
        Block("", ((Run("Ana"),),)),
    )


def test_a_bold_item_is_an_item() -> None:
    assert blocks_of("[b]2. Both[/b]")[0] == Block("2.", ((Run("Both", bold=True),),))
    assert list_mark("12. x") == ("12.", 4)
    assert list_mark("- x") == ("", 0)
    assert list_mark("3.5 hours") == ("", 0)


@given(st.lists(PIECES, max_size=8).map("\n".join))
def test_every_sign_stands_in_a_block(body: str) -> None:
    shown = "".join(
        f"{block.mark}{''.join(run.text for runs in block.lines for run in runs)}" for block in blocks_of(body)
    )
    assert "".join(shown.split()) == "".join(plain_text(body).split())
