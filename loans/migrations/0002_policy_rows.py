"""The documents, rows and rates of loans/data/, as the office begins with them; administrators add to them afterwards."""

from dataclasses import asdict

from django.db import migrations

from loans.policy_files import read_documents, read_rates, read_rules

BENCHMARK_COLUMNS = ("effective_from", "up_to_6_months", "up_to_1_year", "years_1_to_3", "years_3_to_5")


def load(apps, schema_editor):
    Document, Row = apps.get_model("loans", "PolicyDocument"), apps.get_model("loans", "PolicyRow")
    Benchmark, Quoted = apps.get_model("loans", "BenchmarkRate"), apps.get_model("loans", "ReferenceRate")
    rules, rates = read_rules(), read_rates()
    levels = {rule.document_no: str(rule.level) for rule in rules}
    documents = {
        number: Document.objects.create(number=number, title=title, issued=issued, level=levels[number]) for number, title, issued in read_documents()
    }
    Row.objects.bulk_create(Row(**_cells(rule, documents)) for rule in rules)
    Benchmark.objects.bulk_create(Benchmark(**dict(zip(BENCHMARK_COLUMNS, rate, strict=True))) for rate in rates.benchmarks)
    Quoted.objects.bulk_create(Quoted(**rate._asdict()) for rate in rates.references)


def _cells(rule, documents):
    cells = {name: value for name, value in asdict(rule).items() if value is not None and name not in ("document_no", "level")}
    texts = {name: str(cells[name]) for name in ("status", "subsidy_regime") if name in cells}
    return cells | texts | {"document": documents[rule.document_no], "groups": ";".join(sorted(rule.groups))}


def unload(apps, schema_editor):
    for name in ("PolicyRow", "PolicyDocument", "BenchmarkRate", "ReferenceRate"):
        apps.get_model("loans", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("loans", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
