from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from staff import actions, oversight, parts, runs, search
from staff import desk as desks
from staff.audit import history, named
from staff.delegations import house_of
from staff.errors import Refused
from staff.forms import DelegationForm, OfficeDateForm, say
from staff.models import Delegation, Event, OfficeDate, Role, Run, User
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


@require_http_methods(["GET", "POST"])
@for_roles(Role.AUDITOR, Role.DIRECTOR, Role.ADMINISTRATOR)
def happened(request):
    """The history of everything, newest first; auditors say that they have looked over what is watched."""
    new = oversight.new_lines()
    if request.method == "POST":
        try:
            oversight.look_over(through=int(request.POST.get("through") or 0), by=request.user, on=office_today())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Looked over."))
        return redirect("staff:history")
    watched = request.GET.get("all") is None
    lines = Event.objects.select_related("by", "delegation__holder").order_by("-id")
    page = Paginator(lines.filter(kind__in=oversight.WATCHED) if watched else lines, 50).get_page(request.GET.get("page"))
    context = {"page": page, "lines": named(page.object_list), "watched": watched, "new": set(new.values_list("id", flat=True)), "through": new.last()}
    return render(request, "staff/history.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*EVERYONE)
def delegations(request):
    """Who signs for whom, in force and before; entering a written authority."""
    user, today = request.user, office_today()
    may_enter = user.delegation is None and (user.role == Role.ADMINISTRATOR or house_of(user) is not None)
    form = DelegationForm(request.POST or None, user=user) if may_enter else None
    if form and form.is_valid():
        try:
            actions.delegate_signature(**form.cleaned_data, by=user, on=today)
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The authority was entered."))
            return redirect("staff:delegations")
    rows = Delegation.objects.select_related("holder__bank", "delegate", "entered_by", "withdrawn_by")
    if user.role == Role.BANK:
        rows = rows.filter(holder__bank=user.bank)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "staff/delegations.html", {"page": page, "form": form})


@require_POST
@for_roles(*EVERYONE)
def withdraw_delegation(request, pk):
    """Take an authority back."""
    try:
        actions.withdraw_delegation(delegation=get_object_or_404(Delegation, pk=pk), by=request.user, on=office_today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The authority was withdrawn."))
    return redirect("staff:delegations")


@require_http_methods(["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def office_date(request):
    """The office's own date: where it stands, moving it, and who moved it before."""
    form = OfficeDateForm(request.POST or None)
    if form.is_valid():
        try:
            actions.move_office_date(**form.cleaned_data, by=request.user, on=office_today())
        except Refused as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The office date was moved."))
            return redirect("staff:office_date")
    moves = history(OfficeDate(only=True)).reverse()
    page = Paginator(moves, 20).get_page(request.GET.get("page"))
    return render(request, "staff/office_date.html", {"form": form, "page": page, "real_date": timezone.localdate()})


@require_GET
@for_roles(*EVERYONE)
@reads_only
def run(request, pk):
    """One long job: how far it is, and where its result lies. Bank staff see those that they asked for."""
    own = {"asked_by": request.user} if request.user.role == Role.BANK else {}
    job = get_object_or_404(Run, pk=pk, **own)
    done, total, message = runs.progress(job)
    context = {"run": job, "percent": 100 * done // total if total else None, "words": message}
    return render(request, "staff/_run.html" if request.htmx else "staff/run.html", context)


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
