"""How figures, days, fields and pieces look."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from staff import history, parts
from staff.errors import NotYours
from staff.forms import DayField, YuanField
from staff.models import Event, Role
from tests import make


def shown(template, **context):
    return engines["django"].from_string("{% load i18n %}" + template).render(context).strip()


FIGURES = [
    ("{{ x|yuan }}", Decimal("1234.5"), "1,234.50"),
    ("{{ x|yuan }}", Decimal("-1234.5"), "−1,234.50"),
    ("{{ x|yuan }}", None, ""),
    ("{{ x|wan }}", Decimal("7211428.65"), "721.14"),
    ("{{ x|wan }}", Decimal("50"), "0.01"),
    ("{{ x|percent }}", Decimal("0.05929"), "5.93%"),
    ("{{ x|percent:1 }}", Decimal("0.931"), "93.1%"),
    ("{{ x|whole }}", 14295, "14,295"),
    ("{{ x|iso }}", date(2012, 1, 4), "2012-01-04"),
]


@pytest.mark.parametrize(("template", "value", "said"), FIGURES)
def test_figures(template, value, said):
    assert shown(template, x=value) == said


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "2012年1月4日 1月4日 星期三"), ("en", "4 Jan 2012 4 Jan Wednesday")])
def test_days_speak_the_readers_language(language, said):
    with translation.override(language):
        assert shown("{{ x|day }} {{ x|md }} {{ x|weekday }}", x=date(2012, 1, 4)) == said


@pytest.mark.parametrize(
    ("left", "due", "said", "tone"),
    [
        (-2, None, "超 2 个工作日", "bad"),
        (0, None, "今天到期", "warn"),
        (1, None, "还剩 1 个工作日", "warn"),
        (2, None, "还剩 2 个工作日", "left"),
        (None, date(2012, 1, 9), "1月9日 前", "left"),
    ],
)
def test_time_left(left, due, said, tone):
    with translation.override("zh-hans"):
        page = shown('{% include "pieces/left.html" %}', left=left, due=due)
    assert said in page
    assert tone in page


@pytest.mark.parametrize(("used", "reserved", "of", "widths"), [(56, 4, 100, ("56.00%", "4.00%")), (90, 30, 100, ("75.00%", "25.00%")), (0, 0, 0, ("0.00%",))])
def test_a_bar_shows_its_parts_of_the_whole(used, reserved, of, widths):
    page = shown("{% bar used reserved of 'a' %}", used=used, reserved=reserved, of=of)
    assert all(f'width="{width}"' in page for width in widths)
    assert ('class="over"' in page) is (used + reserved > of)


class Asked(forms.Form):
    amount = YuanField(label="金额")
    day = DayField(label="日期", required=False, help_text="发放日")
    stance = forms.ChoiceField(label="意见", choices=[("for", "同意"), ("against", "不同意")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="相符", required=False)


@pytest.mark.parametrize(("typed", "amount"), [("50000", "50000"), ("50,000.00", "50000"), ("５０，０００．５", "50000.5"), ("¥ 100", "100")])
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert YuanField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["五万", "-1", "1.005", "1e5x"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        YuanField().clean(typed)


@pytest.mark.parametrize("typed", ["2012-01-04", "2012/1/4", "2012.1.4", "20120104", "2012年1月4日", "２０１２－０１－０４"])
def test_a_day_is_read_as_people_write_it(typed):
    assert DayField().clean(typed) == date(2012, 1, 4)


def test_a_form_says_all_that_is_wrong_on_top_and_beside_each_field():
    with translation.override("zh-hans"):
        page = shown("{{ form }}", form=Asked({"amount": "五万", "day": "昨天"}))
    assert "尚未保存，请检查以下各项" in page
    for label, field, error in (
        ("金额", "id_amount", "请填数字。"),
        ("日期", "id_day", "日期不对，请写成 2012-01-04 的样子。"),
        ("意见", "id_stance", "此项必填。"),
    ):
        assert f'<a href="#{field}">{label}</a>: {error}' in page
        assert page.count(error) == 2
    assert 'aria-invalid="true"' in page


def test_fields_wear_the_kits_classes():
    page = shown("{{ form }}", form=Asked())
    for part in ('class="num form-control"', 'class="form-check-input"', "data-yuan", "data-day", 'id="id_day_helptext"'):
        assert part in page


def test_a_refusal_of_an_action_is_shown_as_one():
    form = Asked({"amount": "1", "stance": "for"})
    form.is_valid()
    form.add_error(None, "超过担保余量。")
    with translation.override("zh-hans"):
        page = shown('{% include "pieces/errors.html" %}', form=form)
    assert "未能办理" in page
    assert "超过担保余量。" in page
    with translation.override("zh-hans"):
        assert "不属于您的职责" in shown('{% include "pieces/refusal.html" %}', refusal=NotYours("须由主任审定。"))


def test_history_speaks_in_sentences(monkeypatch):
    monkeypatch.setattr(history, "_sentences", {})
    history.register({"loan.moved": "由 %(was)s 到 %(now)s", "loan.seen": lambda event: f"查看 {event.data['n']} 次"})
    told = [
        Event(kind=kind, data=data) for kind, data in (("loan.moved", {"was": "初审", "now": "考察"}), ("loan.moved", {"was": "初审"}), ("loan.seen", {"n": 2}))
    ]
    assert [str(event) for event in told] == ["由 初审 到 考察", "由 初审 到 —", "查看 2 次"]
    assert str(Event(kind="never.told", data={})) == "never.told"


@pytest.mark.django_db
def test_the_navigation_lights_the_nearest_room_and_shows_each_role_its_own(monkeypatch, rf):
    monkeypatch.setattr(parts, "_entries", [])
    parts.register_nav("我的待办", "staff:desk", roles=list(Role), order=1, count=lambda user, today: 7)
    parts.register_nav("人员", "staff:people", roles=list(Role), order=3, prefix="/people/")
    parts.register_nav("培训", "staff:help", roles=[Role.TRAINER], order=2, prefix="/people/classes/")
    seen = {}
    for role in (Role.TRAINER, Role.AUDITOR):
        request = rf.get("/people/classes/3/")
        request.user = make.user(role)
        seen[role] = [(line.label, line.active, line.count) for line in parts.navigation(request, date(2012, 1, 4))]
    assert seen[Role.TRAINER] == [("我的待办", False, 7), ("培训", True, 0), ("人员", False, 0)]
    assert seen[Role.AUDITOR] == [("我的待办", False, 7), ("人员", True, 0)]
