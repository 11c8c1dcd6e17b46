from django.db import migrations, models

# Rules that stood before grades asked for a share stay as they were opened.
KEEP_RULES = """
    UPDATE reports_assessment SET content = content || '{"least_share": 0}' WHERE state IN ('open', 'shown')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0014_sheets_of_local_forms'),
    ]

    operations = [
        migrations.AddField(
            model_name='assessed',
            name='is_thin',
            field=models.BooleanField(default=False, verbose_name='too little applies for a grade'),
        ),
        migrations.RunSQL(KEEP_RULES, migrations.RunSQL.noop),
    ]
