from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from staff import delegations, parts
from staff.office_date import office_today


def office(request):
    """What every page's frame shows: the office, its date, the way to its rooms, whether this is a demo."""
    today = office_today()
    name = settings.OFFICE_NAME_EN if get_language() == "en" else settings.OFFICE_NAME
    authorities = SimpleLazyObject(lambda: [hat.delegation for hat in delegations.hats(request.user, today)[1:]])
    more = {"authorities": authorities, "navigation": SimpleLazyObject(lambda: parts.navigation(request, today))}
    return {"OFFICE_NAME": name, "DEMO": settings.DEMO, "today": today, **more}
