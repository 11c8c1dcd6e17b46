import uuid

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.new_tables import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_floating_registered_by_nobody'),
        ('organisations', '0001_foundation'),
        ('pairing', '0003_newest_resources_first'),
        ('visits', '0001_activities'),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name='Diary',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('edition', models.CharField(choices=[('leaders', "leaders' edition"), ('agency', 'edition for units'), ('grassroots', 'edition for townships and villages')], max_length=20, verbose_name='edition of the diary')),
                        ('begun_at', models.DateTimeField(verbose_name='begun at')),
                        ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='diaries', to='members.member', verbose_name='whose diary')),
                        ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='diaries', to='pairing.round', verbose_name='round')),
                    ],
                    options={
                        'verbose_name': 'diary',
                        'verbose_name_plural': 'diaries',
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(fields=('member', 'round'), name='diary_once_in_a_round', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_diaryevent" ("begun_at", "begun_by_id", "edition", "id", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") SELECT new_values."begun_at", new_values."begun_by_id", new_values."edition", new_values."id", new_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."round_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7d23b4a7c569c1975cfdd39dea58800757b82d1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_660fd', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_diary', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_diaryevent" ("begun_at", "begun_by_id", "edition", "id", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") SELECT new_values."begun_at", new_values."begun_by_id", new_values."edition", new_values."id", new_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."round_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='78fd4f606914d034fb2d301b1c58d72e1d6e4a2d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_0bc00', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_diary', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_diaryevent" ("begun_at", "begun_by_id", "edition", "id", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") SELECT old_values."begun_at", old_values."begun_by_id", old_values."edition", old_values."id", old_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."round_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='794e5ef348ee37bac7e5042df7b504c68409e07f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_e80d5', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_diary', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DiaryEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                        ('on', models.DateField(verbose_name='day')),
                        ('did', models.TextField(max_length=2000, verbose_name='what was done')),
                        ('solved', models.TextField(max_length=2000, verbose_name='what was solved')),
                        ('reflection', models.TextField(max_length=2000, verbose_name='what one thinks of it')),
                        ('written_at', models.DateTimeField(verbose_name='written at')),
                        ('mark', models.CharField(blank=True, choices=[('good', 'good'), ('fair', 'fair'), ('thin', 'to be improved')], max_length=10, verbose_name='mark')),
                        ('review_words', models.CharField(blank=True, max_length=500, verbose_name='review note')),
                        ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='reviewed at')),
                        ('diary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='visits.diary', verbose_name='diary')),
                        ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewed by')),
                        ('village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='village')),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ],
                    options={
                        'verbose_name': 'diary entry',
                        'verbose_name_plural': 'diary entries',
                        'ordering': ['-on', '-pk'],
                        'indexes': [models.Index(fields=['diary', 'on'], name='diary_entry_of_diary')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('did', ''), _negated=True), models.Q(('solved', ''), _negated=True), models.Q(('reflection', ''), _negated=True)), name='diary_entry_in_three_parts', violation_error_message='An entry says what was done, what was solved and what one thinks of it.'), models.CheckConstraint(condition=models.Q(models.Q(('mark', ''), ('review_words', ''), ('reviewed_at', None), ('reviewed_by', None)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), models.Q(('mark', ''), _negated=True)), _connector='OR'), name='diary_entry_reviewed_with_a_mark')],
                        'triggers': [pgtrigger.compiler.Trigger(name='diary_entry_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d708d4d52144fc5d5eb036aa9bd43430b247000f', operation='DELETE', pgid='pgtrigger_diary_entry_not_deleted_043a3', table='visits_diaryentry', when='BEFORE')), pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_diaryentryevent" ("diary_id", "id", "key", "mark", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by_id", "village_id", "written_at", "written_by_id") SELECT new_values."diary_id", new_values."id", new_values."key", new_values."mark", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."reviewed_at", new_values."reviewed_by_id", new_values."village_id", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f8a618c2021fc7ad45ed9c87cfdc0d09b5e3b019', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_85687', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_diaryentry', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_diaryentryevent" ("diary_id", "id", "key", "mark", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by_id", "village_id", "written_at", "written_by_id") SELECT new_values."diary_id", new_values."id", new_values."key", new_values."mark", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."reviewed_at", new_values."reviewed_by_id", new_values."village_id", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."diary_id" IS DISTINCT FROM (new_values."diary_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."key" IS DISTINCT FROM (new_values."key") OR old_values."mark" IS DISTINCT FROM (new_values."mark") OR old_values."on" IS DISTINCT FROM (new_values."on") OR old_values."reviewed_at" IS DISTINCT FROM (new_values."reviewed_at") OR old_values."reviewed_by_id" IS DISTINCT FROM (new_values."reviewed_by_id") OR old_values."village_id" IS DISTINCT FROM (new_values."village_id") OR old_values."written_at" IS DISTINCT FROM (new_values."written_at") OR old_values."written_by_id" IS DISTINCT FROM (new_values."written_by_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='baa5715d746c9769e218aff8c6024be7fbb7b9c8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_b9f79', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_diaryentry', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_diaryentryevent" ("diary_id", "id", "key", "mark", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by_id", "village_id", "written_at", "written_by_id") SELECT old_values."diary_id", old_values."id", old_values."key", old_values."mark", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."reviewed_at", old_values."reviewed_by_id", old_values."village_id", old_values."written_at", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9e41b5534238711fde6e17e8e53c9ed6edd678b0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_84eeb', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_diaryentry', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DiaryEntryEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='key')),
                        ('on', models.DateField(verbose_name='day')),
                        ('written_at', models.DateTimeField(verbose_name='written at')),
                        ('mark', models.CharField(blank=True, choices=[('good', 'good'), ('fair', 'fair'), ('thin', 'to be improved')], max_length=10, verbose_name='mark')),
                        ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='reviewed at')),
                        ('diary', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='visits.diary', verbose_name='diary')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.diaryentry')),
                        ('reviewed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewed by')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='village')),
                        ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='adf3cc83d3e3a93e94503def357101c63e131a12', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9bfdc', table='visits_diaryentryevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DiaryEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('edition', models.CharField(choices=[('leaders', "leaders' edition"), ('agency', 'edition for units'), ('grassroots', 'edition for townships and villages')], max_length=20, verbose_name='edition of the diary')),
                        ('begun_at', models.DateTimeField(verbose_name='begun at')),
                        ('begun_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by')),
                        ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member', verbose_name='whose diary')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.diary')),
                        ('round', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pairing.round', verbose_name='round')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb7d7e4f46f786e64f9e72c5c57fd24864deb6d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_667b4', table='visits_diaryevent', when='BEFORE'))],
                    },
                ),
            ]
        ),
    ]
