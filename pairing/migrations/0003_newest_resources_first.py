from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_foundation'),
        ('pairing', '0002_shares_proposed_in_a_consortium'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='resourceentry',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['direction', '-posted_at', '-id'], name='resource_entry_newest'),
        ),
    ]
