"""Which language a page speaks: Chinese first, English where this person or this visitor chose it."""

from django.conf import settings
from django.utils import translation


class OfficeLanguage:
    """Speak the user's own language, a stranger's cookie, else Chinese. What the browser would prefer does not count."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(chosen(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def chosen(request):
    """The language code for this request."""
    own = request.user.language if request.user.is_authenticated else ""
    wanted = own or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
