"""The pages of the sign-in library that we keep, each saying who may open it. No sign-up, no e-mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from staff.signin import SignIn
from staff.web import EVERYONE, for_roles, public

everyone = for_roles(*EVERYONE)

urlpatterns = [
    path("login/", public(SignIn.as_view()), name="account_login"),
    path("logout/", public(account.LogoutView.as_view()), name="account_logout"),
    path("inactive/", public(account.AccountInactiveView.as_view()), name="account_inactive"),
    path("reauthenticate/", everyone(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", everyone(account.password_change), name="account_change_password"),
    path("password/set/", everyone(account.password_set), name="account_set_password"),  # for who has none yet
    path("2fa/", everyone(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", public(mfa.AuthenticateView.as_view()), name="mfa_authenticate"),
    path("2fa/reauthenticate/", everyone(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", everyone(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", everyone(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", everyone(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", everyone(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", everyone(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
