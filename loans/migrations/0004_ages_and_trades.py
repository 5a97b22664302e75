"""How old borrowers may be, and the trades that no loan goes to, as the office begins with them; administrators add to them afterwards."""

from django.db import migrations

from loans.policy_files import read_ages, read_trades


def load(apps, schema_editor):
    Document, Age, Trade = (apps.get_model("loans", name) for name in ("PolicyDocument", "AgeLimit", "ExcludedTrade"))
    for model, rows in ((Age, read_ages()), (Trade, read_trades())):
        for document_no, level, cells in rows:
            document, _new = Document.objects.get_or_create(number=document_no, defaults={"level": level})
            model.objects.create(document=document, **cells)


class Migration(migrations.Migration):
    dependencies = [("loans", "0003_step_limits")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
