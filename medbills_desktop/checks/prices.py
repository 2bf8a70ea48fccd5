"""Charges against other charges for the same thing, and against prices that the user noted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import named, number_text, on_day
from medbills_desktop.domain.charge_history import FAR, Charged, Rate, charge_for_one, service_charged
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.price_comparison import compare, plain_code, price_for_one, price_order, ratio_text
from medbills_desktop.domain.records import Price

_BASIS = {
    "medicare": "Medicare's price",
    "cash": "a cash price",
    "negotiated": "a price agreed with an insurer",
    "gross": "a list price",
    "fair_price": "a fair-price estimate",
}


def _references(facts: BillFacts, noted: dict[str, list[Price]], read: ReadLine) -> list[Price]:
    """The noted prices for exactly this service: same code, code system, modifiers, unit and setting.

    None for lines that the user does not want to pay at any price.
    """
    known = noted.get(read.code, ()) if read.code else ()
    return [price for price in known if not compare(read.line, facts.visit, price).why_not]


def _noted(facts: BillFacts) -> dict[str, list[Price]]:
    """The noted prices for codes of the bill, by code."""
    found: dict[str, list[Price]] = {}
    for price in facts.case.all(Price):
        code = plain_code(price.code)
        if code in facts.read.codes and price.amount > 0:
            found.setdefault(code, []).append(price)
    return found


@check("price-vs-reference", "info")
def price_vs_reference(facts: BillFacts) -> Iterator[Finding]:
    """Report the ratio of a charge to the prices that were noted for the code; the amount is what is above the highest.

    Silent where the charge is not above a noted price, and where code, unit or setting differ or are not known.
    """
    noted = _noted(facts)
    for read in facts.read.lines if noted else ():
        one = price_for_one(read.line)
        below = [price for price in _references(facts, noted, read) if one is not None and price.amount < one]
        if one is not None and below:
            yield _reference_finding(facts, read, one, sorted(below, key=price_order))


def _reference_finding(facts: BillFacts, read: ReadLine, one: Rate, prices: list[Price]) -> Finding:
    line, first = read.line, prices[0]
    units = line.units if line.units else Decimal(1)
    amount = compare(line, facts.visit, first).more or Cents(0)
    rows = "\n".join(f"{_price_text(price)}: {ratio_text(one, price.amount)} times" for price in prices)
    noted = tuple(sorted(f"{price.amount} {price.basis} {price.source} {price.place} {price.date}" for price in prices))
    return Finding(
        check="price-vs-reference",
        level="info",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=amount if amount > 0 else None,
        title=f"{named(line)}{on_day(line)} is charged at {_money(one)} a unit, {ratio_text(one, first.amount)} times "
        f"the noted price of {dollars(first.amount)} ({first.source}).",
        explanation=f"Charge for one unit: {dollars(line.charge)} ÷ {number_text(units)} = {_money(one)}\n{rows}\n"
        f"{dollars(line.charge)} − {number_text(units)} × {dollars(first.amount)} = {dollars(amount)}\n"
        "A list charge is not what an insurer pays; a noted price is a ground to ask, not what is owed.",
        ask=f"I noted {dollars(first.amount)} for code {read.code} ({first.source}). Would you accept that price, or "
        f"tell me what the price of {_money(one)} a unit is based on?",
        evidence=(itemised_bill(facts, (line,)), "The page or list with the noted price would support this."),
        fingerprint=fingerprint("price-vs-reference", read.code, line.date, units, line.charge, noted),
    )


def _price_text(price: Price) -> str:
    basis = _BASIS.get(price.basis or "", "a noted price")
    parts = [price.source, price.place or "", plain_day(price.date) if price.date else ""]
    return f"{dollars(price.amount)}, {basis} ({', '.join(part for part in parts if part)})"


def _money(one: Rate) -> str:
    rounded = int(Fraction(one) + Fraction(1, 2))
    return dollars(rounded) if one == rounded else f"about {dollars(rounded)}"


@check("amount-outlier", "question")
def amount_outlier(facts: BillFacts) -> Iterator[Finding]:
    """Report charges of ten times every other charge for the same thing, or ten times the highest noted price.

    Compared is the charge for one unit, among bills of the same sort of biller; at least two others must be known.
    """
    history, noted = facts.case.charge_history, _noted(facts)
    codes = {code for code, _ in history.wide}
    for read in facts.read.lines if codes or noted else ():
        if read.code not in codes and read.code not in noted:
            continue
        service = service_charged(read.line, facts.biller)
        one = charge_for_one(read.line) if service else None
        known = history.charged.get(service) if service else None
        if one is None or (not read.code and {"nothing", "department"} & read.name.kinds):
            continue
        if known is not None and known.is_wide and one == known.highest:
            yield _outlier(facts, read, one, known)
        elif price_for_one(read.line) is not None:
            prices = _references(facts, noted, read)
            if prices and one >= FAR * max(price.amount for price in prices):
                yield _far_from_reference(facts, read, one, min(prices, key=price_order))


def _outlier(facts: BillFacts, read: ReadLine, one: Rate, known: Charged) -> Finding:
    line = read.line
    others = known.highest_of_others(one)
    usual = others * (Fraction(line.units) if line.units else 1)
    amount = Cents((line.charge or 0) - int(usual + Fraction(1, 2)))
    number = known.count - 1
    return Finding(
        check="amount-outlier",
        level="question",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=amount if amount > 0 else None,
        title=f"{named(line)}{on_day(line)} is charged at {_money(one)} a unit; "
        f"the {number} other charges for it go up to {_money(others)}.",
        explanation=f"This charge for one unit: {_money(one)}\nHighest of {number} others: {_money(others)}\n"
        f"{_money(one)} ÷ {_money(others)} = {ratio_text(one, others)} times\n"
        "A digit or the decimal point may have moved.",
        ask=f"Could you check the charge of {dollars(line.charge)} for {named(line)}{on_day(line)}? "
        f"Elsewhere it was {_money(others)} or less.",
        evidence=(itemised_bill(facts, (line,)), "The biller's list of charges would settle this."),
        fingerprint=fingerprint("amount-outlier", read.code, read.name.words, line.date, line.charge, str(others)),
    )


def _far_from_reference(facts: BillFacts, read: ReadLine, one: Rate, price: Price) -> Finding:
    line = read.line
    return Finding(
        check="amount-outlier",
        level="question",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=None,
        title=f"{named(line)}{on_day(line)} is charged at {_money(one)} a unit, "
        f"{ratio_text(one, price.amount)} times the noted price of {dollars(price.amount)}.",
        explanation=f"{_price_text(price)}\n"
        f"{_money(one)} ÷ {dollars(price.amount)} = {ratio_text(one, price.amount)} times\n"
        "A digit or the decimal point may have moved.",
        ask=f"Could you check the charge of {dollars(line.charge)} for {named(line)}{on_day(line)}? "
        f"I noted {dollars(price.amount)} for it ({price.source}).",
        evidence=(itemised_bill(facts, (line,)), "The page or list with the noted price would support this."),
        fingerprint=fingerprint(
            "amount-outlier", read.code, line.date, line.charge, line.units, price.amount, price.source
        ),
    )
