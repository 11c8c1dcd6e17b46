import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.new_tables import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_foundation'),
        ('visits', '0003_household_visits'),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name='ActivityDetail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('situation', 'the situation'), ('policy', 'policy'), ('law', 'law')], max_length=20), blank=True, default=list, size=None, verbose_name='what was talked about')),
                        ('dispute', models.CharField(blank=True, choices=[('land', 'land and boundaries'), ('water', 'water and irrigation'), ('neighbours', 'between neighbours'), ('family', 'within a family'), ('money', 'money and wages'), ('other', 'another matter')], max_length=20, verbose_name='what the dispute was about')),
                        ('outcome', models.CharField(blank=True, choices=[('settled', 'settled'), ('partly', 'settled in part'), ('open', 'not settled'), ('passed_on', 'passed on to the mediation committee')], max_length=20, verbose_name='what came of the mediation')),
                        ('experience', models.TextField(blank=True, max_length=1000, verbose_name='experience')),
                        ('constraints', models.TextField(blank=True, max_length=1000, verbose_name='constraints')),
                        ('ideas', models.TextField(blank=True, max_length=1000, verbose_name='ideas for development')),
                        ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='detail', to='visits.activity', verbose_name='activity')),
                    ],
                    options={
                        'verbose_name': 'detail of an activity',
                        'verbose_name_plural': 'details of activities',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('dispute', ''), ('outcome', '')), models.Q(models.Q(('dispute', ''), _negated=True), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='activity_detail_dispute_with_outcome', violation_error_message='Say what the dispute was about and what came of it.'), models.CheckConstraint(condition=models.Q(models.Q(('constraints', ''), ('experience', ''), ('ideas', '')), models.Q(models.Q(('experience', ''), _negated=True), models.Q(('constraints', ''), _negated=True), models.Q(('ideas', ''), _negated=True)), _connector='OR'), name='activity_detail_diagnosis_in_three_parts', violation_error_message='A diagnosis names experience, constraints and ideas.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_activitydetailevent" ("activity_id", "constraints", "dispute", "experience", "id", "ideas", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "topics") SELECT new_values."activity_id", new_values."constraints", new_values."dispute", new_values."experience", new_values."id", new_values."ideas", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."topics" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99b77977857346b7f1d65dd430e3b5d7bf92ca11', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_91852', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_activitydetail', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_activitydetailevent" ("activity_id", "constraints", "dispute", "experience", "id", "ideas", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "topics") SELECT new_values."activity_id", new_values."constraints", new_values."dispute", new_values."experience", new_values."id", new_values."ideas", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."topics" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a81821d40b4ae82a8aa0ce1a7a68dff1c244526b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_21d24', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_activitydetail', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_activitydetailevent" ("activity_id", "constraints", "dispute", "experience", "id", "ideas", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "topics") SELECT old_values."activity_id", old_values."constraints", old_values."dispute", old_values."experience", old_values."id", old_values."ideas", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."topics" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1d475b0452d579ddc08796039a81613756961d2e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_82975', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_activitydetail', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ActivityDetailEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('situation', 'the situation'), ('policy', 'policy'), ('law', 'law')], max_length=20), blank=True, default=list, size=None, verbose_name='what was talked about')),
                        ('dispute', models.CharField(blank=True, choices=[('land', 'land and boundaries'), ('water', 'water and irrigation'), ('neighbours', 'between neighbours'), ('family', 'within a family'), ('money', 'money and wages'), ('other', 'another matter')], max_length=20, verbose_name='what the dispute was about')),
                        ('outcome', models.CharField(blank=True, choices=[('settled', 'settled'), ('partly', 'settled in part'), ('open', 'not settled'), ('passed_on', 'passed on to the mediation committee')], max_length=20, verbose_name='what came of the mediation')),
                        ('experience', models.TextField(blank=True, max_length=1000, verbose_name='experience')),
                        ('constraints', models.TextField(blank=True, max_length=1000, verbose_name='constraints')),
                        ('ideas', models.TextField(blank=True, max_length=1000, verbose_name='ideas for development')),
                        ('activity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='visits.activity', verbose_name='activity')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.activitydetail')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='58acc5b24aaf3e0474e35641e1c5792c7ac3b2b0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bdf68', table='visits_activitydetailevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='CommitteeMeeting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField(verbose_name='day')),
                        ('title', models.CharField(max_length=80, verbose_name='meeting')),
                        ('attended', models.CharField(max_length=500, verbose_name='who took part')),
                        ('minutes', models.TextField(max_length=5000, verbose_name='minutes')),
                        ('decided', models.TextField(blank=True, max_length=2000, verbose_name='what was decided')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committee_meetings', to='organisations.organisation', verbose_name='committee')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ],
                    options={
                        'verbose_name': 'joint meeting of a committee',
                        'verbose_name_plural': 'joint meetings of committees',
                        'ordering': ['-on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('minutes', ''), _negated=True)), name='committee_meeting_has_minutes', violation_error_message='A meeting has a name and minutes.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_committeemeetingevent" ("attended", "decided", "id", "minutes", "on", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "title") SELECT new_values."attended", new_values."decided", new_values."id", new_values."minutes", new_values."on", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2a0cac3549158d8474f5bfd1d9cf6ad73e6d8bd6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_81330', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_committeemeeting', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_committeemeetingevent" ("attended", "decided", "id", "minutes", "on", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "title") SELECT new_values."attended", new_values."decided", new_values."id", new_values."minutes", new_values."on", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='391c51501694a2eed5dfc74965ca70a61f45c321', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_e4a22', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_committeemeeting', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_committeemeetingevent" ("attended", "decided", "id", "minutes", "on", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "title") SELECT old_values."attended", old_values."decided", old_values."id", old_values."minutes", old_values."on", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='08f4e0b6cf0693e93b4c43189c141e9e653e91e5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_80d79', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_committeemeeting', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CommitteeMeetingEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('on', models.DateField(verbose_name='day')),
                        ('title', models.CharField(max_length=80, verbose_name='meeting')),
                        ('attended', models.CharField(max_length=500, verbose_name='who took part')),
                        ('minutes', models.TextField(max_length=5000, verbose_name='minutes')),
                        ('decided', models.TextField(blank=True, max_length=2000, verbose_name='what was decided')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                        ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='committee')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.committeemeeting')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4c7be5675541440e96be941364bc94c72b85c924', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2dc6c', table='visits_committeemeetingevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='InvestmentLead',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, verbose_name='firm or project')),
                        ('words', models.TextField(blank=True, max_length=500, verbose_name='about the project')),
                        ('stage', models.CharField(choices=[('talks', 'in talks'), ('siting', 'choosing a site'), ('landed', 'landed'), ('given_up', 'given up')], default='talks', max_length=20, verbose_name='stage')),
                        ('stage_on', models.DateField(verbose_name='at this stage since')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='brought by')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='investment_leads', to='organisations.organisation', verbose_name='village')),
                    ],
                    options={
                        'verbose_name': 'investment lead',
                        'verbose_name_plural': 'investment leads',
                        'ordering': ['-stage_on', '-pk'],
                        'indexes': [models.Index(fields=['village', 'stage'], name='investment_lead_of_village')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='investment_lead_has_a_name')],
                        'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_investmentleadevent" ("id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "stage", "stage_on", "unit_id", "village_id", "words") SELECT new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."stage", new_values."stage_on", new_values."unit_id", new_values."village_id", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='51a2e763651d5fc4fa7f17f64930279a1c8c412d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_321b9', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_investmentlead', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_investmentleadevent" ("id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "stage", "stage_on", "unit_id", "village_id", "words") SELECT new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."stage", new_values."stage_on", new_values."unit_id", new_values."village_id", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='348c10fd6c689282dd5701414f11466af37a2369', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_e6fec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_investmentlead', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_investmentleadevent" ("id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "stage", "stage_on", "unit_id", "village_id", "words") SELECT old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."stage", old_values."stage_on", old_values."unit_id", old_values."village_id", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='be1e562362388b3f4ce2fbd99f41440cc3509158', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_6e99e', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_investmentlead', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='InvestmentLeadEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='firm or project')),
                        ('words', models.TextField(blank=True, max_length=500, verbose_name='about the project')),
                        ('stage', models.CharField(choices=[('talks', 'in talks'), ('siting', 'choosing a site'), ('landed', 'landed'), ('given_up', 'given up')], default='talks', max_length=20, verbose_name='stage')),
                        ('stage_on', models.DateField(verbose_name='at this stage since')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.investmentlead')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                        ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='brought by')),
                        ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='village')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b35e7741233268f1c15cb9a12c032bb7a5955d39', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d4bdc', table='visits_investmentleadevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='LeadStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stage', models.CharField(choices=[('talks', 'in talks'), ('siting', 'choosing a site'), ('landed', 'landed'), ('given_up', 'given up')], max_length=20, verbose_name='stage')),
                        ('on', models.DateField(verbose_name='day')),
                        ('words', models.CharField(blank=True, max_length=300, verbose_name='in a few words')),
                        ('noted_at', models.DateTimeField(verbose_name='noted at')),
                        ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='visits.investmentlead', verbose_name='investment lead')),
                        ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                    ],
                    options={
                        'verbose_name': 'step of an investment lead',
                        'verbose_name_plural': 'steps of investment leads',
                        'ordering': ['-on', '-pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='lead_step_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f72f5096299d0af23e88fdd522e70b9a32d7cfaa', operation='UPDATE OR DELETE', pgid='pgtrigger_lead_step_append_only_027f4', table='visits_leadstep', when='BEFORE')), pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_leadstepevent" ("id", "lead_id", "noted_at", "noted_by_id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "words") SELECT new_values."id", new_values."lead_id", new_values."noted_at", new_values."noted_by_id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."stage", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0d25920dd8235b050067d871578725699299145c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_344ae', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_leadstep', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_leadstepevent" ("id", "lead_id", "noted_at", "noted_by_id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "words") SELECT new_values."id", new_values."lead_id", new_values."noted_at", new_values."noted_by_id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."stage", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='49c43f59557873112a6a86c7f1fe7125af7bd6a6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_a996e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_leadstep', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_leadstepevent" ("id", "lead_id", "noted_at", "noted_by_id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "words") SELECT old_values."id", old_values."lead_id", old_values."noted_at", old_values."noted_by_id", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."stage", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='345e98b83d73948ff89de70049934e6247e20917', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_54345', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_leadstep', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='LeadStepEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('stage', models.CharField(choices=[('talks', 'in talks'), ('siting', 'choosing a site'), ('landed', 'landed'), ('given_up', 'given up')], max_length=20, verbose_name='stage')),
                        ('on', models.DateField(verbose_name='day')),
                        ('words', models.CharField(blank=True, max_length=300, verbose_name='in a few words')),
                        ('noted_at', models.DateTimeField(verbose_name='noted at')),
                        ('lead', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='visits.investmentlead', verbose_name='investment lead')),
                        ('noted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.leadstep')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='344368a36b44a27de7e949209e435d2bd65d48d5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7777', table='visits_leadstepevent', when='BEFORE'))],
                    },
                ),
            ]
        ),
    ]
