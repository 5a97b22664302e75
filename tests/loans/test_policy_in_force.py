"""`manage.py policy_in_force`: what the documents allow on a day, as other programs read it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
NOTHING = {"new_hire_share": None, "new_hire_share_over_100": None}


def asked(*args):
    out = StringIO()
    call_command("policy_in_force", *args, stdout=out)
    return out.getvalue()


def in_force(day, kind, *groups):
    return json.loads(asked("--on", day, "--kind", kind, *[word for group in groups for word in ("--group", group)], "--json"))


def test_a_woman_on_the_day_the_demo_opens():
    assert in_force("2012-01-04", "individual", "woman") == {
        "lending_cap_yuan": 80000,
        "subsidised_cap_yuan": 80000,
        "term_months": 24,
        "extension_months": 12,
        "rate_ceiling": "benchmark+3.00",
        "rate_ceiling_percent": "9.65",
        "subsidy_regime": "B",
        "documents": ["银发〔2002〕394号", "银发〔2008〕238号", "财金〔2009〕72号"],
        **NOTHING,
    }


def test_an_enterprise_of_the_province():
    assert in_force("2009-03-01", "enterprise", "labour_intensive_firm") == {
        "lending_cap_yuan": 4000000,
        "subsidised_cap_yuan": 2000000,
        "term_months": 24,
        "extension_months": 12,
        "rate_ceiling": "benchmark+3.00",
        "rate_ceiling_percent": "8.40",
        "subsidy_regime": "C",
        "new_hire_share": "0.30",
        "new_hire_share_over_100": "0.15",
        "documents": ["银发〔2004〕51号", "银发〔2008〕238号", "吉林省就业文件2008"],
    }


def test_a_partnership_has_no_cap_of_its_own_where_it_goes_by_heads():
    found = in_force("2021-06-01", "partnership")
    assert (found["lending_cap_yuan"], found["term_months"], found["rate_ceiling"], found["rate_ceiling_percent"]) == (None, 36, "lpr+1.50", "5.35")


def test_the_best_of_several_groups_counts():
    assert in_force("2005-06-01", "individual", "laid_off_soe", "siyb_excellent")["lending_cap_yuan"] == 100000
    assert in_force("2005-06-01", "individual", "laid_off_soe", "siyb_excellent")["subsidised_cap_yuan"] == 20000


def test_a_rate_agreed_freely_has_no_percent():
    found = in_force("2017-02-27", "enterprise")
    assert (found["rate_ceiling"], found["rate_ceiling_percent"]) == ("agreed", None)


def test_before_the_scheme_no_document_says_anything():
    found = in_force("2002-12-23", "individual")
    assert (set(found.pop("documents")), set(found.values())) == (set(), {None})


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("--on", "2012-13-04", "--kind", "individual"), "2012-13-04"),
        (("--on", "2012-01-04", "--kind", "cat"), "cat"),
        (("--on", "2012-01-04", "--kind", "individual", "--group", "women"), "women"),
    ],
)
def test_what_cannot_be_read_is_named(args, named):
    with pytest.raises(CommandError, match=named):
        asked(*args)


def test_for_people_it_prints_lines():
    assert "lending_cap_yuan: 50000" in asked("--on", "2012-01-04", "--kind", "individual").splitlines()
