"""How people come in: username and password, a second factor for those who set one up, and in the demo one click."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from staff.models import Role, User
from staff.web import public

BACKEND = "django.contrib.auth.backends.ModelBackend"


class OfficeAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: administrators add people."""

    def is_open_for_signup(self, request):
        return False


class SignIn(LoginView):
    """The sign-in page; in the demo it lists the people one may be."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"demo_people": demo_people() if settings.DEMO else []}


def demo_people():
    """Everybody who may be tried out, in the order of the roles."""
    order = list(Role)
    return sorted(User.objects.filter(is_active=True).select_related("bank"), key=lambda u: (order.index(u.role), u.pk))


@require_POST
@public
def demo_sign_in(request):
    """Be one of the demo's people, with one click. Only the demo has this page."""
    if not settings.DEMO:
        raise Http404
    person = get_object_or_404(User, pk=request.POST.get("person"), is_active=True)
    login(request, person, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)
