"""Questions about training: who passed how, and who are the year's excellent SIYB trainees."""

from training.models import Trainee, TrainingClass

LEAST_ATTENDANCE, LEAST_MARK, CHOSEN = 90, 60, 10
SIYB = (TrainingClass.Module.GYB, TrainingClass.Module.SYB, TrainingClass.Module.IYB, TrainingClass.Module.EYB)


def ranked(year):
    """A year's SIYB trainees who may be chosen, best first: by exam, then business plan, then the elder, then identity number (domain.md §2)."""
    rows = Trainee.objects.filter(
        training_class__year=year,
        training_class__module__in=SIYB,
        attendance__gte=LEAST_ATTENDANCE,
        exam__gte=LEAST_MARK,
        plan__gte=LEAST_MARK,
    ).select_related("applicant", "training_class")
    return sorted(rows, key=lambda t: (-t.exam, -t.plan, t.applicant.birth_date, t.applicant.identity_number))


def selected(year):
    """The ten best trainees of a year."""
    return ranked(year)[:CHOSEN]


def was_selected(applicant, year):
    """Is this person among the ten best of that year?"""
    if not Trainee.objects.filter(applicant=applicant, training_class__year=year).exists():
        return False
    return any(trainee.applicant_id == applicant.pk for trainee in selected(year))


def of_person(applicant):
    """The classes that a person sat in, latest first."""
    return Trainee.objects.filter(applicant=applicant).select_related("training_class").order_by("-training_class__year", "-pk")
