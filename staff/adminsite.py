"""Django admin as the office uses it: administrators only, and only what our own rooms show there."""

from django.apps import apps
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import URLResolver
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite

from staff.models import Role


class OfficeAdmin(ModelAdmin):
    """The base of everything in admin. Nothing is deleted here; what is no longer used is marked so."""

    warn_unsaved_form = True
    list_per_page = 50

    def has_delete_permission(self, request, obj=None):
        return False


class LookOnly(OfficeAdmin):
    """For all that an action owns: administrators may look at it, and change it nowhere."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class OfficeAdminSite(UnfoldAdminSite):
    """The role alone opens it: a flag set by mistake does not."""

    def has_permission(self, request):
        user = request.user
        return user.is_authenticated and user.is_active and user.role == Role.ADMINISTRATOR

    def admin_view(self, view, cacheable=False):
        inside = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inside(request, *args, **kwargs)

        return guarded

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take what our rooms register; what libraries bring along stays out."""
        if admin_class and issubclass(admin_class, OfficeAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self):
        """Every page says who may open it, like the pages of the rooms."""
        urls = super().get_urls()
        for page in _pages(urls):
            if not hasattr(page.callback, "roles"):
                page.callback.roles = frozenset([Role.ADMINISTRATOR])
        return urls

    def get_app_list(self, request, app_label=None):
        """The rooms in the order of a case's life, then what libraries keep."""
        order = [config.label for config in apps.get_app_configs()]
        return sorted(super().get_app_list(request, app_label), key=lambda room: order.index(room["app_label"]))

    @login_not_required
    def login(self, request, extra_context=None):
        """There is one door: the office's own sign-in page, with its second factor."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.path.removesuffix("login/")))

    login.roles = frozenset(["public"])

    def logout(self, request, extra_context=None):
        logout(request)
        return redirect("account_login")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


def _pages(urls):
    for url in urls:
        if isinstance(url, URLResolver):
            yield from _pages(url.url_patterns)
        else:
            yield url
