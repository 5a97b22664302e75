from allauth.account.adapter import DefaultAccountAdapter


class OfficeAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: administrators add people."""

    def is_open_for_signup(self, request):
        return False
