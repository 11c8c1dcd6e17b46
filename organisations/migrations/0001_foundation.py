import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("organisations", "0001_initial"),
        ("organisations", "0002_links_facilities_successions_and_mandates"),
    ]

    dependencies = [
        # The triggers call a function that pghistory installs; migrations of allauth already update users.
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('former_name', 'former name'), ('short_name', 'short name'), ('former_code', 'former code')], max_length=20, verbose_name='kind')),
                ('value', models.CharField(max_length=120, verbose_name='name or code')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
            ],
            options={
                'verbose_name': 'alias',
                'verbose_name_plural': 'aliases',
            },
        ),
        migrations.CreateModel(
            name='AliasEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('former_name', 'former name'), ('short_name', 'short name'), ('former_code', 'former code')], max_length=20, verbose_name='kind')),
                ('value', models.CharField(max_length=120, verbose_name='name or code')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=40, verbose_name='role')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'appointment',
                'verbose_name_plural': 'appointments',
                'ordering': ['organisation__path', 'role', '-since'],
            },
        ),
        migrations.CreateModel(
            name='AppointmentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(max_length=40, verbose_name='role')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Facility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('service_centre', 'Party-member service centre'), ('village_site', 'activity site of a village'), ('venue', 'venue')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('functions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('political_activity', 'political activity centre'), ('education_training', 'education and training centre'), ('guidance_service', 'guidance and service centre'), ('talent_show', 'talent show centre'), ('social_service', 'social service centre'), ('political_life', 'political life centre'), ('service_desk', 'service desk centre'), ('cultural_activity', 'cultural activity centre'), ('education_information', 'education and information centre'), ('daily_support', 'production and daily life support centre')], max_length=30), blank=True, default=list, size=None, verbose_name='functions')),
                ('since', models.DateField(blank=True, null=True, verbose_name='in use since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='in use until')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'verbose_name': 'facility',
                'verbose_name_plural': 'facilities',
                'ordering': ['organisation__path', 'kind', 'name'],
            },
        ),
        migrations.CreateModel(
            name='FacilityEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('service_centre', 'Party-member service centre'), ('village_site', 'activity site of a village'), ('venue', 'venue')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('functions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('political_activity', 'political activity centre'), ('education_training', 'education and training centre'), ('guidance_service', 'guidance and service centre'), ('talent_show', 'talent show centre'), ('social_service', 'social service centre'), ('political_life', 'political life centre'), ('service_desk', 'service desk centre'), ('cultural_activity', 'cultural activity centre'), ('education_information', 'education and information centre'), ('daily_support', 'production and daily life support centre')], max_length=30), blank=True, default=list, size=None, verbose_name='functions')),
                ('since', models.DateField(blank=True, null=True, verbose_name='in use since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='in use until')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FacilityHelp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=200, verbose_name='what was done or given')),
                ('resource', models.CharField(choices=[('talent', 'talent'), ('intellect', 'expertise'), ('technology', 'technology'), ('science', 'popular science'), ('education', 'education'), ('culture', 'culture'), ('information', 'information'), ('venue', 'venues'), ('funds', 'funds'), ('other', 'other')], default='venue', max_length=20, verbose_name='aid resource')),
                ('on', models.DateField(verbose_name='day')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'help with a facility',
                'verbose_name_plural': 'help with facilities',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FacilityHelpEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('what', models.CharField(max_length=200, verbose_name='what was done or given')),
                ('resource', models.CharField(choices=[('talent', 'talent'), ('intellect', 'expertise'), ('technology', 'technology'), ('science', 'popular science'), ('education', 'education'), ('culture', 'culture'), ('information', 'information'), ('venue', 'venues'), ('funds', 'funds'), ('other', 'other')], default='venue', max_length=20, verbose_name='aid resource')),
                ('on', models.DateField(verbose_name='day')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=128, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='invited at')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='InvitationEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='invited at')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=40, verbose_name='part')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='first day')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
            ],
            options={
                'verbose_name': 'part in the work',
                'verbose_name_plural': 'parts in the work',
                'ordering': ['area__path', 'part', 'holder__path'],
            },
        ),
        migrations.CreateModel(
            name='MandateEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('part', models.CharField(max_length=40, verbose_name='part')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='first day')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('resource', models.CharField(choices=[('talent', 'talent'), ('intellect', 'expertise'), ('technology', 'technology'), ('science', 'popular science'), ('education', 'education'), ('culture', 'culture'), ('information', 'information'), ('venue', 'venues'), ('funds', 'funds'), ('other', 'other')], default='other', max_length=20, verbose_name='aid resource')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('takes_money', models.BooleanField(blank=True, null=True, verbose_name='takes money')),
            ],
            options={
                'verbose_name': 'need',
                'verbose_name_plural': 'needs',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='NeedEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('resource', models.CharField(choices=[('talent', 'talent'), ('intellect', 'expertise'), ('technology', 'technology'), ('science', 'popular science'), ('education', 'education'), ('culture', 'culture'), ('information', 'information'), ('venue', 'venues'), ('funds', 'funds'), ('other', 'other')], default='other', max_length=20, verbose_name='aid resource')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('takes_money', models.BooleanField(blank=True, null=True, verbose_name='takes money')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('province', 'province or municipality'), ('prefecture', 'prefecture or city'), ('county', 'district or county'), ('party_committee', 'Party committee'), ('work_committee', 'Party work committee'), ('organs_work_committee', 'organs work committee'), ('organisation_dept', 'organisation department'), ('rural_work_office', 'rural work office'), ('party_group', 'leading Party members group'), ('general_branch', 'general Party branch'), ('party_branch', 'Party branch'), ('floating_branch', 'floating Party branch'), ('joint_party_org', 'joint Party organisation'), ('work_team', 'work team'), ('agency', 'agency'), ('public_institution', 'public institution'), ('enterprise', 'enterprise'), ('financial_institution', 'financial institution'), ('university', 'university or college'), ('research_institute', 'research institute'), ('health_institution', 'health institution'), ('culture_media', 'culture or media unit'), ('new_economic_org', 'new economic organisation'), ('new_social_org', 'new social organisation'), ('professional_association', 'professional association'), ('cooperative', "farmers' specialised co-operative"), ('subdistrict', 'sub-district'), ('community', 'residential community'), ('township', 'township'), ('village', 'administrative village'), ('villagers_group', "villagers' group"), ('village_committee', 'village committee'), ('village_supervision_committee', 'village affairs supervision committee'), ('village_council', 'village council'), ('donation_channel', 'charity foundation or Red Cross')], max_length=40, verbose_name='kind')),
                ('level', models.CharField(blank=True, choices=[('central', 'central'), ('province', 'provincial'), ('prefecture', 'prefecture level'), ('county', 'county level'), ('township', 'township level'), ('village', 'village level')], max_length=20, verbose_name='level')),
                ('division_code', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('^\\d{6}(\\d{3}){0,2}$', 'A division code has 6, 9 or 12 digits.')], verbose_name='division code')),
                ('uscc', models.CharField(blank=True, max_length=18, verbose_name='unified social credit code')),
                ('classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('weak', 'economically weak village'), ('poor_1', 'class-1 poor village'), ('lagging', 'lagging village')], max_length=20), blank=True, default=list, size=None, verbose_name='classes')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='tags')),
                ('party_members', models.PositiveIntegerField(blank=True, null=True, verbose_name='Party members')),
                ('contact_name', models.CharField(blank=True, max_length=60, verbose_name='contact person')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name='contact phone')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('search_text', models.TextField(default='', editable=False)),
                ('search_grams', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False, size=None)),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['path'],
            },
        ),
        migrations.CreateModel(
            name='OrganisationEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('path', models.CharField(max_length=255)),
                ('depth', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('province', 'province or municipality'), ('prefecture', 'prefecture or city'), ('county', 'district or county'), ('party_committee', 'Party committee'), ('work_committee', 'Party work committee'), ('organs_work_committee', 'organs work committee'), ('organisation_dept', 'organisation department'), ('rural_work_office', 'rural work office'), ('party_group', 'leading Party members group'), ('general_branch', 'general Party branch'), ('party_branch', 'Party branch'), ('floating_branch', 'floating Party branch'), ('joint_party_org', 'joint Party organisation'), ('work_team', 'work team'), ('agency', 'agency'), ('public_institution', 'public institution'), ('enterprise', 'enterprise'), ('financial_institution', 'financial institution'), ('university', 'university or college'), ('research_institute', 'research institute'), ('health_institution', 'health institution'), ('culture_media', 'culture or media unit'), ('new_economic_org', 'new economic organisation'), ('new_social_org', 'new social organisation'), ('professional_association', 'professional association'), ('cooperative', "farmers' specialised co-operative"), ('subdistrict', 'sub-district'), ('community', 'residential community'), ('township', 'township'), ('village', 'administrative village'), ('villagers_group', "villagers' group"), ('village_committee', 'village committee'), ('village_supervision_committee', 'village affairs supervision committee'), ('village_council', 'village council'), ('donation_channel', 'charity foundation or Red Cross')], max_length=40, verbose_name='kind')),
                ('level', models.CharField(blank=True, choices=[('central', 'central'), ('province', 'provincial'), ('prefecture', 'prefecture level'), ('county', 'county level'), ('township', 'township level'), ('village', 'village level')], max_length=20, verbose_name='level')),
                ('division_code', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('^\\d{6}(\\d{3}){0,2}$', 'A division code has 6, 9 or 12 digits.')], verbose_name='division code')),
                ('uscc', models.CharField(blank=True, max_length=18, verbose_name='unified social credit code')),
                ('classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('weak', 'economically weak village'), ('poor_1', 'class-1 poor village'), ('lagging', 'lagging village')], max_length=20), blank=True, default=list, size=None, verbose_name='classes')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='tags')),
                ('party_members', models.PositiveIntegerField(blank=True, null=True, verbose_name='Party members')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OrganisationLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('member', 'member of a joint Party organisation'), ('served', 'served by a work team')], max_length=20, verbose_name='kind')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='first day')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
            ],
            options={
                'verbose_name': 'link of organisations',
                'verbose_name_plural': 'links of organisations',
                'ordering': ['holder__path', 'member__path', '-since'],
            },
        ),
        migrations.CreateModel(
            name='OrganisationLinkEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('member', 'member of a joint Party organisation'), ('served', 'served by a work team')], max_length=20, verbose_name='kind')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='first day')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PhoneReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='read at')),
            ],
            options={
                'verbose_name': 'reading of a phone number',
                'verbose_name_plural': 'readings of phone numbers',
                'ordering': ['-read_at'],
            },
        ),
        migrations.CreateModel(
            name='Strength',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('resource', models.CharField(choices=[('talent', 'talent'), ('intellect', 'expertise'), ('technology', 'technology'), ('science', 'popular science'), ('education', 'education'), ('culture', 'culture'), ('information', 'information'), ('venue', 'venues'), ('funds', 'funds'), ('other', 'other')], default='other', max_length=20, verbose_name='aid resource')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
            ],
            options={
                'verbose_name': 'strength',
                'verbose_name_plural': 'strengths',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='StrengthEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('resource', models.CharField(choices=[('talent', 'talent'), ('intellect', 'expertise'), ('technology', 'technology'), ('science', 'popular science'), ('education', 'education'), ('culture', 'culture'), ('information', 'information'), ('venue', 'venues'), ('funds', 'funds'), ('other', 'other')], default='other', max_length=20, verbose_name='aid resource')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'merger'), ('split', 'split'), ('rename', 'renaming'), ('close', 'closure')], max_length=20, verbose_name='kind')),
                ('on', models.DateField(verbose_name='counts from')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('outcome', models.JSONField(default=list, verbose_name='what was done')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'change of organisations',
                'verbose_name_plural': 'changes of organisations',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SuccessionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('merge', 'merger'), ('split', 'split'), ('rename', 'renaming'), ('close', 'closure')], max_length=20, verbose_name='kind')),
                ('on', models.DateField(verbose_name='counts from')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='decided at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SuccessionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_name', models.CharField(max_length=120, verbose_name='name before')),
                ('old_code', models.CharField(blank=True, max_length=18, verbose_name='code before')),
                ('new_name', models.CharField(blank=True, max_length=120, verbose_name='name after')),
                ('new_code', models.CharField(blank=True, max_length=18, verbose_name='code after')),
            ],
            options={
                'verbose_name': 'step of a change of organisations',
                'verbose_name_plural': 'steps of changes of organisations',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SuccessionStepEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('old_name', models.CharField(max_length=120, verbose_name='name before')),
                ('old_code', models.CharField(blank=True, max_length=18, verbose_name='code before')),
                ('new_name', models.CharField(blank=True, max_length=120, verbose_name='name after')),
                ('new_code', models.CharField(blank=True, max_length=18, verbose_name='code after')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demonstration account')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined at')),
                ('details_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='name or number changed at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VillageFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1949)], verbose_name='year')),
                ('households', models.PositiveIntegerField(blank=True, null=True, verbose_name='households')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population')),
                ('party_members', models.PositiveIntegerField(blank=True, null=True, verbose_name='Party members')),
                ('collective_income', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='collective income (yuan a year)')),
                ('villagers_income', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="villagers' income (yuan a head and year)")),
                ('tier', models.CharField(blank=True, choices=[('leading', 'leading'), ('lukewarm', 'lukewarm'), ('lagging', 'lagging')], max_length=20, verbose_name='tier')),
                ('lagging_reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('soft', 'soft'), ('loose', 'loose'), ('lazy', 'lazy'), ('paralysed', 'paralysed'), ('chaotic', 'chaotic')], max_length=20), blank=True, default=list, size=None, verbose_name='why it is lagging')),
                ('causes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='causes of poverty')),
            ],
            options={
                'verbose_name': 'village facts',
                'verbose_name_plural': 'village facts',
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='VillageFactsEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1949)], verbose_name='year')),
                ('households', models.PositiveIntegerField(blank=True, null=True, verbose_name='households')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population')),
                ('party_members', models.PositiveIntegerField(blank=True, null=True, verbose_name='Party members')),
                ('collective_income', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='collective income (yuan a year)')),
                ('villagers_income', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="villagers' income (yuan a head and year)")),
                ('tier', models.CharField(blank=True, choices=[('leading', 'leading'), ('lukewarm', 'lukewarm'), ('lagging', 'lagging')], max_length=20, verbose_name='tier')),
                ('lagging_reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('soft', 'soft'), ('loose', 'loose'), ('lazy', 'lazy'), ('paralysed', 'paralysed'), ('chaotic', 'chaotic')], max_length=20), blank=True, default=list, size=None, verbose_name='why it is lagging')),
                ('causes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='causes of poverty')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True, verbose_name='user name')),
                ('name', models.CharField(max_length=60, verbose_name='name of the person')),
                ('phone', models.CharField(blank=True, max_length=11, null=True, unique=True, validators=[django.core.validators.RegexValidator('^1\\d{10}$', 'A mobile number has 11 digits and begins with 1.')], verbose_name='mobile number')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demonstration account')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined at')),
                ('details_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='name or number changed at')),
                ('search_text', models.TextField(default='', editable=False)),
                ('search_grams', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False, size=None)),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'ordering': ['username'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_grams'], name='user_grams')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_userevent" ("details_changed_at", "id", "is_active", "is_demo", "joined_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."details_changed_at", new_values."id", new_values."is_active", new_values."is_demo", new_values."joined_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3a17c968e9810896d4ca17fd19ba0bdcb03ea9ff', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_db542', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_userevent" ("details_changed_at", "id", "is_active", "is_demo", "joined_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."details_changed_at", new_values."id", new_values."is_active", new_values."is_demo", new_values."joined_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."details_changed_at" IS DISTINCT FROM (new_values."details_changed_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_demo" IS DISTINCT FROM (new_values."is_demo") OR old_values."joined_at" IS DISTINCT FROM (new_values."joined_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='597b0926ad638f5868ce7b0334f35e3af0489b7b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_d8ce8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_userevent" ("details_changed_at", "id", "is_active", "is_demo", "joined_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."details_changed_at", old_values."id", old_values."is_active", old_values."is_demo", old_values."joined_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a30c2e8ab1d3667fbebf9c5040b44c4f6b5005be', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_5c19c', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_user', when='AFTER')),
        ),
        migrations.AddField(
            model_name='aliasevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.alias'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='predecessor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='organisations.appointment', verbose_name='predecessor'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.appointment'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='predecessor',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.appointment', verbose_name='predecessor'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='facilityevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.facility'),
        ),
        migrations.AddField(
            model_name='facilityhelp',
            name='facility',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helps', to='organisations.facility', verbose_name='facility'),
        ),
        migrations.AddField(
            model_name='facilityhelp',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='facilityhelpevent',
            name='facility',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.facility', verbose_name='facility'),
        ),
        migrations.AddField(
            model_name='facilityhelpevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.facilityhelp'),
        ),
        migrations.AddField(
            model_name='facilityhelpevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='revoked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='revoked by'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='invitationevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by'),
        ),
        migrations.AddField(
            model_name='invitationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.invitation'),
        ),
        migrations.AddField(
            model_name='invitationevent',
            name='revoked_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='revoked by'),
        ),
        migrations.AddField(
            model_name='invitationevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='mandateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.mandate'),
        ),
        migrations.AddField(
            model_name='needevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.need'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_grams'], name='organisation_grams'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['kind', 'path'], name='organisation_kind_path'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['name'], name='organisation_name'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('division_code', ''), _negated=True), ('closed_on', None)), fields=('division_code',), name='organisation_division_code_once', violation_error_message='Another organisation has this division code.'),
        ),
        migrations.AddField(
            model_name='needevent',
            name='village',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='village'),
        ),
        migrations.AddField(
            model_name='need',
            name='village',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='organisations.organisation', verbose_name='village'),
        ),
        migrations.AddField(
            model_name='mandateevent',
            name='area',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='area'),
        ),
        migrations.AddField(
            model_name='mandateevent',
            name='holder',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='mandate',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='organisations.organisation', verbose_name='area'),
        ),
        migrations.AddField(
            model_name='mandate',
            name='holder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates_held', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='facilityhelpevent',
            name='helper',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='helped by'),
        ),
        migrations.AddField(
            model_name='facilityhelp',
            name='helper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_given', to='organisations.organisation', verbose_name='helped by'),
        ),
        migrations.AddField(
            model_name='facilityevent',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='facility',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facilities', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='aliasevent',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='alias',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='organisations.organisation', verbose_name='organisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationevent" ("classes", "closed_on", "depth", "division_code", "id", "kind", "level", "name", "party_members", "path", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "uscc") SELECT new_values."classes", new_values."closed_on", new_values."depth", new_values."division_code", new_values."id", new_values."kind", new_values."level", new_values."name", new_values."party_members", new_values."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."tags", new_values."uscc" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='370509fccb59253c590f4ec7b6dc94913fa71be6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_08c12', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationevent" ("classes", "closed_on", "depth", "division_code", "id", "kind", "level", "name", "party_members", "path", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "uscc") SELECT new_values."classes", new_values."closed_on", new_values."depth", new_values."division_code", new_values."id", new_values."kind", new_values."level", new_values."name", new_values."party_members", new_values."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."tags", new_values."uscc" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."classes" IS DISTINCT FROM (new_values."classes") OR old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."depth" IS DISTINCT FROM (new_values."depth") OR old_values."division_code" IS DISTINCT FROM (new_values."division_code") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."party_members" IS DISTINCT FROM (new_values."party_members") OR old_values."path" IS DISTINCT FROM (new_values."path") OR old_values."tags" IS DISTINCT FROM (new_values."tags") OR old_values."uscc" IS DISTINCT FROM (new_values."uscc")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a66da8b917fe9c52dbb643cc248b1fdb0213cb73', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_f0b49', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationevent" ("classes", "closed_on", "depth", "division_code", "id", "kind", "level", "name", "party_members", "path", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tags", "uscc") SELECT old_values."classes", old_values."closed_on", old_values."depth", old_values."division_code", old_values."id", old_values."kind", old_values."level", old_values."name", old_values."party_members", old_values."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."tags", old_values."uscc" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='efdf727b55c29830d9abd75e948cd9b499f4666d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_40993', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_organisation', when='AFTER')),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='organisationlink',
            name='holder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='organisations.organisation', verbose_name='joint organisation or team'),
        ),
        migrations.AddField(
            model_name='organisationlink',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.organisation', verbose_name='member or village served'),
        ),
        migrations.AddField(
            model_name='organisationlinkevent',
            name='holder',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='joint organisation or team'),
        ),
        migrations.AddField(
            model_name='organisationlinkevent',
            name='member',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='member or village served'),
        ),
        migrations.AddField(
            model_name='organisationlinkevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.organisationlink'),
        ),
        migrations.AddField(
            model_name='phonereading',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phone_readings', to='organisations.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='phonereading',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phone_readings', to=settings.AUTH_USER_MODEL, verbose_name='name of the person'),
        ),
        migrations.AddField(
            model_name='phonereading',
            name='read_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='read by'),
        ),
        migrations.AddField(
            model_name='strength',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strengths', to='organisations.organisation', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='strengthevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.strength'),
        ),
        migrations.AddField(
            model_name='strengthevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='succession',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='successionevent',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='successionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.succession'),
        ),
        migrations.AddField(
            model_name='successionstep',
            name='predecessor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps_from', to='organisations.organisation', verbose_name='former organisation'),
        ),
        migrations.AddField(
            model_name='successionstep',
            name='succession',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='organisations.succession', verbose_name='change of organisations'),
        ),
        migrations.AddField(
            model_name='successionstep',
            name='successor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps_to', to='organisations.organisation', verbose_name='organisation that follows'),
        ),
        migrations.AddField(
            model_name='successionstepevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.successionstep'),
        ),
        migrations.AddField(
            model_name='successionstepevent',
            name='predecessor',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='former organisation'),
        ),
        migrations.AddField(
            model_name='successionstepevent',
            name='succession',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.succession', verbose_name='change of organisations'),
        ),
        migrations.AddField(
            model_name='successionstepevent',
            name='successor',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='organisation that follows'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='villagefacts',
            name='village',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='organisations.organisation', verbose_name='village'),
        ),
        migrations.AddField(
            model_name='villagefactsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.villagefacts'),
        ),
        migrations.AddField(
            model_name='villagefactsevent',
            name='village',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='village'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None), ('used_at', None)), fields=('user',), name='invitation_open_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('used_at', None), ('revoked_at', None), _connector='OR'), name='invitation_used_or_revoked'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('revoked_by', None), ('revoked_at__isnull', False), _connector='OR'), name='invitation_revoked_paired'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_invitationevent" ("expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "used_at", "user_id") SELECT new_values."expires_at", new_values."id", new_values."made_at", new_values."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."revoked_at", new_values."revoked_by_id", new_values."used_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='17db16c72736c138a89e1206597f0a9cf56583b1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_1c76a', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_invitationevent" ("expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "used_at", "user_id") SELECT new_values."expires_at", new_values."id", new_values."made_at", new_values."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."revoked_at", new_values."revoked_by_id", new_values."used_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."revoked_by_id" IS DISTINCT FROM (new_values."revoked_by_id") OR old_values."used_at" IS DISTINCT FROM (new_values."used_at") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='336fc97fd4a0c5ada80fe4a5ca0e2d77c9f9c172', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_961e5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_invitationevent" ("expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "used_at", "user_id") SELECT old_values."expires_at", old_values."id", old_values."made_at", old_values."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."revoked_at", old_values."revoked_by_id", old_values."used_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e492456f6ebacca0fa530b54fac53d44d2b9a50c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_dce50', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c567e8e5da1212a2fa320056e970d15b7e4a7ace', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fdf07', table='organisations_invitationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='needevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c8c5ff731ddb1eb63fcc499be5e083d8cb1a6e42', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0ea4', table='organisations_needevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['name'], name='need_name'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(fields=('village', 'name'), name='need_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='need',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_needevent" ("id", "name", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "takes_money", "village_id") SELECT new_values."id", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."resource", new_values."takes_money", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7ea1fced515c712d14171d1ed670d5b636b1344a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_2ac91', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_need', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='need',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_needevent" ("id", "name", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "takes_money", "village_id") SELECT new_values."id", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."resource", new_values."takes_money", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f79aa0031b400f8100822180fc905347d2ca474', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_08824', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_need', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='need',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_needevent" ("id", "name", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "takes_money", "village_id") SELECT old_values."id", old_values."name", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."resource", old_values."takes_money", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ab8b48ccd0ded509cae64097ce5542a9268f5149', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_a0f7a', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_need', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandateevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c4e59747009d7fee776d2fa22c4e94bd83bb3c26', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_169d1', table='organisations_mandateevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='mandate_until_after_since', violation_error_message='The first day must not be after the last.'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('area', 'holder', 'part'), name='mandate_once', violation_error_message='This organisation has this part already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_mandateevent" ("area_id", "holder_id", "id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT new_values."area_id", new_values."holder_id", new_values."id", new_values."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0ec27895527596d6a9f3582ce791b7db695a7b37', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_bab5e', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_mandate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_mandateevent" ("area_id", "holder_id", "id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT new_values."area_id", new_values."holder_id", new_values."id", new_values."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1e35e7d04553a6d5fdeadc45cefb88b5b82f8bf0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_cb6d7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_mandate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_mandateevent" ("area_id", "holder_id", "id", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT old_values."area_id", old_values."holder_id", old_values."id", old_values."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."since", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='956541d8fd7dcd4b6b22eb86c337a00b72934344', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_58346', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_mandate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facilityhelpevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1d97c8e9eb5188291f24926802f8a48f766c5137', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7e6f', table='organisations_facilityhelpevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facilityhelp',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_facilityhelpevent" ("facility_id", "helper_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "resource", "what") SELECT new_values."facility_id", new_values."helper_id", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."resource", new_values."what" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d0b5db3eafe586ad9dda300a1300364c6ca9bd07', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_a4fd1', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_facilityhelp', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facilityhelp',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_facilityhelpevent" ("facility_id", "helper_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "resource", "what") SELECT new_values."facility_id", new_values."helper_id", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."resource", new_values."what" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='59c6c48ab830b77550cf0901a3f6cd3c645a9fa2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_c51e0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_facilityhelp', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facilityhelp',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_facilityhelpevent" ("facility_id", "helper_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "resource", "what") SELECT old_values."facility_id", old_values."helper_id", old_values."id", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."resource", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6d6b2a4fb5dd0f57b737642bf8eac27c09619d16', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_42144', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_facilityhelp', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facilityevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cb79160b8f40bb057814beee6fc93c380860d1af', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0100b', table='organisations_facilityevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('organisation', 'name'), name='facility_name_once', violation_error_message='This organisation has a facility of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='facility_until_after_since', violation_error_message='The first day must not be after the last.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_facilityevent" ("functions", "id", "kind", "name", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT new_values."functions", new_values."id", new_values."kind", new_values."name", new_values."note", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='95c1fc0fa6aec84cc76a0ec4f14e461dbb2ae335', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_34ff5', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_facility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_facilityevent" ("functions", "id", "kind", "name", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT new_values."functions", new_values."id", new_values."kind", new_values."name", new_values."note", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2ed96c63c6e54ed5e015a204690e87b76c29b171', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_b759f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_facility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_facilityevent" ("functions", "id", "kind", "name", "note", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT old_values."functions", old_values."id", old_values."kind", old_values."name", old_values."note", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."since", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e1f2a29001cd24d432c883dde246448d59e383b0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_e9b8e', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_facility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='157a07e39a65aa59ad47ea16c62952faf490b5c1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abf85', table='organisations_appointmentevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='appointment_until_after_since', violation_error_message='The first day must not be after the last.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('user', 'role', 'organisation'), name='appointment_held_once', violation_error_message='This person holds this post already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_appointmentevent" ("id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "role", "since", "until", "user_id") SELECT new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."predecessor_id", new_values."role", new_values."since", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f8751c25c1776f64ec1f38167eb3834cab5e1e10', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_048f7', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_appointmentevent" ("id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "role", "since", "until", "user_id") SELECT new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."predecessor_id", new_values."role", new_values."since", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='66b9001db16e8594fe0861afe011e117818ff4db', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_51c92', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_appointmentevent" ("id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "role", "since", "until", "user_id") SELECT old_values."id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."predecessor_id", old_values."role", old_values."since", old_values."until", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fdf3cb431740e1da89f99b58a6e864dc188bc63e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_e325b', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aliasevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f2e98d1bd57f3c2c786a97b152c4c96a5684440', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_976ee', table='organisations_aliasevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='alias',
            index=models.Index(fields=['value'], name='alias_value'),
        ),
        migrations.AddConstraint(
            model_name='alias',
            constraint=models.UniqueConstraint(fields=('organisation', 'kind', 'value'), name='alias_once'),
        ),
        migrations.AddConstraint(
            model_name='alias',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_from__lte', models.F('valid_until')), _connector='OR'), name='alias_valid_from_before_until', violation_error_message='The first day must not be after the last.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alias',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_aliasevent" ("id", "kind", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until", "value") SELECT new_values."id", new_values."kind", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."valid_from", new_values."valid_until", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='506a45929e306eb13232532d2a0e4670715ae153', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_04538', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_alias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alias',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_aliasevent" ("id", "kind", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until", "value") SELECT new_values."id", new_values."kind", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."valid_from", new_values."valid_until", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bebca236e84257f8f383b64d25bc4e1374bc8333', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_fefa3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_alias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alias',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_aliasevent" ("id", "kind", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until", "value") SELECT old_values."id", old_values."kind", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."valid_from", old_values."valid_until", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='17b3a409e56e6c287f88ee39a163c5f792c7f8a4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_335b1', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_alias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='13eb6e28966182a08694bfb06589ddaadb2672fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c38e9', table='organisations_organisationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='organisationlink',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='organisation_link_until_after_since', violation_error_message='The first day must not be after the last.'),
        ),
        migrations.AddConstraint(
            model_name='organisationlink',
            constraint=models.CheckConstraint(condition=models.Q(('holder', models.F('member')), _negated=True), name='organisation_link_of_two', violation_error_message='An organisation is no member of itself.'),
        ),
        migrations.AddConstraint(
            model_name='organisationlink',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('holder', 'member'), name='organisation_link_once', violation_error_message='The two are linked already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationlink',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationlinkevent" ("holder_id", "id", "kind", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT new_values."holder_id", new_values."id", new_values."kind", new_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9be568306d0c84ada5dd5326f57c983b7258897b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_e6fb8', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_organisationlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationlink',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationlinkevent" ("holder_id", "id", "kind", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT new_values."holder_id", new_values."id", new_values."kind", new_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0b7e8da53fc321b40dccdb2d4be52578d2d0084b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_0853f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_organisationlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationlink',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationlinkevent" ("holder_id", "id", "kind", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until") SELECT old_values."holder_id", old_values."id", old_values."kind", old_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."since", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='297f77b85b959b2d5ba2eae5def454b57267756d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_73d58', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_organisationlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationlinkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='255ac207d1ac328745a5645353175ee2104d64d5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e8356', table='organisations_organisationlinkevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='phonereading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation', None), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person', None)), _connector='OR'), name='phone_reading_of_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='phonereading',
            trigger=pgtrigger.compiler.Trigger(name='phone_reading_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='be081b2fa018fa50c4f5d078b661b0749c2832c7', operation='UPDATE OR DELETE', pgid='pgtrigger_phone_reading_append_only_7e73f', table='organisations_phonereading', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='strength',
            constraint=models.UniqueConstraint(fields=('unit', 'name'), name='strength_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strength',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_strengthevent" ("id", "name", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "unit_id") SELECT new_values."id", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."resource", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ca05eb03978bcb9e0440fdba64f0e8f17efc4ff3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_04da7', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_strength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strength',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_strengthevent" ("id", "name", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "unit_id") SELECT new_values."id", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."resource", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='72a6470ae1e892c92b2b35fbef4caf4c44a7654a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_9218e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_strength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strength',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_strengthevent" ("id", "name", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource", "unit_id") SELECT old_values."id", old_values."name", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."resource", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9224c0c9717366ae606d270c0ef8065421d5a818', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_a76f8', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_strength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strengthevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='161dcc224ed02e8ee1f129f3d1b247090c32dfab', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_70884', table='organisations_strengthevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='succession_has_a_reason', violation_error_message='Give the reason.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='succession_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='254583593a71c0e5e6681ab10857f320be57c2b5', operation='UPDATE OR DELETE', pgid='pgtrigger_succession_append_only_9f3fd', table='organisations_succession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_successionevent" ("decided_at", "decided_by_id", "id", "kind", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."kind", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77fb4eff05f9bc02cc44a110b2b8e2793404800e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_9069f', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_succession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_successionevent" ("decided_at", "decided_by_id", "id", "kind", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."kind", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."on" IS DISTINCT FROM (new_values."on") OR old_values."reason" IS DISTINCT FROM (new_values."reason")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='389b1cf5f363ed4099147c29476c3a424af67953', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_e601b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_succession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_successionevent" ("decided_at", "decided_by_id", "id", "kind", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."kind", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c631074651c728f95860a1b2d7e0416064a0ce91', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_d208f', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_succession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='68fe55e67f083eb843be4550aeff40187201f2d1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_04e29', table='organisations_successionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='successionstep',
            constraint=models.UniqueConstraint(fields=('succession', 'predecessor', 'successor'), name='succession_step_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successionstep',
            trigger=pgtrigger.compiler.Trigger(name='succession_step_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='182c21c5be0c95a06236802871407078e9f3397a', operation='UPDATE OR DELETE', pgid='pgtrigger_succession_step_append_only_28174', table='organisations_successionstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successionstep',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_successionstepevent" ("id", "new_code", "new_name", "old_code", "old_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "succession_id", "successor_id") SELECT new_values."id", new_values."new_code", new_values."new_name", new_values."old_code", new_values."old_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."predecessor_id", new_values."succession_id", new_values."successor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='75475679d6de5f02dec852a0a43cce8fe81285c3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_dd3aa', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_successionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successionstep',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_successionstepevent" ("id", "new_code", "new_name", "old_code", "old_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "succession_id", "successor_id") SELECT new_values."id", new_values."new_code", new_values."new_name", new_values."old_code", new_values."old_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."predecessor_id", new_values."succession_id", new_values."successor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='00be824d10e8e4167e2710277adf362e3ea74025', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_b3244', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_successionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successionstep',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_successionstepevent" ("id", "new_code", "new_name", "old_code", "old_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "succession_id", "successor_id") SELECT old_values."id", old_values."new_code", old_values."new_name", old_values."old_code", old_values."old_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."predecessor_id", old_values."succession_id", old_values."successor_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a190270268aaa4ebd00efb7ac147e1c9a648f70b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_0fb58', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_successionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successionstepevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5aec89009337a53fe96a9a6363aa783ae7faa22b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bf24e', table='organisations_successionstepevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='42ac2804122b508c29ba0b9827ba98776e46a4ea', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3d774', table='organisations_userevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='villagefacts',
            constraint=models.UniqueConstraint(fields=('village', 'year'), name='village_facts_once_a_year'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagefacts',
            trigger=pgtrigger.compiler.Trigger(name='created_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_villagefactsevent" ("causes", "collective_income", "households", "id", "lagging_reasons", "party_members", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "tier", "village_id", "villagers_income", "year") SELECT new_values."causes", new_values."collective_income", new_values."households", new_values."id", new_values."lagging_reasons", new_values."party_members", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'created\', new_values."id", new_values."population", new_values."tier", new_values."village_id", new_values."villagers_income", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='55b127f7b379612111df439e06b2016206cc61b7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_created_insert_3298e', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_villagefacts', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagefacts',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_villagefactsevent" ("causes", "collective_income", "households", "id", "lagging_reasons", "party_members", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "tier", "village_id", "villagers_income", "year") SELECT new_values."causes", new_values."collective_income", new_values."households", new_values."id", new_values."lagging_reasons", new_values."party_members", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."population", new_values."tier", new_values."village_id", new_values."villagers_income", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f2f7aa7556a8f9ab315b9e5a774256cd1f75c59c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_7011c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_villagefacts', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagefacts',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_villagefactsevent" ("causes", "collective_income", "households", "id", "lagging_reasons", "party_members", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "tier", "village_id", "villagers_income", "year") SELECT old_values."causes", old_values."collective_income", old_values."households", old_values."id", old_values."lagging_reasons", old_values."party_members", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'deleted\', old_values."id", old_values."population", old_values."tier", old_values."village_id", old_values."villagers_income", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5fad3bfdcbd40919dcf3bf2f6d190f89ca137062', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_c2ad4', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_villagefacts', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagefactsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='26a4ccbbfd8dd9bdcfcd876ba2f7ef1d5b31b95d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cd74a', table='organisations_villagefactsevent', when='BEFORE')),
        ),
    ]
