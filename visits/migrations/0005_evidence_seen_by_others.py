import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.db import migrations, models

from core.new_tables import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0002_destroyed_files'),
        ('visits', '0004_around_activities'),
    ]

    operations = [
        migrations.AlterField(
            model_name='evidence',
            name='kind',
            field=models.CharField(choices=[('photo', 'photo'), ('scan', 'scan of a paper'), ('minutes', 'minutes'), ('signature', 'signature of those present'), ('villager', 'signature of a villager')], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='evidenceevent',
            name='kind',
            field=models.CharField(choices=[('photo', 'photo'), ('scan', 'scan of a paper'), ('minutes', 'minutes'), ('signature', 'signature of those present'), ('villager', 'signature of a villager')], max_length=20, verbose_name='kind'),
        ),
        CreateModels(
            models=[
                migrations.CreateModel(
                    name='MarkedCopy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('evidence', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='marked', to='visits.evidence', verbose_name='evidence')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='file')),
                    ],
                    options={
                        'verbose_name': 'photo with time and uploader',
                        'verbose_name_plural': 'photos with time and uploader',
                        'ordering': ['pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='marked_copy_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ebd337f0fca9952b07536b20b8aaa2571f14afdd', operation='UPDATE OR DELETE', pgid='pgtrigger_marked_copy_append_only_ef7e7', table='visits_markedcopy', when='BEFORE')), pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_markedcopyevent" ("evidence_id", "file_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."evidence_id", new_values."file_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='668178be05d838d7738b83520f2bf67751f51a74', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_7213a', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_markedcopy', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_markedcopyevent" ("evidence_id", "file_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."evidence_id", new_values."file_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='50d691e0263e27d867e14da5261ff3260653581b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_76e65', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_markedcopy', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_markedcopyevent" ("evidence_id", "file_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."evidence_id", old_values."file_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='efa0b58fa9a3788b199b873f87356d2390b69a1b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_80ae0', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_markedcopy', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='MarkedCopyEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('evidence', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='visits.evidence', verbose_name='evidence')),
                        ('file', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.storedfile', verbose_name='file')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.markedcopy')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d976b613296ee54d1e498a2a3a012ddde9cc56e5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_102e9', table='visits_markedcopyevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Position',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('latitude', models.DecimalField(decimal_places=6, max_digits=8, verbose_name='latitude')),
                        ('longitude', models.DecimalField(decimal_places=6, max_digits=9, verbose_name='longitude')),
                        ('accuracy', models.PositiveIntegerField(blank=True, null=True, verbose_name='exact to metres')),
                        ('coordinates', models.CharField(choices=[('wgs84', 'WGS-84')], default='wgs84', max_length=10, verbose_name='coordinate system')),
                        ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='position', to='visits.activity', verbose_name='activity')),
                    ],
                    options={
                        'verbose_name': 'where it was recorded',
                        'verbose_name_plural': 'where activities were recorded',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), name='position_on_earth')],
                        'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_positionevent" ("accuracy", "activity_id", "coordinates", "id", "latitude", "longitude", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."accuracy", new_values."activity_id", new_values."coordinates", new_values."id", new_values."latitude", new_values."longitude", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77cf072ed60f44b00b9f436793ca12ca3947f794', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_1398e', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_position', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_positionevent" ("accuracy", "activity_id", "coordinates", "id", "latitude", "longitude", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."accuracy", new_values."activity_id", new_values."coordinates", new_values."id", new_values."latitude", new_values."longitude", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='462f703dbf8addcf3785ae0543774b3bb2bb97a0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_3858a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_position', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_positionevent" ("accuracy", "activity_id", "coordinates", "id", "latitude", "longitude", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."accuracy", old_values."activity_id", old_values."coordinates", old_values."id", old_values."latitude", old_values."longitude", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6e2a5c43ddc6b4d64ead8518acf0007a9fc83312', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_af843', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_position', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PositionEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('latitude', models.DecimalField(decimal_places=6, max_digits=8, verbose_name='latitude')),
                        ('longitude', models.DecimalField(decimal_places=6, max_digits=9, verbose_name='longitude')),
                        ('accuracy', models.PositiveIntegerField(blank=True, null=True, verbose_name='exact to metres')),
                        ('coordinates', models.CharField(choices=[('wgs84', 'WGS-84')], default='wgs84', max_length=10, verbose_name='coordinate system')),
                        ('activity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='visits.activity', verbose_name='activity')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.position')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f34cc879188818d5c50c3e793f2ee12473e388e6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9cf4e', table='visits_positionevent', when='BEFORE'))],
                    },
                ),
            ]
        ),
    ]
