"""The rules of one day that are not terms, read from their dated rows: ages, trades, proofs, repeats, counter-guarantees."""

from django.db.models import Q

from applicants.models import Community
from loans.eligibility import OWN_RULE, Ages, Counter, GuarantorMost, Named, Proof, Repeat, Rules, Trade
from loans.models import AgeLimit, CounterRule, CreditCommunity, ExcludedTrade, GroupProof, GuarantorLimit, RepeatRule
from loans.policy_files import read_groups


def in_force(on, *, kind="individual"):
    """The rules of a day for one kind of borrower."""
    ages, repeat, guarantor = _latest(AgeLimit, on), _latest(RepeatRule, on, borrower_kind__in=["", kind]), _latest(GuarantorLimit, on)
    return Rules(
        groups=_groups(),
        ages=ages and Ages(ages.youngest, ages.oldest, ages.document.number),
        trades=tuple(Trade(row.word, row.document.number) for row in _not_lifted(ExcludedTrade, on)),
        proofs=tuple(Proof(row.group, row.paper, row.document.number) for row in _not_lifted(GroupProof, on)),
        repeat=repeat and Repeat(repeat.most_loans, repeat.days_late_allowed, repeat.after_fund_paid, repeat.document.number),
        guarantor=guarantor and GuarantorMost(guarantor.most, guarantor.document.number),
        counters=_counters(on, kind),
    )


def is_credit_community(community: Community | None, on):
    """Does this community stand for those it recommends on this day?"""
    return community is not None and _not_lifted(CreditCommunity, on).filter(community=community).exists()


def _known(model, on):
    return model.objects.in_effect().select_related("document").filter(effective_from__lte=on)


def _latest(model, on, **only):
    return _known(model, on).filter(**only).order_by("effective_from", "pk").last()


def _not_lifted(model, on):
    return _known(model, on).filter(Q(lifted_from=None) | Q(lifted_from__gt=on))


def _counters(on, kind):
    """Of each group the latest row that asks for a counter-guarantee or for none; a sum up to which none is asked stands beside the general row."""
    latest = {(row.group, row.up_to is None): row for row in _known(CounterRule, on).filter(borrower_kind__in=["", kind]).order_by("effective_from", "pk")}
    return tuple(Counter(row.group, row.needed, row.up_to, row.document.number) for row in latest.values())


def _groups():
    """Every group: known since when, and by the first document that names a proof of it."""
    first = {}
    for row in GroupProof.objects.in_effect().select_related("document").order_by("-effective_from", "-pk"):
        first[row.group] = row.document.number
    return {row.code: Named(row.known_from, first.get(row.code, OWN_RULE)) for row in read_groups()}
