"""The check lists as the office begins with them; it changes them in admin.

A demand: what guarantee agencies ask banks for (facts.md §3.6: the report on the default, dunning notices as proof of collection).
A write-off: the report on recovery, and the paper of its cause (death, bankruptcy, court order: seen in city rules only).
"""

from datetime import date

from django.db import migrations

BEGINNING = date(2002, 12, 24)
DEMAND = ("demand_letter", "default_report", "contract", "iou", "account_sheet", "dunning", "collection")
WRITE_OFF = {"write_off": ("recovery_report", "collection"), "death": ("death",), "bankruptcy": ("bankruptcy",), "court_end": ("court_end",)}


def load(apps, schema_editor):
    papers = [("demand", kind, "") for kind in DEMAND]
    papers += [(purpose, kind, "据外地办法拟定，待本市文件确认") for purpose, kinds in WRITE_OFF.items() for kind in kinds]
    for purpose, kind, note in papers:
        apps.get_model("guarantees", "RequiredPaper").objects.create(purpose=purpose, kind=kind, effective_from=BEGINNING, note=note)


def unload(apps, schema_editor):
    apps.get_model("guarantees", "RequiredPaper").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("guarantees", "0004_compensation")]
    operations = [migrations.RunPython(load, unload)]
