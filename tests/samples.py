"""One row for every kind of page that needs one: a page with arguments has a line here."""

from datetime import date

from staff.models import Run
from tests import make


def _run():
    return {"pk": Run.objects.create(kind="sample", asked_on=date(2012, 1, 4)).pk}


def _training_class():
    return {"code": make.trainee().training_class.code}


def _training_year():
    return {"year": make.trainee().training_class.year}


# page -> makes what the page is about and gives the address's arguments
SAMPLES = {
    "staff:run": _run,
    "training:class": _training_class,
    "training:year": _training_year,
}

# page -> also send these with a POST, where an empty form is no fair question
__all__ = ("SAMPLES", "make")
