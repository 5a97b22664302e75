"""Taking an old ledger in: all of it or nothing."""

import hashlib

from django.db import connection, transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees.models import FundAccount
from reports.importing.examine import Examined, examine
from reports.importing.write import Progress, Writing
from reports.models import LedgerImport
from staff.audit import note
from staff.errors import NotYours, Refused
from staff.models import Role

ONE_AT_A_TIME = 20041231  # the key of the advisory lock


class RowsRefused(Refused):
    """Something in the workbook is wrong: nothing was written. `found` says what, row by row."""

    title = _("The ledger was not taken in")

    def __init__(self, found: Examined):
        self.found = found
        super().__init__(_gettext("%(count)s rows are refused; nothing was written.") % {"count": found.count("refused")})


def nobody(done: int, total: int, message: str) -> None:
    """Progress told to nobody."""


@transaction.atomic
def take_in(*, content: bytes, file_name: str, by, on, progress: Progress = nobody) -> Examined:
    """Import a workbook whole. What is on record already with the same content is left alone; refuses (RowsRefused) any wrong row."""
    if by.role != Role.ADMINISTRATOR:
        raise NotYours(_gettext("Only an administrator takes an old ledger in."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    list(FundAccount.objects.select_for_update(of=("self",)).order_by("pk"))  # what is lent uses room: promises wait
    progress(0, 1, _gettext("Reading the workbook"))
    found = examine(content, on=on)
    if found.count("refused"):
        raise RowsRefused(found)
    if added := found.count("accepted"):
        source = LedgerImport.objects.create(file_name=file_name, checksum=checksum(content), rows_added=added, imported_on=on, imported_by=by)
        Writing(found, source).everything(progress)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # tables that were empty a minute ago: tell the planner
        note("ledger.imported", subject=source, by=by, on=on, file=file_name, rows=added)
    return found


def taken_in(content: bytes) -> bool:
    """Whether this very file was taken in before."""
    return LedgerImport.objects.filter(checksum=checksum(content)).exists()


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
