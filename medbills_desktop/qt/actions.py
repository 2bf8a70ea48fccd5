"""Everything that can be done from the menus: two tables, one of actions and one of menus."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: its id, its text with mnemonic, its keys, and whether it needs a library that can be written."""

    id: str
    text: str
    keys: str = ""
    writes: bool = False
    checkable: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new_library", "&New library…"),
    ActionSpec("open_library", "&Open library…", "Ctrl+O"),
    ActionSpec("open_sample", "Open the &sample case"),
    ActionSpec("import_case", "&Import a case…", "Ctrl+I", writes=True),
    ActionSpec("export_case", "E&xport everything…", "Ctrl+Shift+E"),
    ActionSpec("hand_over", "&Hand over one case…", "Ctrl+Shift+H"),
    ActionSpec("export_packet", "Export &packet…", "Ctrl+E"),
    ActionSpec("export_dates", "Export &dates…"),
    ActionSpec("back_up", "&Back up now", writes=True),
    ActionSpec("verify", "&Check that everything is whole"),
    ActionSpec("quit", "&Quit", "Ctrl+Q"),
    ActionSpec("undo", "&Undo", "Ctrl+Z", writes=True),
    ActionSpec("redo", "&Redo", "Ctrl+Shift+Z", writes=True),
    ActionSpec("find", "&Find", "Ctrl+F"),
    ActionSpec("add_bill", "Add &bill…", "Ctrl+N", writes=True),
    ActionSpec("edit_bill", "&Edit bill…", "Ctrl+B", writes=True),
    ActionSpec("edit_biller", "Edit &who sent it…", writes=True),
    ActionSpec("edit_patient", "Edit pa&tient…", writes=True),
    ActionSpec("remove_bill", "&Remove bill…", writes=True),
    ActionSpec("timeline_of_bill", "Ti&meline of this bill"),
    ActionSpec("add_statement", "Add &statement…", "Ctrl+Shift+S", writes=True),
    ActionSpec("add_eob", "Add E&OB…", "Ctrl+Shift+O", writes=True),
    ActionSpec("add_payment", "Add &payment…", "Ctrl+Shift+P", writes=True),
    ActionSpec("make_offer", "Ma&ke an offer…", "Ctrl+Shift+F", writes=True),
    ActionSpec("add_task", "Add &task…", "Ctrl+T", writes=True),
    ActionSpec("type_lines", "Type &lines", "Ctrl+K", writes=True),
    ActionSpec("take_text", "Type &from the paper", "F9", writes=True, checkable=True),
    ActionSpec("lines_from_sheet", "Lines from a sprea&dsheet…", "Ctrl+Shift+L", writes=True),
    ActionSpec("note_price", "&Note a price…", "Ctrl+D", writes=True),
    ActionSpec("log_call", "&Log a call", "Ctrl+L", writes=True),
    ActionSpec("write_letter", "&Write a letter…", "Ctrl+Shift+W", writes=True),
    ActionSpec("add_papers", "&Add papers…", "Ctrl+P", writes=True),
    ActionSpec("paste_paper", "&Paste as paper", "Ctrl+Shift+V", writes=True),
    ActionSpec("show_on_paper", "S&how line on paper", "F4"),
    ActionSpec("link_region", "&Link a region of the page", "F7", writes=True),
    ActionSpec("page_today", "&Today", "Ctrl+1"),
    ActionSpec("page_bills", "&Bills", "Ctrl+2"),
    ActionSpec("page_findings", "Fin&dings", "Ctrl+3"),
    ActionSpec("page_calls", "&Calls", "Ctrl+4"),
    ActionSpec("page_letters", "L&etters", "Ctrl+8"),
    ActionSpec("page_papers", "&Papers", "Ctrl+5"),
    ActionSpec("page_payments", "Pa&yments", "Ctrl+Shift+Y"),
    ActionSpec("page_prices", "P&rices", "Ctrl+6"),
    ActionSpec("page_codes", "C&odes", "Ctrl+0"),
    ActionSpec("page_rules", "R&ules", "Ctrl+9"),
    ActionSpec("page_timeline", "T&imeline", "Ctrl+7"),
    ActionSpec("next_area", "&Next area", "F6"),
    ActionSpec("previous_area", "Previous &area", "Shift+F6"),
    ActionSpec("viewer", "&Viewer beside", "F8", checkable=True),
    ActionSpec("detach", "Viewer in its own &window", "Shift+F8", checkable=True),
    ActionSpec("larger", "&Larger text", "Ctrl+Shift+="),
    ActionSpec("smaller", "&Smaller text", "Ctrl+Shift+-"),
    ActionSpec("dark", "Dar&k", checkable=True),
    ActionSpec("keys", "&Keyboard", "F1"),
    ActionSpec("words", "W&ords…", "Ctrl+F1"),
    ActionSpec("word_here", "What does this &mean?", "Shift+F1"),
    ActionSpec("where", "&Where my records are kept"),
    ActionSpec("about", "&About MedBills"),
)

SEPARATOR = "-"
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "&File",
        (
            "new_library",
            "open_library",
            "open_sample",
            SEPARATOR,
            "import_case",
            "export_case",
            "hand_over",
            "export_packet",
            "export_dates",
            SEPARATOR,
            "back_up",
            "verify",
            SEPARATOR,
            "quit",
        ),
    ),
    ("&Edit", ("undo", "redo", SEPARATOR, "find")),
    (
        "&Bill",
        (
            "add_bill",
            "edit_bill",
            "edit_biller",
            "edit_patient",
            "remove_bill",
            "timeline_of_bill",
            SEPARATOR,
            "add_statement",
            "add_eob",
            "add_payment",
            "make_offer",
            SEPARATOR,
            "type_lines",
            "take_text",
            "lines_from_sheet",
            "note_price",
            "show_on_paper",
        ),
    ),
    ("&Call", ("log_call", "write_letter", "add_task")),
    ("&Paper", ("add_papers", "paste_paper", SEPARATOR, "link_region")),
    (
        "&View",
        (
            "page_today",
            "page_bills",
            "page_findings",
            "page_calls",
            "page_letters",
            "page_papers",
            "page_payments",
            "page_prices",
            "page_codes",
            "page_rules",
            "page_timeline",
            SEPARATOR,
            "next_area",
            "previous_area",
            SEPARATOR,
            "viewer",
            "detach",
            SEPARATOR,
            "larger",
            "smaller",
            "dark",
        ),
    ),
    ("&Help", ("keys", "words", "word_here", SEPARATOR, "where", "about")),
)
