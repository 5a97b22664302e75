from django.conf import settings

from staff.office_date import office_today


def office(request):
    """What every page's frame shows: the office, its date, whether this is a demo."""
    return {"OFFICE_NAME": settings.OFFICE_NAME, "DEMO": settings.DEMO, "today": office_today()}
