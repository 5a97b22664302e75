from django.forms.renderers import TemplatesSetting


class OfficeRenderer(TemplatesSetting):
    """Every form field is drawn by our own piece."""

    field_template_name = "pieces/field.html"
