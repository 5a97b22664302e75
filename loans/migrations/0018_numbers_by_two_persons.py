import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def _person(label):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, null=True, verbose_name=label)


def _together(*names):
    return Q(**{f'{name}__isnull': True for name in names}) | Q(**{f'{name}__isnull': False for name in names})


class Migration(migrations.Migration):

    dependencies = [
        ('loans', '0017_lower_share_of_jilin'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(model_name='correctednumber', old_name='corrected_on', new_name='asked_on'),
        migrations.RenameField(model_name='correctednumber', old_name='corrected_by', new_name='asked_by'),
        migrations.AlterField(model_name='correctednumber', name='asked_on', field=models.DateField(verbose_name='entered on')),
        migrations.AlterField(
            model_name='correctednumber',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(model_name='correctednumber', name='confirmed_on', field=models.DateField(null=True, verbose_name='confirmed on')),
        migrations.AddField(model_name='correctednumber', name='confirmed_by', field=_person('confirmed by')),
        migrations.AddField(model_name='correctednumber', name='refused_on', field=models.DateField(null=True, verbose_name='sent back on')),
        migrations.AddField(model_name='correctednumber', name='refused_by', field=_person('sent back by')),
        migrations.AddField(
            model_name='correctednumber', name='refusal', field=models.CharField(blank=True, max_length=200, verbose_name='reason for sending it back')
        ),
        migrations.AddConstraint(
            model_name='correctednumber',
            constraint=models.UniqueConstraint(
                fields=['loan', 'which'], condition=Q(confirmed_on=None, refused_on=None), name='number_corrected_once_at_a_time'
            ),
        ),
        migrations.AddConstraint(
            model_name='correctednumber',
            constraint=models.CheckConstraint(condition=_together('confirmed_on', 'confirmed_by'), name='corrected_number_confirmation_whole'),
        ),
        migrations.AddConstraint(
            model_name='correctednumber',
            constraint=models.CheckConstraint(condition=_together('refused_on', 'refused_by'), name='corrected_number_refusal_whole'),
        ),
        migrations.AddConstraint(
            model_name='correctednumber',
            constraint=models.CheckConstraint(condition=Q(confirmed_on=None) | Q(refused_on=None), name='corrected_number_decided_once'),
        ),
    ]
