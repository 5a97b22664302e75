"""What documents themselves say of time: the bank answers within three weeks, the fund pays within three months (facts.md §2.1)."""

from datetime import date

from django.db import migrations

BEGINNING = date(2002, 12, 24)
LIMITS = (("bank_answers", "银发〔2002〕394号", 3, "weeks"), ("compensation", "银发〔2002〕394号", 3, "months"), ("refusal_told", None, 5, "working_days"))


def set_limits(apps, schema_editor):
    Document, Limit = apps.get_model("loans", "PolicyDocument"), apps.get_model("loans", "LegalLimit")
    for what, number, count, unit in LIMITS:
        document = Document.objects.filter(number=number).first()
        Limit.objects.get_or_create(what=what, effective_from=BEGINNING, defaults={"document": document, "number": count, "unit": unit})


class Migration(migrations.Migration):
    dependencies = [("loans", "0007_limits_of_documents")]
    operations = [migrations.RunPython(set_limits, migrations.RunPython.noop)]
