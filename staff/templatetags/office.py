"""How figures look, everywhere."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import formats, translation

register = template.Library()


@register.filter
def yuan(amount):
    """1234.5 -> 1,234.50; nothing for None."""
    return "" if amount is None else f"{Decimal(amount):,.2f}".replace("-", "−")


@register.filter
def wan(amount):
    """Yuan as 万元 with two decimals: 7211428.65 -> 721.14."""
    return "" if amount is None else f"{(Decimal(amount) / 10000).quantize(Decimal('0.01'), ROUND_HALF_UP):,.2f}"


@register.filter
def day(value):
    """A date in the reader's way: 2012年1月4日, or 4 Jan 2012."""
    if not value:
        return ""
    return f"{value.year}年{value.month}月{value.day}日" if translation.get_language() == "zh-hans" else formats.date_format(value, "j M Y")


@register.filter
def iso(value):
    """A date as 2012-01-04, for tables."""
    return f"{value:%Y-%m-%d}" if value else ""
