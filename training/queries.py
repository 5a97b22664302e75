"""Who sat in which class, with which marks, and who were the best of a year."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count

from training import selection
from training.models import Trainee, TrainingClass

SIYB = (TrainingClass.Module.GYB, TrainingClass.Module.SYB, TrainingClass.Module.IYB, TrainingClass.Module.EYB)


@dataclass(frozen=True)
class Loan:
    """What this room shows of a loan that a chosen trainee received; rooms above fill it in."""

    iou: str
    amount: Decimal
    disbursed_on: Any
    url: str


@dataclass(frozen=True)
class Place:
    """One line of a year's ranked list."""

    rank: int
    trainee: Trainee
    selected: bool
    loan: Loan | None = None


@dataclass(frozen=True)
class Year:
    """One year of SIYB training in figures."""

    year: int
    classes: int
    trainees: int
    qualified: int
    exam: Decimal | None  # the average mark
    plan: Decimal | None
    cut: Decimal | None  # the exam mark of the last one chosen
    selected: int
    traced: int  # of them have their loan
    lent: Decimal


_tracers: list[Callable[..., dict[int, Loan]]] = []


def trace_loans_with(find):
    """Let `find(applicants, year)` say which loan each chosen trainee of the year received: {applicant: Loan}."""
    _tracers.append(find)


def trainees_of(year):
    """The SIYB trainees of a year, with person and class."""
    found = Trainee.objects.filter(training_class__year=year, training_class__module__in=SIYB)
    return found.select_related("applicant", "training_class").order_by("training_class__code", "pk")


def ranked_list(year):
    """The year's ranked list, the chosen with their loans."""
    places = _places(year)
    loans = _traced([place.trainee.applicant_id for place in places if place.selected], year)
    return [replace(place, loan=loans.get(place.trainee.applicant_id) if place.selected else None) for place in places]


def years():
    """Every year of SIYB training, the latest first."""
    classes = TrainingClass.objects.filter(module__in=SIYB).order_by()
    figures = {
        "classes": Count("pk", distinct=True),
        "trainees_": Count("trainees"),
        "exam": Avg("trainees__exam"),
        "plan": Avg("trainees__plan"),
    }
    return [_year(**row) for row in classes.values("year").annotate(**figures).order_by("-year")]


def classes_of(year):
    """The year's classes with number of trainees and average marks; other free courses too."""
    figures = {"number": Count("trainees"), "exam": Avg("trainees__exam"), "plan": Avg("trainees__plan"), "attendance": Avg("trainees__attendance")}
    return TrainingClass.objects.filter(year=year).annotate(**figures).order_by("first_day", "code")


def record_of(applicant):
    """The classes that a person sat in, the latest first."""
    return Trainee.objects.filter(applicant=applicant).select_related("training_class").order_by("-training_class__year", "-pk")


def was_selected(applicant, year):
    """Was this person among the chosen of that year?"""
    if not trainees_of(year).filter(applicant=applicant).exists():
        return False
    return any(place.selected and place.trainee.applicant_id == applicant.pk for place in _places(year))


def place_of(trainee):
    """The place of this trainee in the ranked list of the year, or None where the trainee did not qualify."""
    return next((place for place in _places(trainee.training_class.year) if place.trainee.pk == trainee.pk), None)


def was_qualified(trainee):
    """Did this trainee of a start-up class reach the marks and the attendance that the ranked list asks for?"""
    return trainee.training_class.module in SIYB and place_of(trainee) is not None


def _places(year):
    trainees = {trainee.pk: trainee for trainee in trainees_of(year)}
    order = selection.ranked(map(_candidate, trainees.values()), selection.rule_of(year))
    return [Place(place.rank, trainees[place.trainee], place.selected) for place in order]


def _year(year, classes, trainees_, exam, plan):
    places = ranked_list(year)
    chosen = [place for place in places if place.selected]
    loans = [place.loan for place in chosen if place.loan]
    cut = chosen[-1].trainee.exam if chosen else None
    lent = sum((loan.amount for loan in loans), Decimal(0))
    return Year(year, classes, trainees_, len(places), exam, plan, cut, len(chosen), len(loans), lent)


def _traced(applicants: Iterable[int], year):
    return {applicant: loan for find in _tracers for applicant, loan in find(applicants, year).items()}


def _candidate(trainee):
    person = trainee.applicant
    return selection.Candidate(trainee.pk, trainee.attendance, trainee.exam, trainee.plan, person.birth_date, person.identity_number)
