"""For migrations: many new tables, or many changes of tables, in one operation."""

from collections.abc import Sequence

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation

IN_THE_TABLE = (AddConstraint, AddField, AddIndex)  # a new table has them: it is made as it is in the end


class CreateModels(Operation):
    """What the operations in `models` do one after the other, in a fraction of the time.

    After each single one Django renders all related models anew; here they are rendered once, so their order
    does not matter either. Fields, constraints and indexes of the new tables may follow them, and so may their
    triggers.
    """

    def __init__(self, models: Sequence[Operation]):
        self.models = models

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            if not isinstance(model, IN_THE_TABLE):
                model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            if isinstance(model, CreateModel):  # the rest goes with the table
                model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.models)} models"


class ChangeTables(Operation):
    """What `changes` do to tables that exist already; the models are rendered once for all of them, as above."""

    def __init__(self, changes: Sequence[Operation]):
        self.changes = changes

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for change in self.changes:
            change.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for change in self.changes:
            change.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for change in reversed(self.changes):
            change.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Change tables in {len(self.changes)} steps"
