from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _


class LedgerForm(forms.Form):
    """The workbook to take in."""

    file = forms.FileField(
        label=_("Excel workbook"),
        validators=[FileExtensionValidator(["xlsx", "xls", "xlsb", "ods"])],
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls,.xlsb,.ods"}),
        help_text=_("The sheets 担保基金, 年度计划, 贷款台账, 还款流水, 贷后回访, SIYB培训 and 其他培训, or some of them. First it is only examined."),
    )
