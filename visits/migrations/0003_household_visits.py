import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.new_tables import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0004_indexes_for_coverage'),
        ('organisations', '0001_foundation'),
        ('pairing', '0003_newest_resources_first'),
        ('visits', '0002_diary'),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.CharField(choices=[('situation', 'basic situation'), ('livelihood', 'problems of livelihood'), ('wishes', 'wishes for development'), ('words', 'what else was seen')], max_length=20, verbose_name='what was found')),
                        ('found_on', models.DateField(verbose_name='found on')),
                        ('due_on', models.DateField(verbose_name='measure due on')),
                        ('noted_at', models.DateTimeField(verbose_name='noted at')),
                        ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                        ('settled_words', models.CharField(blank=True, max_length=200, verbose_name='why nothing is needed')),
                        ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                        ('pairing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='pairing.pairing', verbose_name='pairing')),
                        ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
                        ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='visits.householdvisit', verbose_name='household visit')),
                    ],
                    options={
                        'verbose_name': 'finding',
                        'verbose_name_plural': 'findings',
                        'ordering': ['due_on', 'pk'],
                        'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['due_on', 'id'], name='finding_due')],
                        'constraints': [models.UniqueConstraint(fields=('visit', 'topic'), name='finding_once_in_a_visit'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('settled_words', '')), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='finding_settled_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='finding_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3082278f7a33ed65f115ec7c232b13312a54816d', operation='DELETE', pgid='pgtrigger_finding_not_deleted_5ea0a', table='visits_finding', when='BEFORE')), pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_findingevent" ("due_on", "found_on", "id", "noted_at", "noted_by_id", "pairing_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "topic", "visit_id") SELECT new_values."due_on", new_values."found_on", new_values."id", new_values."noted_at", new_values."noted_by_id", new_values."pairing_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."settled_at", new_values."settled_by_id", new_values."topic", new_values."visit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2909c7c0c46ca195382158dfb3c6cab33995db7e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_7f0d5', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_finding', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_findingevent" ("due_on", "found_on", "id", "noted_at", "noted_by_id", "pairing_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "topic", "visit_id") SELECT new_values."due_on", new_values."found_on", new_values."id", new_values."noted_at", new_values."noted_by_id", new_values."pairing_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."settled_at", new_values."settled_by_id", new_values."topic", new_values."visit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."found_on" IS DISTINCT FROM (new_values."found_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."noted_at" IS DISTINCT FROM (new_values."noted_at") OR old_values."noted_by_id" IS DISTINCT FROM (new_values."noted_by_id") OR old_values."pairing_id" IS DISTINCT FROM (new_values."pairing_id") OR old_values."settled_at" IS DISTINCT FROM (new_values."settled_at") OR old_values."settled_by_id" IS DISTINCT FROM (new_values."settled_by_id") OR old_values."topic" IS DISTINCT FROM (new_values."topic") OR old_values."visit_id" IS DISTINCT FROM (new_values."visit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='64fd44427cbba505425d82d2fb6372a081424def', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_4b850', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_finding', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_findingevent" ("due_on", "found_on", "id", "noted_at", "noted_by_id", "pairing_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_at", "settled_by_id", "topic", "visit_id") SELECT old_values."due_on", old_values."found_on", old_values."id", old_values."noted_at", old_values."noted_by_id", old_values."pairing_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."settled_at", old_values."settled_by_id", old_values."topic", old_values."visit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='36cb6c0d6713c79304ee25f7b7eeb46ace48a0f1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_76980', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_finding', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='FindingAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('given_at', models.DateTimeField(verbose_name='linked at')),
                        ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visits.activity', verbose_name='activity')),
                        ('aid', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.aid', verbose_name='aid')),
                        ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='visits.finding', verbose_name='finding')),
                        ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='linked by')),
                        ('issue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pairing.issue', verbose_name='issue')),
                        ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.hardshipplan', verbose_name='plan for leaving hardship')),
                    ],
                    options={
                        'verbose_name': 'answer to a finding',
                        'verbose_name_plural': 'answers to findings',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', True), ('aid__isnull', False), ('issue__isnull', True), ('plan__isnull', True)), models.Q(('activity__isnull', True), ('aid__isnull', True), ('issue__isnull', True), ('plan__isnull', False)), models.Q(('activity__isnull', False), ('aid__isnull', True), ('issue__isnull', True), ('plan__isnull', True)), models.Q(('activity__isnull', True), ('aid__isnull', True), ('issue__isnull', False), ('plan__isnull', True)), _connector='OR'), name='finding_answer_is_one'), models.UniqueConstraint(fields=('finding', 'aid', 'plan', 'activity', 'issue'), name='finding_answer_once', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_findinganswerevent" ("activity_id", "aid_id", "finding_id", "given_at", "given_by_id", "id", "issue_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") SELECT new_values."activity_id", new_values."aid_id", new_values."finding_id", new_values."given_at", new_values."given_by_id", new_values."id", new_values."issue_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."plan_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0d0577f765f7f438771937bbd433e7e62bd6f12f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_1aedc', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_findinganswer', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_findinganswerevent" ("activity_id", "aid_id", "finding_id", "given_at", "given_by_id", "id", "issue_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") SELECT new_values."activity_id", new_values."aid_id", new_values."finding_id", new_values."given_at", new_values."given_by_id", new_values."id", new_values."issue_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."plan_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a8da41727552a0449be650f6c062139727089e82', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_bf9ba', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_findinganswer', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_findinganswerevent" ("activity_id", "aid_id", "finding_id", "given_at", "given_by_id", "id", "issue_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") SELECT old_values."activity_id", old_values."aid_id", old_values."finding_id", old_values."given_at", old_values."given_by_id", old_values."id", old_values."issue_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."plan_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c4c56253b18f74a21d001d2eccb9c04099316a6e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_7db8d', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_findinganswer', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='FindingAnswerEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('given_at', models.DateTimeField(verbose_name='linked at')),
                        ('activity', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='visits.activity', verbose_name='activity')),
                        ('aid', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.aid', verbose_name='aid')),
                        ('finding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='visits.finding', verbose_name='finding')),
                        ('given_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='linked by')),
                        ('issue', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pairing.issue', verbose_name='issue')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.findinganswer')),
                        ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.hardshipplan', verbose_name='plan for leaving hardship')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c188cee55b1d63a2ed4a5445c1b870295012279d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6227', table='visits_findinganswerevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='HouseholdVisit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                        ('on', models.DateField(verbose_name='day')),
                        ('took_place', models.BooleanField(default=True, verbose_name='took place')),
                        ('met', models.CharField(blank=True, choices=[('head', 'head of the household'), ('self', 'the person themselves'), ('family', 'somebody of the family'), ('guardian', 'guardian'), ('other', 'somebody else')], max_length=10, verbose_name='who was met')),
                        ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('veteran_member', 'veteran member'), ('veteran_cadre', 'veteran cadre'), ('veteran_model', 'veteran model worker'), ('left_behind_child', 'left-behind child'), ('party_delegate', 'Party delegate'), ('peoples_deputy', "people's deputy"), ('cppcc_member', 'CPPCC member')], max_length=20), blank=True, default=list, size=None, verbose_name='on whom')),
                        ('care', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('living', 'daily life is taken care of'), ('learning', 'schooling is secured'), ('growing', 'growing up is guided')], max_length=20), blank=True, default=list, size=None, verbose_name='care for the child')),
                        ('asks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('situation', 'basic situation'), ('livelihood', 'problems of livelihood'), ('wishes', 'wishes for development')], max_length=20), blank=True, default=list, size=None, verbose_name='questions asked')),
                        ('answered', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('situation', 'basic situation'), ('livelihood', 'problems of livelihood'), ('wishes', 'wishes for development')], max_length=20), blank=True, default=list, size=None, verbose_name='questions answered')),
                        ('situation', models.TextField(blank=True, max_length=500, verbose_name='basic situation')),
                        ('livelihood', models.TextField(blank=True, max_length=500, verbose_name='problems of livelihood')),
                        ('wishes', models.TextField(blank=True, max_length=500, verbose_name='wishes for development')),
                        ('words', models.TextField(blank=True, max_length=1000, verbose_name='what was seen and said')),
                        ('missed_words', models.CharField(blank=True, max_length=200, verbose_name='why it could not take place')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back at')),
                        ('withdrawn_words', models.CharField(blank=True, max_length=200, verbose_name='why it was taken back')),
                        ('pair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='members.personpair', verbose_name='person-to-person pair')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                        ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pairing.round', verbose_name='round')),
                        ('target_household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='members.household', verbose_name='household visited')),
                        ('target_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='members.member', verbose_name='member visited')),
                        ('target_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='members.person', verbose_name='person visited')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation of the visitor')),
                        ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='village')),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken back by')),
                    ],
                    options={
                        'verbose_name': 'household visit',
                        'verbose_name_plural': 'household visits',
                        'ordering': ['-on', '-pk'],
                        'indexes': [models.Index(fields=['village', '-on'], name='household_visit_of_village'), models.Index(fields=['unit', '-on'], name='household_visit_of_unit'), models.Index(fields=['-on', '-id'], name='household_visit_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('target_household__isnull', True), ('target_member__isnull', False), ('target_person__isnull', True)), models.Q(('target_household__isnull', False), ('target_member__isnull', True), ('target_person__isnull', True)), models.Q(('target_household__isnull', True), ('target_member__isnull', True), ('target_person__isnull', False)), _connector='OR'), name='household_visit_at_one_door'), models.CheckConstraint(condition=models.Q(models.Q(('took_place', True), models.Q(('met', ''), _negated=True)), models.Q(('answered', []), ('asks', []), ('care', []), ('kinds', []), ('met', ''), ('took_place', False)), _connector='OR'), name='household_visit_missed_counts_as_nothing', violation_error_message='Say who was met.'), models.CheckConstraint(condition=models.Q(('care', []), ('target_person__isnull', False), _connector='OR'), name='household_visit_care_for_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_words', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='household_visit_taken_back_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='household_visit_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e7cc57485c39c62a8062b02403b400b003313d77', operation='DELETE', pgid='pgtrigger_household_visit_not_deleted_78629', table='visits_householdvisit', when='BEFORE')), pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_householdvisitevent" ("answered", "asks", "care", "id", "key", "kinds", "met", "on", "pair_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "round_id", "target_household_id", "target_member_id", "target_person_id", "took_place", "unit_id", "village_id", "withdrawn_at", "withdrawn_by_id") SELECT new_values."answered", new_values."asks", new_values."care", new_values."id", new_values."key", new_values."kinds", new_values."met", new_values."on", new_values."pair_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."round_id", new_values."target_household_id", new_values."target_member_id", new_values."target_person_id", new_values."took_place", new_values."unit_id", new_values."village_id", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='94747813a35a5ed208b4d0dd0019e6d7e657bb7c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_5fff0', referencing='REFERENCING NEW TABLE AS new_values ', table='visits_householdvisit', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_householdvisitevent" ("answered", "asks", "care", "id", "key", "kinds", "met", "on", "pair_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "round_id", "target_household_id", "target_member_id", "target_person_id", "took_place", "unit_id", "village_id", "withdrawn_at", "withdrawn_by_id") SELECT new_values."answered", new_values."asks", new_values."care", new_values."id", new_values."key", new_values."kinds", new_values."met", new_values."on", new_values."pair_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."round_id", new_values."target_household_id", new_values."target_member_id", new_values."target_person_id", new_values."took_place", new_values."unit_id", new_values."village_id", new_values."withdrawn_at", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answered" IS DISTINCT FROM (new_values."answered") OR old_values."asks" IS DISTINCT FROM (new_values."asks") OR old_values."care" IS DISTINCT FROM (new_values."care") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."key" IS DISTINCT FROM (new_values."key") OR old_values."kinds" IS DISTINCT FROM (new_values."kinds") OR old_values."met" IS DISTINCT FROM (new_values."met") OR old_values."on" IS DISTINCT FROM (new_values."on") OR old_values."pair_id" IS DISTINCT FROM (new_values."pair_id") OR old_values."recorded_at" IS DISTINCT FROM (new_values."recorded_at") OR old_values."recorded_by_id" IS DISTINCT FROM (new_values."recorded_by_id") OR old_values."round_id" IS DISTINCT FROM (new_values."round_id") OR old_values."target_household_id" IS DISTINCT FROM (new_values."target_household_id") OR old_values."target_member_id" IS DISTINCT FROM (new_values."target_member_id") OR old_values."target_person_id" IS DISTINCT FROM (new_values."target_person_id") OR old_values."took_place" IS DISTINCT FROM (new_values."took_place") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id") OR old_values."village_id" IS DISTINCT FROM (new_values."village_id") OR old_values."withdrawn_at" IS DISTINCT FROM (new_values."withdrawn_at") OR old_values."withdrawn_by_id" IS DISTINCT FROM (new_values."withdrawn_by_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='479c4b0703bf134f06c0bca8cfc37bca47883721', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_062ee', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='visits_householdvisit', when='AFTER')), pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "visits_householdvisitevent" ("answered", "asks", "care", "id", "key", "kinds", "met", "on", "pair_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "round_id", "target_household_id", "target_member_id", "target_person_id", "took_place", "unit_id", "village_id", "withdrawn_at", "withdrawn_by_id") SELECT old_values."answered", old_values."asks", old_values."care", old_values."id", old_values."key", old_values."kinds", old_values."met", old_values."on", old_values."pair_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."round_id", old_values."target_household_id", old_values."target_member_id", old_values."target_person_id", old_values."took_place", old_values."unit_id", old_values."village_id", old_values."withdrawn_at", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='95fa8160ce10fefd862b0b71388fba256651142b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_d336d', referencing='REFERENCING OLD TABLE AS old_values ', table='visits_householdvisit', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='FindingEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('topic', models.CharField(choices=[('situation', 'basic situation'), ('livelihood', 'problems of livelihood'), ('wishes', 'wishes for development'), ('words', 'what else was seen')], max_length=20, verbose_name='what was found')),
                        ('found_on', models.DateField(verbose_name='found on')),
                        ('due_on', models.DateField(verbose_name='measure due on')),
                        ('noted_at', models.DateTimeField(verbose_name='noted at')),
                        ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                        ('noted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                        ('pairing', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pairing.pairing', verbose_name='pairing')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.finding')),
                        ('settled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
                        ('visit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='visits.householdvisit', verbose_name='household visit')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bfd9f271f56a912e8a9f6d8582db46f0578cf96f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4681e', table='visits_findingevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='HouseholdVisitEvent',
                    fields=[
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='key')),
                        ('on', models.DateField(verbose_name='day')),
                        ('took_place', models.BooleanField(default=True, verbose_name='took place')),
                        ('met', models.CharField(blank=True, choices=[('head', 'head of the household'), ('self', 'the person themselves'), ('family', 'somebody of the family'), ('guardian', 'guardian'), ('other', 'somebody else')], max_length=10, verbose_name='who was met')),
                        ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('veteran_member', 'veteran member'), ('veteran_cadre', 'veteran cadre'), ('veteran_model', 'veteran model worker'), ('left_behind_child', 'left-behind child'), ('party_delegate', 'Party delegate'), ('peoples_deputy', "people's deputy"), ('cppcc_member', 'CPPCC member')], max_length=20), blank=True, default=list, size=None, verbose_name='on whom')),
                        ('care', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('living', 'daily life is taken care of'), ('learning', 'schooling is secured'), ('growing', 'growing up is guided')], max_length=20), blank=True, default=list, size=None, verbose_name='care for the child')),
                        ('asks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('situation', 'basic situation'), ('livelihood', 'problems of livelihood'), ('wishes', 'wishes for development')], max_length=20), blank=True, default=list, size=None, verbose_name='questions asked')),
                        ('answered', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('situation', 'basic situation'), ('livelihood', 'problems of livelihood'), ('wishes', 'wishes for development')], max_length=20), blank=True, default=list, size=None, verbose_name='questions answered')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back at')),
                        ('pair', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.personpair', verbose_name='person-to-person pair')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='visits.householdvisit')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                        ('round', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pairing.round', verbose_name='round')),
                        ('target_household', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.household', verbose_name='household visited')),
                        ('target_member', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.member', verbose_name='member visited')),
                        ('target_person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.person', verbose_name='person visited')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='organisation of the visitor')),
                        ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='village')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken back by')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b924f7973f892f195da437f978ef783e460a9641', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ef957', table='visits_householdvisitevent', when='BEFORE'))],
                    },
                ),
            ]
        ),
    ]
