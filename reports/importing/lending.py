"""Sheet 贷款台账: one row per loan, checked by itself, against the others and against what is on record."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from applicants.encryption import blind_index
from applicants.identity import IdentityNumber, Registration, Sex, WrongNumber, parse, parse_registration
from applicants.models import Group
from loans.forms_of_repayment import Form
from loans.models import BorrowerKind
from loans.policy import Terms, terms
from loans.policy_files import group_codes
from loans.rates import NoRate, rate_ceiling
from repayments.schedule import LEAST_LENT, LONGEST_TERM, maturity
from reports.importing import cells
from reports.importing.known import Known
from reports.importing.sheets import Column, Layout, Row

SCHEME_BEGAN = date(2002, 12, 24)
KINDS = {"个人": BorrowerKind.INDIVIDUAL, "合伙": BorrowerKind.PARTNERSHIP, "企业": BorrowerKind.ENTERPRISE}
SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}
FORMS = {
    "半年后按季等额还本": Form.GRACE_QUARTERLY,
    "按季付息到期还本": Form.BULLET_QUARTERLY,
    "等额本息": Form.ANNUITY_MONTHLY,
    "等额本金": Form.EQUAL_PRINCIPAL_MONTHLY,
    "利随本清": Form.SINGLE_AT_MATURITY,
}
YES_NO = {"是": True, "否": False}


def _iou(cell: Any) -> str:
    return cells.text(cell, 20).replace(" ", "")  # it becomes the case number too


LAYOUT = Layout(
    "贷款台账",
    (
        Column("kind", "借款人类型", cells.one_of(KINDS)),
        Column("name", "姓名或企业名称", cells.name),
        Column("registration", "身份证号或注册号", cells.registration),
        Column("sex", "性别", cells.one_of(SEXES), must_be_there=False, may_be_blank=True),
        Column("group", "人员类别", cells.one_of(group_codes())),
        Column("certificate", "优惠证号", cells.code, must_be_there=False, may_be_blank=True),
        Column("phone", "联系电话", cells.phone, may_be_blank=True),
        Column("community", "社区", cells.name),
        Column("project", "创业项目", cells.text),
        Column("trade", "行业", lambda cell: cells.text(cell, 30)),
        Column("bank", "经办银行", cells.name),
        Column("contract", "合同号", cells.code),
        Column("iou", "借据号", _iou),
        Column("amount", "贷款金额", cells.positive, money=True),
        Column("disbursed", "发放日期", cells.day),
        Column("term", "期限(月)", cells.whole(1, LONGEST_TERM)),
        Column("maturity", "到期日期", cells.day, must_be_there=False, may_be_blank=True),
        Column("rate", "年利率(%)", cells.rate),
        Column("form", "还款方式", cells.one_of(FORMS)),
        Column("micro_profit", "微利项目", cells.one_of(YES_NO)),
        Column("siyb_excellent", "SIYB优秀学员", cells.one_of(YES_NO)),
        Column("jobs", "带动就业人数", cells.whole(0, 30000)),
        Column("settled", "结清日期", cells.day, must_be_there=False, may_be_blank=True),
    ),
)


def check(rows: Sequence[Row], on: date, known: Known) -> None:
    """Find what is wrong with these loans; the later of two that cannot both be is refused."""
    ious: set[str] = set()
    contracts = set(known.contracts)
    names = {key: name for key, (_pk, name) in known.people.items()}
    in_force = cache(lambda kind, groups, day: terms(known.rules, kind=kind, groups=groups, application_on=day))
    for row in rows:
        as_corrected(row, known)
        row.values["bank"] = _bank(row, known)
        row.values["identity"] = _identity(row)
        _check_days(row, on)
        _check_person(row, names)
        if row["iou"]:
            _check_iou(row, ious, known)
        if not row.known and row["bank"] and row["contract"]:
            if (pair := (row["bank"].pk, row["contract"])) in contracts:
                row.refuse("contract", _("Contract %(number)s of this bank is there already.") % {"number": row["contract"]})
            contracts.add(pair)
        if not row.errors:
            row.values["groups"] = groups_of(row)
            row.values["terms"] = in_force(row["kind"], row["groups"], row["disbursed"])
            _warn_beyond_terms(row, row["terms"], known)


def content(row: Row) -> dict[str, str]:
    """The row as it is kept, to compare with when it comes again: plain words, the identity number as its blind index."""
    said = {column.heading: row[column.key] for column in LAYOUT.columns if column.key != "registration"}
    said["经办银行"] = row["bank"] and row["bank"].name
    said |= {LAYOUT.heading("registration"): row["identity"] and person_key(row["identity"])}
    return {heading: _said(value) for heading, value in said.items() if value not in (None, "")}


def person_key(identity: IdentityNumber | tuple[Registration, str]) -> str:
    """What a borrower is known by: the blind index of a person's number, an enterprise's number itself."""
    return blind_index(identity.number) if isinstance(identity, IdentityNumber) else identity[1]


def groups_of(row: Row) -> tuple[str, ...]:
    """All groups that the borrower belonged to on the day: the one named, and the flags beside it."""
    flags = {Group.WOMAN: isinstance(row["identity"], IdentityNumber) and row["identity"].sex == Sex.FEMALE, Group.SIYB_EXCELLENT: row["siyb_excellent"]}
    return tuple(sorted({row["group"], *(str(group) for group, holds in flags.items() if holds)}))


def _said(value: Any) -> str:
    return str(value.normalize()) if hasattr(value, "normalize") else str(value)


def _bank(row: Row, known: Known) -> Any:
    if row["bank"] is None:
        return None
    if row["bank"] not in known.banks:
        row.refuse("bank", _("The office works with no bank called “%(name)s”.") % {"name": row["bank"]})
    return known.banks.get(row["bank"])


def _identity(row: Row) -> IdentityNumber | tuple[Registration, str] | None:
    if not row["registration"] or not row["kind"]:
        return None
    try:
        return parse_registration(row["registration"]) if row["kind"] == BorrowerKind.ENTERPRISE else parse(row["registration"], on=row["disbursed"])
    except WrongNumber as wrong:
        row.refuse("registration", str(wrong))
        return None


def _check_days(row: Row, on: date) -> None:
    if row["amount"] is not None and row["amount"] < LEAST_LENT:
        row.refuse("amount", _("A loan is at least 100 yuan; this is %(amount)s.") % {"amount": row["amount"]})
    if not (disbursed := row["disbursed"]):
        return
    if not SCHEME_BEGAN <= disbursed <= on:
        said = {"day": disbursed, "first": SCHEME_BEGAN, "last": on}
        row.refuse("disbursed", _("Must lie between %(first)s, when the scheme began, and today, %(last)s; it is %(day)s.") % said)
    if row["term"] and row["maturity"] and row["maturity"] != (due := maturity(disbursed, row["term"])):
        row.refuse("maturity", _("Disbursement and term make %(right)s; the sheet says %(said)s.") % {"right": due, "said": row["maturity"]})
    if row["settled"] and not disbursed <= row["settled"] <= on:
        row.refuse("settled", _("Must lie between disbursement and today; it is %(day)s.") % {"day": row["settled"]})


def _check_person(row: Row, names: dict[str, str]) -> None:
    if not (identity := row["identity"]):
        return
    if isinstance(identity, IdentityNumber) and row["sex"] and row["sex"] != identity.sex:
        row.refuse("sex", _("The identity number says otherwise."))
    check_name(row, "name", person_key(identity), names)


def check_name(row: Row, key: str, person: str, names: dict[str, str]) -> None:
    """One number, one name: the first one met counts."""
    if row[key] and names.setdefault(person, row[key]) != row[key]:
        row.refuse(key, _("The same number stands under the name %(name)s.") % {"name": names[person]})


def _check_iou(row: Row, ious: set[str], known: Known) -> None:
    if row["iou"] in ious:
        row.refuse("iou", _("IOU %(number)s stands in an earlier row already.") % {"number": row["iou"]})
    elif row["iou"] in known.contents:
        _compare(row, _as_known_now(row, known))
    elif row["iou"] in known.loans or row["iou"] in known.numbers:
        row.refuse("iou", _("IOU %(number)s belongs to a case of this office that did not come from an old ledger.") % {"number": row["iou"]})
    ious.add(row["iou"])


def as_corrected(row: Row, known: Known) -> None:
    """A row that names its loan by a number that was corrected since is about the loan as it is called now."""
    ways = (("iou", lambda: known.renamed.get(row["iou"])), ("contract", lambda: known.new_contracts.get((row["iou"], row["contract"]))))
    for key, right_one in ways:
        if right := right_one():
            row.warn(key, _("%(was)s was corrected to %(now)s.") % {"was": row[key], "now": right})
            row.values[key] = right


def _as_known_now(row: Row, known: Known) -> dict[str, str]:
    """The loan's row as it was imported, under the numbers that it bears now."""
    before, contract = known.contents[row["iou"]], LAYOUT.heading("contract")
    now = known.new_contracts.get((row["iou"], before.get(contract, "")), before.get(contract, ""))
    return before | {LAYOUT.heading("iou"): row["iou"], contract: now}


def _compare(row: Row, before: dict[str, str]) -> None:
    """A known IOU: the same content is unchanged, any other is refused, column by column."""
    row.known = True
    if row.errors:
        return
    now = content(row)
    for column in LAYOUT.columns:
        was, says = before.get(column.heading, ""), now.get(column.heading, "")
        if was != says:
            said = {"was": was, "now": says}
            row.refuse(
                column.key,
                _("In the book already with another number.")
                if column.key == "registration"
                else _("In the book already with “%(was)s”; the sheet now says “%(now)s”.") % said,
            )


def _warn_beyond_terms(row: Row, allowed: Terms, known: Known) -> None:
    """History is taken in as it was; what goes beyond the rules of its day is said."""
    cap = allowed.cap()
    if cap is not None and row["amount"] > cap:
        row.warn("amount", _("Over the cap of its day, %(cap)s yuan; kept as it was.") % {"cap": cap})
    if allowed.term_months and row["term"] > allowed.term_months.value:
        row.warn("term", _("Longer than the %(months)s months of its day; kept as it was.") % {"months": allowed.term_months.value})
    try:
        ceiling = rate_ceiling(allowed, known.rates, contract_on=row["disbursed"], term_months=row["term"])
    except NoRate as unknown:
        row.warn("rate", str(unknown))
        return
    if ceiling is not None and row["rate"] > ceiling:
        row.warn("rate", _("Above the ceiling of its day, %(ceiling)s percent; kept as it was.") % {"ceiling": f"{ceiling.normalize():f}"})
