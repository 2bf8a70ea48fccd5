"""The window of words, by keys and by mouse: found, read, followed and left, while the window behind stays of use."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView, QLabel, QLineEdit, QMenu, QPushButton, QToolTip, QWidget

from medbills_desktop.domain.glossary import glossary
from medbills_desktop.domain.records import Bill
from medbills_desktop.qt.bill.line_cells import BY_NAME
from medbills_desktop.qt.forms.claim_form import enter_claim
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.qt.words.asking import show_words, term_at, words_here
from medbills_desktop.qt.words.word_label import WordLabel
from medbills_desktop.qt.words.words_window import WordsWindow
from tests.support.keys import focus, press, type_text
from tests.support.widgets_seen import clipped, cut_off, reached_by_tab, settled, spoken, stops, told
from tests.support.windows import in_front, settle, wait_for


def words_in_front(window: QWidget) -> WordsWindow:
    wait_for(lambda: any(each.isVisible() for each in window.findChildren(WordsWindow)))
    found = next(each for each in window.findChildren(WordsWindow) if each.isVisible())

    def active() -> bool:
        found.activateWindow()
        return QApplication.activeWindow() is found

    wait_for(active)
    return found


def listed(found: WordsWindow) -> list[str]:
    return [found.list.item(number).text() for number in range(found.list.count())]


def read(found: WordsWindow) -> str:
    return "\n".join(each.text() for each in found.entry.findChildren(QLabel))


def money_list(window: MainWindow, name: str) -> RowsView:
    window.going.show_page("bills")
    window.bills.bill.tabs.setCurrentWidget(window.bills.bill.money)
    settle(window)
    return next(each for each in window.bills.bill.money.findChildren(RowsView) if each.accessibleName() == name)


def column_of(view: RowsView, title: str) -> int:
    return [column.title for column in view.rows_model.columns].index(title)


# The window itself


def test_a_word_is_found_read_and_followed_by_keys_alone(sample_window: MainWindow) -> None:
    press("Ctrl+F1")
    found = words_in_front(sample_window)
    assert not found.isModal()
    assert len(listed(found)) == len(glossary())
    type_text("oop max")
    assert listed(found) == ["Out-of-pocket limit  (OOP max)"]
    assert glossary()["out_of_pocket_limit"].meaning in read(found)
    assert glossary()["out_of_pocket_limit"].example in read(found)
    press("Return")
    assert focus() is found.entry
    while not (isinstance(focus(), QPushButton) and focus().property("term") == "premium"):
        press("Tab")
    press("Return")
    wait_for(lambda: found.entry.term is glossary()["premium"])
    assert found.list.currentItem().text() == "Premium"
    assert focus() is found.entry
    press("Alt+Left")
    assert found.entry.term is glossary()["out_of_pocket_limit"]
    press("Esc")
    wait_for(lambda: not sample_window.findChildren(WordsWindow))


def test_arrows_move_in_the_list_while_one_types(sample_window: MainWindow) -> None:
    press("Ctrl+F1")
    found = words_in_front(sample_window)
    type_text("deduct")
    assert found.entry.term is glossary()["deductible"]
    press("Down")
    assert found.entry.term is glossary()["deductible_left"]
    assert focus() is found.search
    press("Up")
    assert found.entry.term is glossary()["deductible"]


def test_nothing_found_is_said_and_the_way_back_is_there(sample_window: MainWindow) -> None:
    press("Ctrl+F1")
    found = words_in_front(sample_window)
    type_text("xyzzy")
    assert listed(found) == []
    assert "No word fits" in read(found)
    wayout = next(each for each in found.findChildren(QPushButton) if each.text() == "All words")
    QTest.mouseClick(wayout, Qt.MouseButton.LeftButton)
    assert len(listed(found)) == len(glossary())
    assert found.search.text() == ""


def test_a_rule_of_law_shows_its_source_and_the_day_it_was_checked(sample_window: MainWindow) -> None:
    found = show_words(sample_window)
    found.show_term("good_faith_estimate")
    assert "45 CFR 149.610" in read(found)
    assert "Checked on Nov 25, 2026" in read(found)
    assert "not legal advice" in read(found)
    found.show_term("copay")
    assert "Rule:" not in read(found)


def test_every_entry_can_be_shown_and_its_links_lead_on(sample_window: MainWindow) -> None:
    found = show_words(sample_window)
    in_front(found)
    for term in glossary().values():
        found.show_term(term.id)
        assert found.entry.term is term
        assert term.meaning in read(found)
        links = [each.property("term") for each in found.entry.widget().findChildren(QPushButton)]
        assert tuple(links) == term.see
        assert term.meaning in found.entry.accessibleDescription()


def test_the_window_behind_stays_of_use_and_words_is_opened_once(sample_window: MainWindow) -> None:
    press("Ctrl+F1")
    first = words_in_front(sample_window)
    in_front(sample_window)
    press("Ctrl+2")
    assert sample_window.going.page_name == "bills"
    press("Ctrl+F1")
    assert words_in_front(sample_window) is first


# Ways that lead to it


def test_a_click_on_a_word_of_the_money_page_shows_its_entry(sample_window: MainWindow) -> None:
    money_list(sample_window, "EOBs")
    labels = sample_window.bills.bill.money.findChildren(WordLabel)
    allowed = next(each for each in labels if each.text() == "Allowed")
    assert allowed.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert glossary()["allowed_amount"].first_sentence in allowed.toolTip()
    QTest.mouseClick(allowed, Qt.MouseButton.LeftButton)
    assert words_in_front(sample_window).entry.term is glossary()["allowed_amount"]


def test_a_press_that_ends_elsewhere_or_another_button_shows_nothing(sample_window: MainWindow) -> None:
    money_list(sample_window, "EOBs")
    allowed = next(each for each in sample_window.bills.bill.money.findChildren(WordLabel) if each.text() == "Allowed")
    QTest.mouseClick(allowed, Qt.MouseButton.RightButton)
    QTest.mousePress(allowed, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(allowed, Qt.MouseButton.LeftButton, pos=QPoint(-20, 5))
    settled()
    assert not sample_window.findChildren(WordsWindow)


@pytest.mark.parametrize(
    ("title", "wanted"), [("Allowed", "allowed_amount"), ("Status", "claim_status"), ("Date", "eob")]
)
def test_shift_f1_in_a_list_explains_its_column(sample_window: MainWindow, title: str, wanted: str) -> None:
    view = money_list(sample_window, "EOBs")
    view.setFocus()
    view.setCurrentIndex(view.rows_model.index(0, column_of(view, title)))
    press("Shift+F1")
    assert words_in_front(sample_window).entry.term is glossary()[wanted]


def test_shift_f1_on_a_tab_and_while_a_cell_is_typed_in(sample_window: MainWindow) -> None:
    lines = sample_window.bills.bill.lines
    sample_window.going.show_page("bills")
    sample_window.bills.bill.tabs.setCurrentWidget(lines)
    settle(sample_window)
    sample_window.bills.bill.tabs.tabBar().setFocus()
    press("Shift+F1")
    found = words_in_front(sample_window)
    assert found.entry.term is glossary()["line"]
    press("Esc")
    in_front(sample_window)
    lines.grid.setFocus()
    lines.grid.setCurrentIndex(lines.grid.lines_model.index(0, BY_NAME["units"]))
    press("F2")
    assert isinstance(focus(), QLineEdit)
    press("Shift+F1")
    assert words_in_front(sample_window).entry.term is glossary()["units"]


def test_shift_f1_where_no_word_is_offers_those_of_the_screen(sample_window: MainWindow) -> None:
    money_list(sample_window, "EOBs")
    sample_window.search_field.setFocus()
    assert term_at(sample_window.search_field) is None
    press("Shift+F1")
    found = words_in_front(sample_window)
    shown = listed(found)
    assert {"Allowed amount", "Plan paid", "Patient responsibility", "Balance asked", "EOB"} <= set(shown)
    assert len(shown) < len(glossary())
    assert found.entry.term is not None
    assert shown == [term.term for term in words_here(sample_window)]
    assert "Words on this screen" in [each.text() for each in found.findChildren(QLabel)]
    assert "COBRA" not in shown
    in_front(found)
    found.search.setFocus()
    type_text("cobra")
    assert listed(found)[0] == "COBRA", "typing searches all words"


def context_menu_at(header: QHeaderView, section: int) -> QMenu | None:
    place = QPoint(header.sectionViewportPosition(section) + 8, header.height() // 2)
    where = header.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where)
    QApplication.sendEvent(header.viewport(), event)
    shown = QApplication.activePopupWidget()
    return shown if isinstance(shown, QMenu) else None


def test_the_title_of_a_column_asks_by_a_right_click(sample_window: MainWindow) -> None:
    view = money_list(sample_window, "EOBs")
    menu = context_menu_at(view.horizontalHeader(), column_of(view, "Plan paid"))
    assert menu is not None
    assert [act.text() for act in menu.actions()] == ["&What does “Plan paid” mean?"]
    menu.actions()[0].trigger()
    menu.close()
    assert words_in_front(sample_window).entry.term is glossary()["plan_paid"]


def test_the_title_of_a_column_tells_its_first_sentence(sample_window: MainWindow) -> None:
    view = money_list(sample_window, "EOBs")
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column_of(view, "Allowed")) + 8, header.height() // 2)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, header.viewport().mapToGlobal(place))
    QApplication.sendEvent(header.viewport(), event)
    assert glossary()["allowed_amount"].first_sentence in QToolTip.text()
    QToolTip.hideText()


def test_a_column_that_is_no_word_keeps_its_ways(sample_window: MainWindow) -> None:
    view = money_list(sample_window, "Offers")
    assert context_menu_at(view.horizontalHeader(), column_of(view, "Conditions")) is None


def test_a_form_explains_its_fields_and_keeps_what_was_typed(sample_window: MainWindow) -> None:
    bill = sample_window.session.read(lambda reader: reader.find(Bill))[0]
    dialog = enter_claim(sample_window.session, sample_window, bill.id)
    in_front(dialog)
    dialog.form.widget("allowed").setFocus()
    type_text("360")
    press("Shift+F1")
    found = words_in_front(dialog)
    assert found.entry.term is glossary()["allowed_amount"]
    found.search.setFocus()
    type_text("copay")
    assert found.entry.term is glossary()["copay"]
    press("Esc")
    wait_for(lambda: not dialog.findChildren(WordsWindow))
    in_front(dialog)
    assert dialog.isVisible()
    assert dialog.form.widget("allowed").text() == "360"
    for name, wanted in (("status", "claim_status"), ("number", "claim_number"), ("insurer", "insurer")):
        assert term_at(dialog.form.widget(name)) is glossary()[wanted], name
    dialog.form.widget("allowed").clear()
    dialog.close()


# To be read by everybody


def test_everything_in_it_has_a_name_and_tab_reaches_it(sample_window: MainWindow) -> None:
    found = show_words(sample_window)
    found.show_here(words_here(sample_window))
    in_front(found)
    assert [told(each) for each in stops(found) if not spoken(each)] == []
    assert set(reached_by_tab(found, stops(found)[0])) == set(stops(found))
    item = found.list.item(0)
    assert glossary()[found.entry.term.id].meaning in item.data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("per_cent", [100, 150, 200])
def test_no_text_is_cut_at_any_size(sample_window: MainWindow, per_cent: int) -> None:
    sample_window.set_look(False, per_cent)
    found = show_words(sample_window)
    in_front(found)
    for id_ in ("contractual_discount", "notice_and_consent", "hospital_outpatient_department", "eob"):
        found.show_term(id_)
        settled()
        assert clipped(found) == cut_off(found) == []
        assert found.entry.horizontalScrollBar().maximum() == 0, "an entry is never wider than its place"
        room = found.screen().availableGeometry()
        assert found.width() <= room.width()
        assert found.height() <= room.height()
    found.show_here(words_here(sample_window))
    settled()
    assert clipped(found) == cut_off(found) == []
    assert found.width() <= found.screen().availableGeometry().width()


def test_names_in_the_list_get_all_the_lines_that_they_need(sample_window: MainWindow) -> None:
    sample_window.set_look(False, 200)
    found = show_words(sample_window)
    found.show_all()
    in_front(found)
    for width in (700, 730, 760, 800):
        found.resize(width, 700)
        settled()
        metrics, room = found.list.fontMetrics(), found.list.viewport().width() - 2 * 16 - 2 * 3
        for number in range(found.list.count()):
            item = found.list.item(number)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            wanted = metrics.boundingRect(0, 0, room, 2000, int(flags), item.text()).height()
            assert found.list.visualItemRect(item).height() >= wanted, item.text()


def test_it_follows_size_and_scheme_at_once(sample_window: MainWindow) -> None:
    found = show_words(sample_window)
    found.show_term("eob")
    in_front(found)
    before = found.entry.findChildren(QLabel)[0].fontMetrics().height()
    sample_window.set_look(True, 200)
    settled()
    assert found.entry.findChildren(QLabel)[0].fontMetrics().height() == pytest.approx(2 * before, rel=0.12)
    ground = found.grab().toImage().pixelColor(4, 4)
    assert ground.lightness() < 60, "dark"
