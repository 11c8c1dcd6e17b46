import django.contrib.postgres.fields
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.new_tables import CreateModels


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("office", "0001_initial"),
        ("office", "0002_rosters"),
    ]

    dependencies = [
        ('organisations', '0001_foundation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            models=[migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('arguments', models.JSONField(default=dict, verbose_name='arguments')),
                    ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                    ('url', models.CharField(blank=True, max_length=300, verbose_name='leads to')),
                    ('state', models.CharField(choices=[('queued', 'waiting to begin'), ('running', 'in progress'), ('done', 'finished'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='queued', max_length=20, verbose_name='state')),
                    ('queued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started at')),
                    ('running_at', models.DateTimeField(blank=True, null=True, verbose_name='running since')),
                    ('heartbeat_at', models.DateTimeField(blank=True, null=True, verbose_name='last sign of life')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancel asked for at')),
                    ('done', models.PositiveBigIntegerField(default=0, verbose_name='done so far')),
                    ('total', models.PositiveBigIntegerField(default=0, verbose_name='of')),
                    ('message', models.CharField(blank=True, max_length=300, verbose_name='what is being done')),
                    ('result', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='result')),
                    ('error', models.TextField(blank=True, verbose_name='why it failed')),
                    ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cancel asked for by')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='started for')),
                    ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                    ('result_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='resulting file')),
                ],
                options={
                    'verbose_name': 'background work',
                    'verbose_name_plural': 'background work',
                    'ordering': ['-queued_at', '-pk'],
                    'indexes': [models.Index(fields=['started_by', '-queued_at'], name='job_starter'), models.Index(condition=models.Q(('state', 'running')), fields=['heartbeat_at'], name='job_heartbeat')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('cancelled_at', None), ('cancelled_by__isnull', False), _connector='OR'), name='job_cancelled_at_with_by', violation_error_message='A cancellation names the person.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['queued', 'running'])), models.Q(('ended_at__isnull', False), ('state__in', ['done', 'failed', 'cancelled'])), _connector='OR'), name='job_ended_at_when_ended', violation_error_message='Work that ended has a moment at which it ended, other work has none.'), models.CheckConstraint(condition=models.Q(('total', 0), ('done__lte', models.F('total')), _connector='OR'), name='job_done_within_total', violation_error_message='More was done than there is.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_jobevent" ("cancelled_at", "cancelled_by_id", "ended_at", "error", "id", "kind", "language", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "result_file_id", "running_at", "started_by_id", "state", "title", "url") SELECT new_values."cancelled_at", new_values."cancelled_by_id", new_values."ended_at", new_values."error", new_values."id", new_values."kind", new_values."language", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."queued_at", new_values."result_file_id", new_values."running_at", new_values."started_by_id", new_values."state", new_values."title", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='00809ed689df03c5604176f197328aab2f2b5cc9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_bc05d', referencing='REFERENCING NEW TABLE AS new_values ', table='office_job', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_jobevent" ("cancelled_at", "cancelled_by_id", "ended_at", "error", "id", "kind", "language", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "result_file_id", "running_at", "started_by_id", "state", "title", "url") SELECT new_values."cancelled_at", new_values."cancelled_by_id", new_values."ended_at", new_values."error", new_values."id", new_values."kind", new_values."language", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."queued_at", new_values."result_file_id", new_values."running_at", new_values."started_by_id", new_values."state", new_values."title", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cancelled_at" IS DISTINCT FROM (new_values."cancelled_at") OR old_values."cancelled_by_id" IS DISTINCT FROM (new_values."cancelled_by_id") OR old_values."ended_at" IS DISTINCT FROM (new_values."ended_at") OR old_values."error" IS DISTINCT FROM (new_values."error") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."queued_at" IS DISTINCT FROM (new_values."queued_at") OR old_values."result_file_id" IS DISTINCT FROM (new_values."result_file_id") OR old_values."running_at" IS DISTINCT FROM (new_values."running_at") OR old_values."started_by_id" IS DISTINCT FROM (new_values."started_by_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."url" IS DISTINCT FROM (new_values."url")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c4d0f1cf3605980328c7ba9ee4fcbab1b3c31ea1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_e9c76', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='office_job', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_jobevent" ("cancelled_at", "cancelled_by_id", "ended_at", "error", "id", "kind", "language", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "result_file_id", "running_at", "started_by_id", "state", "title", "url") SELECT old_values."cancelled_at", old_values."cancelled_by_id", old_values."ended_at", old_values."error", old_values."id", old_values."kind", old_values."language", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."queued_at", old_values."result_file_id", old_values."running_at", old_values."started_by_id", old_values."state", old_values."title", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f4e6e4cab2ebc6f64c55a4f316732610e9a018e9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_06a3d', referencing='REFERENCING OLD TABLE AS old_values ', table='office_job', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('permission', models.CharField(blank=True, max_length=60, verbose_name='permission')),
                    ('kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('key', models.CharField(max_length=120, verbose_name='key')),
                    ('subject', models.TextField(verbose_name='subject')),
                    ('body', models.TextField(blank=True, verbose_name='text')),
                    ('params', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='what is filled in')),
                    ('url', models.CharField(blank=True, max_length=300, verbose_name='leads to')),
                    ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='organisations.organisation', verbose_name='organisation')),
                    ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='recipient')),
                ],
                options={
                    'verbose_name': 'message',
                    'verbose_name_plural': 'messages',
                    'ordering': ['-sent_at', '-pk'],
                    'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['key'], name='message_open_key'), models.Index(fields=['permission', 'organisation'], name='message_permission')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='message_once_for_organisation'), models.UniqueConstraint(fields=('recipient', 'key'), name='message_once_for_person'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('recipient', None), models.Q(('permission', ''), _negated=True)), models.Q(('organisation', None), ('permission', ''), ('recipient__isnull', False)), _connector='OR'), name='message_one_addressee', violation_error_message='A message goes to the posts of one organisation, or to one person.')],
                },
            ), migrations.CreateModel(
                name='Receipt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('read_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='read at')),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='office.message', verbose_name='message')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
                ],
                options={
                    'verbose_name': 'receipt',
                    'verbose_name_plural': 'receipts',
                    'constraints': [models.UniqueConstraint(fields=('message', 'user'), name='receipt_once')],
                },
            ), migrations.CreateModel(
                name='RosterImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='file name')),
                    ('new_place', models.CharField(blank=True, max_length=120, verbose_name='place to be created')),
                    ('year', models.PositiveSmallIntegerField(default=0, verbose_name='year of the facts')),
                    ('options', models.JSONField(default=dict, verbose_name='choices')),
                    ('planned', models.JSONField(default=list, verbose_name='will be created besides')),
                    ('state', models.CharField(choices=[('reading', 'being read'), ('ready', 'waiting for your decision'), ('applying', 'being applied'), ('applied', 'applied'), ('undone', 'undone'), ('failed', 'could not be read'), ('discarded', 'discarded')], default='reading', max_length=20, verbose_name='state')),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started at')),
                    ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='applied at')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
                    ('error', models.TextField(blank=True, verbose_name='why it failed')),
                    ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='office.job', verbose_name='background work')),
                    ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='goes under')),
                    ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                    ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='file')),
                ],
                options={
                    'verbose_name': 'roster import',
                    'verbose_name_plural': 'roster imports',
                    'ordering': ['-started_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('applied_at__isnull', False), models.Q(('state__in', ['applied', 'undone']), _negated=True), _connector='OR'), name='roster_import_applied_at_set', violation_error_message='What was applied has a moment at which it was applied.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False)), models.Q(('undone_at', None), models.Q(('state', 'undone'), _negated=True)), _connector='OR'), name='roster_import_undone_at_set', violation_error_message='What was undone has a moment at which it was undone.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_rosterimportevent" ("applied_at", "error", "file_id", "id", "job_id", "name", "new_place", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "started_at", "started_by_id", "state", "undone_at", "year") SELECT new_values."applied_at", new_values."error", new_values."file_id", new_values."id", new_values."job_id", new_values."name", new_values."new_place", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."place_id", new_values."started_at", new_values."started_by_id", new_values."state", new_values."undone_at", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='34f34fc30a5da161ba4c7d626e9e89da51e7d5e8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_2ac62', referencing='REFERENCING NEW TABLE AS new_values ', table='office_rosterimport', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_rosterimportevent" ("applied_at", "error", "file_id", "id", "job_id", "name", "new_place", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "started_at", "started_by_id", "state", "undone_at", "year") SELECT new_values."applied_at", new_values."error", new_values."file_id", new_values."id", new_values."job_id", new_values."name", new_values."new_place", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."place_id", new_values."started_at", new_values."started_by_id", new_values."state", new_values."undone_at", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."applied_at" IS DISTINCT FROM (new_values."applied_at") OR old_values."error" IS DISTINCT FROM (new_values."error") OR old_values."file_id" IS DISTINCT FROM (new_values."file_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."job_id" IS DISTINCT FROM (new_values."job_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."new_place" IS DISTINCT FROM (new_values."new_place") OR old_values."place_id" IS DISTINCT FROM (new_values."place_id") OR old_values."started_at" IS DISTINCT FROM (new_values."started_at") OR old_values."started_by_id" IS DISTINCT FROM (new_values."started_by_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."undone_at" IS DISTINCT FROM (new_values."undone_at") OR old_values."year" IS DISTINCT FROM (new_values."year")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5b648264599b7563988e656916c7d4fe7894ff13', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_d34bb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='office_rosterimport', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_rosterimportevent" ("applied_at", "error", "file_id", "id", "job_id", "name", "new_place", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "started_at", "started_by_id", "state", "undone_at", "year") SELECT old_values."applied_at", old_values."error", old_values."file_id", old_values."id", old_values."job_id", old_values."name", old_values."new_place", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."place_id", old_values."started_at", old_values."started_by_id", old_values."state", old_values."undone_at", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d999a4f04e2ea9dd00eaf9ce6d3f53e98eca131d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_88cdb', referencing='REFERENCING OLD TABLE AS old_values ', table='office_rosterimport', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='RosterChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                    ('model', models.CharField(max_length=80, verbose_name='table')),
                    ('created', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='created')),
                    ('updated', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='updated')),
                    ('deleted', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='deleted')),
                    ('roster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='made_changes', to='office.rosterimport', verbose_name='roster import')),
                ],
                options={
                    'verbose_name': 'change of a roster import',
                    'verbose_name_plural': 'changes of a roster import',
                    'ordering': ['roster', 'position'],
                    'constraints': [models.UniqueConstraint(fields=('roster', 'position'), name='roster_change_position_once')],
                },
            ), migrations.CreateModel(
                name='RosterSheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                    ('name', models.CharField(max_length=120, verbose_name='sheet')),
                    ('described', models.CharField(blank=True, max_length=40, verbose_name='roster')),
                    ('reason', models.CharField(blank=True, max_length=200, verbose_name='why it is not imported')),
                    ('titles', models.JSONField(default=list, verbose_name='titles')),
                    ('headings', models.JSONField(default=list, verbose_name='headings')),
                    ('header_rows', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), default=list, size=None, verbose_name='rows of headings')),
                    ('mapping', models.JSONField(default=dict, verbose_name='columns')),
                    ('scales', models.JSONField(default=dict, verbose_name='units of money')),
                    ('counts', models.JSONField(default=dict, verbose_name='counts')),
                    ('roster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='office.rosterimport', verbose_name='roster import')),
                ],
                options={
                    'verbose_name': 'roster sheet',
                    'verbose_name_plural': 'roster sheets',
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(fields=('roster', 'position'), name='roster_sheet_once')],
                },
            ), migrations.CreateModel(
                name='RosterRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='row')),
                    ('cells', models.JSONField(default=list, verbose_name='cells as typed')),
                    ('edits', models.JSONField(default=dict, verbose_name='changed here')),
                    ('kept', models.JSONField(default=list, verbose_name='kept as typed')),
                    ('left_out', models.BooleanField(default=False, verbose_name='left out')),
                    ('verdict', models.CharField(choices=[('created', 'new'), ('updated', 'changed'), ('unchanged', 'unchanged'), ('doubtful', 'doubtful'), ('rejected', 'rejected'), ('skipped', 'passed over')], max_length=20, verbose_name='verdict')),
                    ('reason', models.CharField(blank=True, max_length=40, verbose_name='why it is passed over')),
                    ('notes', models.JSONField(default=dict, verbose_name='read as')),
                    ('doubts', models.JSONField(default=list, verbose_name='doubts')),
                    ('changes', models.JSONField(default=list, verbose_name='changes')),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='office.rostersheet', verbose_name='sheet')),
                ],
                options={
                    'verbose_name': 'roster row',
                    'verbose_name_plural': 'roster rows',
                    'ordering': ['sheet', 'number'],
                    'indexes': [models.Index(fields=['sheet', 'verdict', 'number'], name='roster_row_verdict')],
                    'constraints': [models.UniqueConstraint(fields=('sheet', 'number'), name='roster_row_once')],
                },
            ), migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('workbook', 'workbook'), ('scan', 'scan'), ('word', 'Word document'), ('picture', 'picture')], max_length=20, verbose_name='kind')),
                    ('name', models.CharField(max_length=200, verbose_name='file name')),
                    ('media_type', models.CharField(max_length=100, verbose_name='media type')),
                    ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                    ('sha256', models.CharField(db_index=True, max_length=64, validators=[django.core.validators.RegexValidator('^[0-9a-f]{64}$')], verbose_name='checksum (SHA-256)')),
                    ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded at')),
                    ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                ],
                options={
                    'verbose_name': 'file',
                    'verbose_name_plural': 'files',
                    'ordering': ['-uploaded_at', '-pk'],
                    'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_storedfileevent" ("id", "kind", "media_type", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id") SELECT new_values."id", new_values."kind", new_values."media_type", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."sha256", new_values."size", new_values."uploaded_at", new_values."uploaded_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6c7a85c17e486d283d259e166db55702547b2f37', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_a79f8', referencing='REFERENCING NEW TABLE AS new_values ', table='office_storedfile', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_storedfileevent" ("id", "kind", "media_type", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id") SELECT new_values."id", new_values."kind", new_values."media_type", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."sha256", new_values."size", new_values."uploaded_at", new_values."uploaded_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6b97ed0c6e077cecdab70894adb9191df422a31d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_4697e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='office_storedfile', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_storedfileevent" ("id", "kind", "media_type", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id") SELECT old_values."id", old_values."kind", old_values."media_type", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."sha256", old_values."size", old_values."uploaded_at", old_values."uploaded_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1450c8e22e186119bd0f9a9476719b7b08f5a928', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_0961c', referencing='REFERENCING OLD TABLE AS old_values ', table='office_storedfile', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='RosterImportEvent',
                fields=[
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('name', models.CharField(max_length=200, verbose_name='file name')),
                    ('new_place', models.CharField(blank=True, max_length=120, verbose_name='place to be created')),
                    ('year', models.PositiveSmallIntegerField(default=0, verbose_name='year of the facts')),
                    ('state', models.CharField(choices=[('reading', 'being read'), ('ready', 'waiting for your decision'), ('applying', 'being applied'), ('applied', 'applied'), ('undone', 'undone'), ('failed', 'could not be read'), ('discarded', 'discarded')], default='reading', max_length=20, verbose_name='state')),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started at')),
                    ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='applied at')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
                    ('error', models.TextField(blank=True, verbose_name='why it failed')),
                    ('job', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.job', verbose_name='background work')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='office.rosterimport')),
                    ('place', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='goes under')),
                    ('started_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                    ('file', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.storedfile', verbose_name='file')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5a6e467456b0866a32929ecac602461c48277d80', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1e3a', table='office_rosterimportevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='JobEvent',
                fields=[
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                    ('url', models.CharField(blank=True, max_length=300, verbose_name='leads to')),
                    ('state', models.CharField(choices=[('queued', 'waiting to begin'), ('running', 'in progress'), ('done', 'finished'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='queued', max_length=20, verbose_name='state')),
                    ('queued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started at')),
                    ('running_at', models.DateTimeField(blank=True, null=True, verbose_name='running since')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancel asked for at')),
                    ('error', models.TextField(blank=True, verbose_name='why it failed')),
                    ('cancelled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cancel asked for by')),
                    ('organisation', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='started for')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='office.job')),
                    ('started_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                    ('result_file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.storedfile', verbose_name='resulting file')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7550460406c788be23f1dfaabff85b8e066ef53', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9d731', table='office_jobevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='StoredFileEvent',
                fields=[
                    ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(choices=[('workbook', 'workbook'), ('scan', 'scan'), ('word', 'Word document'), ('picture', 'picture')], max_length=20, verbose_name='kind')),
                    ('name', models.CharField(max_length=200, verbose_name='file name')),
                    ('media_type', models.CharField(max_length=100, verbose_name='media type')),
                    ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                    ('sha256', models.CharField(max_length=64, validators=[django.core.validators.RegexValidator('^[0-9a-f]{64}$')], verbose_name='checksum (SHA-256)')),
                    ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded at')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='office.storedfile')),
                    ('uploaded_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ce0b8ab37f13cb4bee215eb9fe2010dec87a7e6b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_03201', table='office_storedfileevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='WordTemplate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=60, verbose_name='template')),
                    ('version', models.PositiveIntegerField(verbose_name='version')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='what was changed')),
                    ('replaced_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='replaced at')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.storedfile', verbose_name='file')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='counts for')),
                    ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='replaced by')),
                ],
                options={
                    'verbose_name': 'Word template',
                    'verbose_name_plural': 'Word templates',
                    'ordering': ['kind', '-version'],
                    'constraints': [models.UniqueConstraint(fields=('place', 'kind', 'version'), name='word_template_version_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='word_template_version_from_one', violation_error_message='Versions are counted from 1.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='word_template_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0d8035cc9c9fd7ef00b713c9edb969cc9d48f970', operation='UPDATE OR DELETE', pgid='pgtrigger_word_template_append_only_e4ff9', table='office_wordtemplate', when='BEFORE')), pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_wordtemplateevent" ("file_id", "id", "kind", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "replaced_at", "replaced_by_id", "version") SELECT new_values."file_id", new_values."id", new_values."kind", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."place_id", new_values."replaced_at", new_values."replaced_by_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4efcf2b9aef8b3db2b665d6259f1b89745cbdd20', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_2017a', referencing='REFERENCING NEW TABLE AS new_values ', table='office_wordtemplate', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_wordtemplateevent" ("file_id", "id", "kind", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "replaced_at", "replaced_by_id", "version") SELECT new_values."file_id", new_values."id", new_values."kind", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."place_id", new_values."replaced_at", new_values."replaced_by_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b0d33cae3ae593cc50e2a38bcdae81ee35269314', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_e5f7b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='office_wordtemplate', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "office_wordtemplateevent" ("file_id", "id", "kind", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "replaced_at", "replaced_by_id", "version") SELECT old_values."file_id", old_values."id", old_values."kind", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."place_id", old_values."replaced_at", old_values."replaced_by_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dc82e535cd9adf161cc5ceb2b2ba951a6fbadd4d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_7fcc1', referencing='REFERENCING OLD TABLE AS old_values ', table='office_wordtemplate', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='WordTemplateEvent',
                fields=[
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(max_length=60, verbose_name='template')),
                    ('version', models.PositiveIntegerField(verbose_name='version')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='what was changed')),
                    ('replaced_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='replaced at')),
                    ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.storedfile', verbose_name='file')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='office.wordtemplate')),
                    ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='counts for')),
                    ('replaced_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='replaced by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d80e84398ee0668b08dbc645c6f549c6dbd62eb9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_66478', table='office_wordtemplateevent', when='BEFORE'))],
                },
            )],
        ),
    ]
