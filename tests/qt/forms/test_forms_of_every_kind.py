"""The form of a record opens for every kind whose date may be missing, also for what only a library keeps."""

from __future__ import annotations

import pytest

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.records import Appeal, Assistance, AssistancePaper, Claim, Collection, Organization, Record
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.window import MainWindow


@pytest.mark.parametrize("kind", [Appeal, Assistance, AssistancePaper, Collection], ids=lambda kind: kind.KIND)
def test_its_form_opens(sample_window: MainWindow, kind: type[Record]) -> None:
    perform, read = sample_window.session.desk.perform, sample_window.session.read
    claim = read(lambda reader: reader.find(Claim))[0]
    collector = perform(AddRecord(Organization(name="Red Fork Recovery", kind="collector")))
    application = perform(AddRecord(Assistance(bill_id=1)))
    made: dict[type[Record], Record] = {
        Appeal: Appeal(claim_id=claim.id, level="internal"),
        Assistance: Assistance(bill_id=1, status="considering"),
        AssistancePaper: AssistancePaper(assistance_id=application.id, text="Tax return"),
        Collection: Collection(bill_id=1, collector_id=collector.id),
    }
    kept = perform(AddRecord(made[kind]))
    dialog = edit_record(sample_window.session, sample_window, kind, kept.id)
    assert dialog.isVisible()
    dialog.reject()
