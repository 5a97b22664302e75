from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from staff import desk as desks
from staff import parts, search
from staff.models import Role, User
from staff.office_date import office_today
from staff.web import EVERYONE, for_roles, public, reads_only


@require_GET
@for_roles(*EVERYONE)
@reads_only
def desk(request):
    """My desk: what waits for me, what I handed on, what is around."""
    rows = desks.waiting(request.user, office_today())
    late = sum(row.is_late for row in rows)
    shown = {place: parts.shown(f"desk.{place}", request) for place in ("side", "actions")}
    return render(request, "staff/desk.html", {"rows": rows, "late": late, **shown})


@require_http_methods(["GET", "POST"])
@for_roles(*EVERYONE)
@reads_only
def find(request):
    """Search, as a page or, while one types, as a list under the box. Posted, so that identity numbers stay out of logs."""
    text = request.POST.get("q", "").strip()
    context = {"text": text, "results": search.found(request.user, text), "shortest": search.SHORTEST}
    return render(request, "staff/_found.html" if request.htmx else "staff/search.html", context)


@require_GET
@for_roles(*EVERYONE)
@reads_only
def people(request):
    """Who works here, in which role."""
    users = User.objects.filter(is_active=True).select_related("bank")
    order = list(Role)
    return render(request, "staff/people.html", {"people": sorted(users, key=lambda u: (order.index(u.role), u.bank_id or 0, u.pk))})


@require_GET
@for_roles(*EVERYONE)
@reads_only
def guide(request):
    """Help: how the office's pages work."""
    return render(request, "staff/help.html", {"parts": parts.shown("help", request)})


@require_GET
@for_roles(*EVERYONE)
@reads_only
def account(request):
    """My account: password, second factor, language."""
    return render(request, "staff/account.html")


@require_POST
@public
def language(request):
    """Speak 中文 or English: kept on the user, or in a stranger's cookie."""
    code = request.POST.get("language")
    response = _back(request)
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(language=code)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return response


@require_POST
@for_roles(*EVERYONE)
def large_text(request):
    """Switch this user's large text on or off."""
    User.objects.filter(pk=request.user.pk).update(large_text=not request.user.large_text)
    return _back(request)


def _back(request):
    """To the page where the switch was pressed; never to another host."""
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(to if safe else settings.LOGIN_REDIRECT_URL)
