"""Who stands behind the demo's borrowers: credit communities that two persons confirmed, a civil servant of two loans, a joint group, a mortgage."""

from datetime import date
from decimal import Decimal

from applicants.identity import check_character
from applicants.models import Community
from loans import actions as loans
from loans import confirmation, lending_rules
from loans.models import CounterGuarantee, CreditCommunity, PolicyDocument
from staff.models import Role, User

Kind = CounterGuarantee.Kind
SINCE = date(2006, 2, 10)
SERVANT = ("姜红艳", "尹国栋")  # one person stands for both of them, which is as many as the local limit allows
JOINT = "任永强"


def mark_communities(names, *, on):
    """These communities stand for those they recommend: an administrator enters it, a director confirms."""
    enters, confirms = (User.objects.filter(role=role).order_by("pk").first() for role in (Role.ADMINISTRATOR, Role.DIRECTOR))
    document = PolicyDocument.objects.get_or_create(number="双辽信用社区认定〔2006〕1号", defaults={"level": "local", "title": "信用社区认定名单"})[0]
    for community in Community.objects.filter(name__in=names):
        row = CreditCommunity(community=community, document=document, effective_from=SINCE, note="到期回收率95%以上")
        confirmation.confirm(row=confirmation.enter(row=row, by=enters, on=on), by=confirms, on=on)


def proof_of(group, on):
    """The paper that proves a group on a day."""
    return next((proof.paper for proof in lending_rules.in_force(on).proofs if proof.group == group), "证明")


def behind(name, community):
    """Who or what stands behind this borrower."""
    if name in SERVANT:
        return [loans.Guarantor(kind=Kind.CIVIL_SERVANT, name="白振华", identity_number=_number("19680412", 901), employer="市农业局", phone="13904345678")]
    if name == JOINT:
        return [loans.Guarantor(kind=Kind.JOINT, name=other, identity_number=_number(born, place)) for other, born, place in JOINERS]
    return [loans.Guarantor(kind=Kind.CREDIT_COMMUNITY, reason=f"{community}推荐")]


JOINERS = (("隋永利", "19710305", 903), ("滕国良", "19740619", 905))
MORTGAGED = {"thing": "厂房及土地", "certificate": "双房权证字第20070355号", "owner": "丰源养殖公司", "value": Decimal(2600000)}


def _number(born, place):
    body = f"220399{born}{place}"
    return body + check_character(body)
