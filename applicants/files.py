"""What may be attached as a scan: told by the file's own first bytes, never by its name. No database."""

import hashlib
from typing import NamedTuple

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from staff.errors import Refused

MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


class FileTooLarge(Refused):
    """A scan is at most settings.PAPER_MAX_BYTES long."""

    title = _("The file is too large")


class WrongFile(Refused):
    """A scan is a PDF, JPEG or PNG file."""

    title = _("The file cannot be taken")


class Scan(NamedTuple):
    """What is known of a file once it was looked into."""

    content_type: str
    size: int
    checksum: str


def look_into(file) -> Scan:
    """The kind, size and SHA-256 of an uploaded file; refuses what is too large, empty, or no PDF, JPEG or PNG."""
    if file.size > settings.PAPER_MAX_BYTES:
        most = filesizeformat(settings.PAPER_MAX_BYTES)
        raise FileTooLarge(_gettext("%(name)s has %(size)s; a scan may have %(most)s.") % {"name": file.name, "size": filesizeformat(file.size), "most": most})
    file.seek(0)
    content = file.read()
    file.seek(0)
    for start, content_type in MAGIC:
        if content.startswith(start):
            return Scan(content_type, len(content), hashlib.sha256(content).hexdigest())
    raise WrongFile(_gettext("%(name)s is no PDF, JPEG or PNG file.") % {"name": file.name})
