"""The net itself holds: an undefined variable in a template of ours is noticed, `default` is honoured, packages are left alone."""

import pytest
from django.template import Context, Origin, Template, engines

from tests.strict_templates import OURS, UndefinedVariable


def rendered(text, name):
    template = Template(text, origin=Origin(name), engine=engines["django"].engine)
    return template.render(Context({"known": None}))


@pytest.mark.parametrize("text", ["{{ nobody }}", "{{ nobody.name }}", "{{ known.name }}", "{{ nobody|upper }}", "{% with a=nobody %}{{ a }}{% endwith %}"])
def test_it_fails_in_our_templates(text):
    with pytest.raises(UndefinedVariable):
        rendered(text, str(OURS / "staff" / "x.html"))


@pytest.mark.parametrize(("text", "shown"), [("{{ nobody|default:'none' }}", "none"), ("{% if nobody %}yes{% endif %}", ""), ("{{ known }}", "None")])
def test_saying_that_it_may_be_missing_is_fine(text, shown):
    assert rendered(text, str(OURS / "staff" / "x.html")) == shown


def test_templates_of_packages_stay_as_they_are():
    assert rendered("{{ nobody|default:'none' }}{{ nobody.name }}", "/usr/lib/package/templates/x.html") == "none"
