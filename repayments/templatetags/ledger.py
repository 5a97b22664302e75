"""Cells of the half-year ledger."""

from django import template

from repayments.half_year import columns

register = template.Library()


@register.filter
def cell(line, column):
    """What stands in this column of a line."""
    return columns.words(column, line)
