"""How figures and days look, everywhere."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import formats, translation

from staff import delegations, history, parts

register = template.Library()


@register.filter
def yuan(amount):
    """1234.5 -> 1,234.50; nothing for None."""
    return "" if amount is None or amount == "" else f"{Decimal(amount):,.2f}".replace("-", "−")


@register.filter
def wan(amount):
    """Yuan as 万元 with two decimals: 7211428.65 -> 721.14."""
    return "" if amount is None or amount == "" else yuan((Decimal(amount) / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP))


@register.filter
def percent(share, decimals=2):
    """A share as per cent: 0.0593 -> 5.93%; nothing for None."""
    return "" if share is None or share == "" else f"{Decimal(share) * 100:,.{int(decimals)}f}%".replace("-", "−")


@register.filter
def whole(number):
    """A count with its thousands parted: 14295 -> 14,295."""
    return "" if number is None or number == "" else f"{int(number):,}"


@register.filter
def day(value):
    """A date in the reader's way: 2012年1月4日, or 4 Jan 2012."""
    if not value:
        return ""
    return f"{value.year}年{value.month}月{value.day}日" if _chinese() else formats.date_format(value, "j M Y")


@register.filter
def md(value):
    """A near date without its year: 1月4日, or 4 Jan."""
    if not value:
        return ""
    return f"{value.month}月{value.day}日" if _chinese() else formats.date_format(value, "j M")


@register.filter
def month(value):
    """The month of a day: 2012年1月, or Jan 2012."""
    if not value:
        return ""
    return f"{value.year}年{value.month}月" if _chinese() else formats.date_format(value, "M Y")


@register.filter
def weekday(value):
    """星期三, or Wednesday."""
    return formats.date_format(value, "l") if value else ""


@register.filter
def iso(value):
    """A date as 2012-01-04, for tables."""
    return f"{value:%Y-%m-%d}" if value else ""


@register.filter
def size(number):
    """How much, without the sign."""
    return abs(number)


@register.filter
def page_numbers(page):
    """The page numbers worth a link: the ends, and those around this page."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def words(event):
    """A line of history as a sentence."""
    return history.words(event)


@register.filter
def signer(event):
    """Who signed a line of history, and for whom."""
    return delegations.signature(event.by, event.delegation)


@register.filter
def signed(person, thing):
    """This person's signature on a thing, with the authority where it was given for somebody else."""
    if not person:
        return ""
    found = person.delegation or next((one for (_act, who), one in delegations.signed_about(thing).items() if who == person.pk), None)
    return delegations.signature(person, found)


@register.inclusion_tag("pieces/bar.html")
def bar(used, reserved, of, label=""):
    """A measure as a bar: solid what is used, hatched what is reserved, of a whole; red where it is more than the whole."""
    whole_ = Decimal(of or 0)
    over = Decimal(used) + Decimal(reserved) > whole_
    scale = max(whole_, Decimal(used) + Decimal(reserved)) or Decimal(1)
    return {"used": _part(used, scale), "reserved": _part(reserved, scale), "over": over, "label": label}


def _part(amount, scale):
    return f"{Decimal(amount) * 100 / scale:.2f}"


def _chinese():
    return translation.get_language() == "zh-hans"


@register.inclusion_tag("pieces/tabs.html", takes_context=True)
def tabs(context, place):
    """The pages about the same thing, beside each other."""
    return {"tabs": parts.tabs(place, context["request"])}


@register.filter
def rate(percent):
    """A rate as contracts write it: 9.65, 6.912."""
    return "" if percent is None else f"{Decimal(percent).normalize():f}"
