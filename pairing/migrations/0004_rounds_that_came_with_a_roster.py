"""Rounds that were closed without having been opened came with a roster: they stay correctable."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pairing", "0003_amendments_renewals_and_endings")]

    operations = [
        migrations.RunSQL(
            "UPDATE pairing_round SET is_from_roster = true WHERE state = 'closed' AND opened_by_id IS NULL",
            migrations.RunSQL.noop,
        )
    ]
