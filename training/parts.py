"""What this room hangs into pages of other rooms."""

from training import queries


def record(request, case):
    """Beside a case: the classes that its applicant sat in, with marks and the place in the year's list."""
    records = [(trainee, queries.place_of(trainee)) for trainee in queries.record_of(case.applicant_id)]
    return {"records": records} if records else None
