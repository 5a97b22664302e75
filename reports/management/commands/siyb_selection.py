"""The ranked list of a year's SIYB trainees, the chosen with the loans that they received."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from applicants.actions import reveal_identity
from applicants.identity import masked
from staff.errors import Refused
from staff.models import User
from staff.office_date import office_today
from training.queries import ranked_list


class Command(BaseCommand):
    help = (
        "Prints the ranked list of a year's SIYB trainees and each chosen one's loan. Whole identity numbers are shown to a named user, and the look is logged."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--json", action="store_true", help="as JSON")
        parser.add_argument("--unmask", action="store_true", help="whole identity numbers; needs --as")
        parser.add_argument("--as", dest="user", metavar="USER", help="who looks")

    @transaction.atomic
    def handle(self, *, year, user, unmask, **options):
        try:
            number = revealing(user) if unmask else hiding
            rows = [_row(place, number(place.trainee.applicant)) for place in ranked_list(year)]
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) if options["json"] else "\n".join(map(_line, rows)))


def hiding(person):
    return masked(person.identity_number)


def revealing(username):
    """A function that gives whole numbers to this user, each look written down."""
    try:
        user = User.objects.get(username=username, is_active=True)
    except User.DoesNotExist:
        raise CommandError(_("--unmask needs --as with the sign-in name of somebody who works here.")) from None
    on = office_today()
    return lambda person: reveal_identity(applicant=person, by=user, on=on)


def _row(place, number):
    trainee, loan = place.trainee, place.loan
    return {
        "rank": place.rank,
        "identity_number": number,
        "exam": _mark(trainee.exam),
        "plan": _mark(trainee.plan),
        "selected": place.selected,
        "iou": loan.iou if loan else None,
    }


def _mark(mark):
    """97.00 -> 97, 88.50 -> 88.5: as teachers write it."""
    return int(mark) if mark == mark.to_integral_value() else float(mark)


def _line(row):
    return "{rank:3} {identity_number} {exam:>5} {plan:>5} {chosen} {iou}".format(chosen="*" if row["selected"] else " ", **row | {"iou": row["iou"] or ""})
