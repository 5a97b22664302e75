"""What every known document changed, also the documents that fill no row; what administrators wrote meanwhile stays."""

from django.db import migrations

from loans.policy_files import read_document_notes


def note(apps, schema_editor):
    Document = apps.get_model("loans", "PolicyDocument")
    for number, told in read_document_notes():
        issued = told["issued"] or None
        document, _new = Document.objects.get_or_create(number=number, defaults={**told, "issued": issued})
        document.title, document.issued = document.title or told["title"], document.issued or issued
        document.note = document.note or told["note"]
        document.save()


class Migration(migrations.Migration):
    dependencies = [("loans", "0014_two_persons_for_lending_rules")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
