"""Which officer looks after which community: changed for many at once."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from applicants.models import Community
from loans.communities import assign
from loans.states import State
from staff.errors import Refused
from staff.forms import say
from staff.models import Role, User
from staff.office_date import office_today
from staff.web import for_roles


class AssignForm(forms.Form):
    """Some communities, and who is to look after them."""

    communities = forms.ModelMultipleChoiceField(Community.objects.all(), label=_("communities"))
    officer = forms.ModelChoiceField(User.objects.filter(role=Role.LOAN_OFFICER, is_active=True), label=_("loan officer"), empty_label=_("Choose"))


@require_http_methods(["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def communities(request):
    """Every community with its officer and its loans; the ticked ones are given to an officer."""
    form = AssignForm(request.POST or None)
    if form.is_valid():
        try:
            moved = assign(**form.cleaned_data, by=request.user, on=office_today())
        except Refused as refusal:
            say(form, refusal)
        else:
            words = ngettext("Assigned; %(n)s loan from the old ledger went along.", "Assigned; %(n)s loans from the old ledger went along.", moved)
            messages.success(request, words % {"n": moved})
            return redirect("loans:communities")
    live = Count("loans", filter=Q(loans__state=State.LIVE))
    rows = Community.objects.select_related("officer").annotate(live=live, lent=Count("loans", filter=Q(loans__disbursed_on__isnull=False)))
    return render(request, "loans/communities.html", {"form": form, "rows": rows.order_by("officer", "name")})
