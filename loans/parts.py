"""The loans room's own parts of the case page and of the applicant's page."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from applicants.models import Group, Paper
from applicants.queries import household_of, papers_of
from loans import acts, investigations, queries, rulebook, terms_words
from loans.actions.application import TAKE_APPLICATIONS
from loans.models import Department, Stance
from loans.policy import BY_CONTRACT, Status
from loans.states import OPEN
from staff.audit import history, label
from staff.models import Role
from staff.office_date import office_today
from staff.templatetags.office import day
from staff.web import READERS

TONES = {Stance.FOR: "ok", Stance.CONDITIONAL: "warn", Stance.AGAINST: "bad"}
ATTACHERS = (Role.LOAN_OFFICER, Role.REVIEWER, Role.DIRECTOR, Role.FINANCE, Role.BANK)


def investigation(request, loan):
    """The latest joint visit with its three opinions side by side, and earlier visits; nothing before the first."""
    visits = list(loan.investigations.order_by("-sequence").select_related("recorded_by"))
    return {"loan": loan, "rows": [_visit(request.user, loan, visit) for visit in visits]} if visits else None


def _visit(user, loan, visit):
    readable = {Department(opinion.department): opinion for opinion in investigations.opinions_for(user, visit)}
    signed = investigations.signed(visit)
    opinions = [
        {"department": department.label, "opinion": readable.get(department), "signed": department in signed, "tone": _tone(readable.get(department))}
        for department in Department
    ]
    stances = {(o.stance, o.amount, o.term_months) for o in readable.values()}
    photos = papers_of(user, loan.applicant, loan.number).filter(kind=Paper.Kind.PHOTO, step=f"visit-{visit.sequence}")
    dissent = any(o.stance == Stance.AGAINST for o in readable.values()) or len(stances) > 1
    return {"visit": visit, "opinions": opinions, "complete": len(signed) == len(Department), "dissent": dissent, "photos": photos}


def _tone(opinion):
    return TONES[Stance(opinion.stance)] if opinion else ""


def application(request, loan):
    """What the application form says."""
    facts = [
        (_("Project"), loan.project),
        (_("Trade"), loan.trade),
        (_("Place of business"), loan.place),
        (_("Business licence no."), loan.licence),
        (_("Own funds"), _yuan(loan.own_funds)),
        (_("Amount asked"), _yuan(loan.amount_asked)),
        (_("Term asked"), _gettext("%(months)s months") % {"months": loan.term_asked}),
        (_("Form of repayment"), loan.get_form_display()),
        (_("Use of the money"), loan.use),
        (_("Expected workers"), loan.expected_workers),
        (_("Handling bank"), loan.bank.name),
        (_("Loan officer"), loan.officer.name if loan.officer else ""),
        (_("Community's words"), loan.recommendation),
        (_("First review"), loan.review_note),
        (_("Second review"), loan.confirm_note),
        (_("Remark"), loan.remark),
        (_("Contract no."), loan.contract_number),
        (_("Contract date"), day(loan.contract_date)),
        (_("Rate (% a year)"), loan.rate and f"{loan.rate.normalize():f}"),
        (_("IOU no."), loan.iou_number),
        (_("Disbursed on"), day(loan.disbursed_on)),
        (_("Amount lent"), _yuan(loan.principal)),
        (_("Maturity"), day(loan.maturity)),
    ]
    return {"loan": loan, "facts": [(label, value) for label, value in facts if value not in ("", None)]}


def applicant(request, loan):
    """Who asks: number masked, age, groups, household, earlier loans, training, who stands behind."""
    person, user = loan.applicant, request.user
    return {
        "person": person,
        "loan": loan,
        "age": None if person.is_enterprise else person.age_on(office_today()),
        "groups": [Group(group).label for group in loan.groups if group != loan.group],
        "household": list(household_of(person)),
        "household_open": [other for other in queries.household_loans(user, person) if other.state in OPEN],
        "earlier": list(queries.earlier_loans(user, person, but=loan)[:6]),
    }


def counter_guarantee(request, loan):
    """Who or what stands behind the borrower, with what was taken out and when the rest was released."""
    rows = list(loan.counter_guarantees.select_related("loan").order_by("withdrawn_on", "pk"))
    return {"loan": loan, "rows": rows, "may_change": acts.allowed("counter_guarantee", loan=loan, by=request.user)}


def rules(request, loan):
    """What the documents allow, each with its number and by which day: as kept when it was decided, else as of the application."""
    data = loan.terms if loan.terms and loan.contract_date else _until_the_contract(loan)
    settled = loan.micro_profit if loan.reviewed_on or loan.imported else None
    on = loan.contract_date or max(loan.applied_on, min(office_today(), loan.state_since))
    lines = terms_words.said(data, rates=rulebook.all_rates(), on=on, term=loan.term, micro_profit=settled, partners=loan.partners)
    return {
        "by_application": [line for line in lines if line.name not in BY_CONTRACT],
        "by_contract": [line for line in lines if line.name in BY_CONTRACT],
        "missing": [doubt for doubt in data.get("warnings", []) if doubt["status"] == Status.TEXT_MISSING],
        "kept": bool(loan.terms),
        "applied_on": loan.applied_on,
        "contract_date": loan.contract_date,
        "url": f"{reverse('loans:rules')}?{_rules_asked(loan)}",
    }


def _until_the_contract(loan):
    """The terms kept at approval, if any; rate and subsidy are those of today as long as no contract fixes them."""
    fresh = queries.terms_of(loan, on=office_today()).as_data()
    return {**(loan.terms or fresh), **{name: cell for name, cell in fresh.items() if name in BY_CONTRACT}}


def _rules_asked(loan):
    """The question to the rule book that this case is the answer to."""
    contract = [("contract_on", loan.contract_date)] if loan.contract_date else []
    return urlencode([("on", loan.applied_on), *contract, ("kind", loan.borrower_kind), *(("groups", group) for group in loan.groups)])


def papers(request, loan):
    """The papers that the case needs and has: n of m, each with how it is held."""
    there = list(papers_of(request.user, loan.applicant, loan.number))
    wanted, missing = ([], []) if loan.imported else queries.papers_needed(loan)
    shown = [{"kind": str(kind), "label": kind.label, "missing": kind in missing, "papers": [p for p in there if p.kind == kind]} for kind in wanted]
    others = [paper for paper in there if paper.kind not in wanted and paper.kind != Paper.Kind.PHOTO]
    if not wanted and not there:
        return None
    return {
        "loan": loan,
        "wanted": shown,
        "others": others,
        "n": len(wanted) - len(missing),
        "m": len(wanted),
        "may_attach": request.user.role in ATTACHERS and loan.state in OPEN,
    }


def returns(request, loan):
    """Every return for papers of this case."""
    found = list(loan.returns.order_by("-pk").select_related("returned_by", "completed_by"))
    rows = [{"back": back, "missing": Paper.named(back.missing)} for back in found]
    return {"loan": loan, "returns": rows} if rows else None


def timeline(request, loan):
    """Everything that happened to this case, newest first."""
    events = history(loan, loan.applicant)
    about_it = [event for event in events if event.subject == label(loan) or event.data.get("case") == loan.number]
    return {"events": reversed(about_it)}


def cases_of_applicant(request, person):
    """All cases of an applicant that this user may see."""
    return {"loans": list(queries.earlier_loans(request.user, person))}


def counter(request, subject=None):
    """The way to a new application, for those who take them."""
    return {} if request.user.role in TAKE_APPLICATIONS else None


def options_of(request, person):
    """The way from a person to what may be applied for."""
    return {"url": reverse("loans:options", args=[person.pk])} if request.user.role in READERS else None


def who_may(request, subject=None):
    """The way there from the desk, for those who take applications."""
    return {"url": reverse("loans:who_may")} if request.user.role in TAKE_APPLICATIONS else None


def prints(request, loan):
    """What can be printed of this case."""
    return {"loan": loan}


def _yuan(amount):
    return "" if amount is None else _gettext("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}
