"""A wrong contract or IOU number: the bank names the right one, a second person of the office confirms it or sends it back."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from loans import actions, acts, queries
from loans.actions.numbers import refuse_number
from loans.actpage import act_page
from loans.forms import numbers as forms
from loans.numbers import FIELDS, Which
from staff.web import for_roles


def _acting(name):
    return lambda view: require_http_methods(["GET", "POST"])(for_roles(*acts.roles(name))(view))


def _case(request, number):
    return get_object_or_404(queries.cases(request.user), number=number)


@_acting("ask_correction")
def ask_correction(request, number):
    """Name the right number; what becomes of it stands beside it first."""
    loan = _case(request, number)
    form = forms.NumberForm(request.POST or None, loan=loan, initial={"which": Which.IOU if loan.iou_number else Which.CONTRACT})

    def shows(said):
        refuse_number(loan, said["which"], said["now"])
        return {"which": said["which"].label, "was": getattr(loan, FIELDS[said["which"]]), "now": said["now"]}

    def do(**who):
        actions.ask_correction(**form.cleaned_data, **who)

    return act_page(request, loan, "ask_correction", form, do, template="loans/number.html", shows=shows, always=True)


@_acting("confirm_correction")
def confirm_correction(request, number):
    """Confirm it against the paper."""
    return _decide(request, number, "confirm_correction", forms.DecideForm, actions.confirm_correction)


@_acting("refuse_correction")
def refuse_correction(request, number):
    """Send it back: the number on record stays."""
    return _decide(request, number, "refuse_correction", forms.SendBackForm, actions.refuse_correction)


def _decide(request, number, act, form_class, book):
    loan = _case(request, number)
    waits = loan.corrected_numbers.waiting().select_related("asked_by").first()
    form = form_class(request.POST or None, initial={"which": waits and waits.which})

    def shows(_said):
        refuse_number(loan, waits.which, waits.now, instead_of=waits.was)
        return {"which": waits.get_which_display(), "was": waits.was, "now": waits.now}

    at_once = waits is not None and act == "confirm_correction"

    def do(**who):
        book(**form.cleaned_data, **who)

    return act_page(request, loan, act, form, do, template="loans/number.html", shows=shows, at_once=at_once, waits=waits)
