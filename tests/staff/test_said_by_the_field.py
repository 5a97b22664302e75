"""A refusal is written by the field that it is about, and on top of a form that has no such field."""

from django import forms

from staff.errors import Refused
from staff.forms import say


class TooMuch(Refused):
    about = ("amount", "principal")


class Money(forms.Form):
    principal = forms.CharField(required=False)
    interest = forms.CharField(required=False)


def test_the_first_field_that_is_there_carries_the_sentence():
    assert told(TooMuch("欠还本金没有这么多。")) == {"principal": ["欠还本金没有这么多。"]}


def test_one_refusal_may_be_about_another_field_than_its_kind():
    assert told(TooMuch("利息没有这么多。", about="interest")) == {"interest": ["利息没有这么多。"]}


def test_what_no_field_mends_stands_on_top():
    assert told(Refused("这一步现在办不了。")) == {"__all__": ["这一步现在办不了。"]}


def told(refusal):
    form = Money({})
    assert form.is_valid()
    say(form, refusal)
    return dict(form.errors)
