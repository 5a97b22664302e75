"""Who signs what nobody pressed: the jobs of a day, done because a rule and the date say so."""

from staff.models import Role, User


def the_clock():
    """The one user that stands for the office's own jobs; nobody can sign in as it."""
    fields = {"name": "系统自动", "role": Role.ADMINISTRATOR, "is_active": False, "password": "!"}
    return User.objects.get_or_create(username="clock", defaults=fields)[0]
