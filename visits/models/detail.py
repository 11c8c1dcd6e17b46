"""What some kinds of activities have beside what every activity has: a talk, a mediation, a diagnosis of the village,
a report in the press, a commitment of members, a post with duties (XY-12, AH-17, SH-48, SF-21)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.history import with_history
from pairing.schemes.words import TalkTopic
from visits.models.activity import Activity


@with_history()
class ActivityDetail(models.Model):
    """Typed extras of one activity, written and replaced together with it. No name of anybody in dispute."""

    Topic = TalkTopic

    class Dispute(models.TextChoices):
        LAND = "land", _("land and boundaries")
        WATER = "water", _("water and irrigation")
        NEIGHBOURS = "neighbours", _("between neighbours")
        FAMILY = "family", _("within a family")
        MONEY = "money", _("money and wages")
        OTHER = "other", _("another matter")

    class Outcome(models.TextChoices):
        SETTLED = "settled", pgettext_lazy("outcome of a mediation", "settled")
        PARTLY = "partly", pgettext_lazy("outcome of a mediation", "settled in part")
        OPEN = "open", pgettext_lazy("outcome of a mediation", "not settled")
        PASSED_ON = "passed_on", pgettext_lazy("outcome of a mediation", "passed on to the mediation committee")

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="detail", verbose_name=_("activity"))
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic.choices),
        verbose_name=_("what was talked about"), default=list, blank=True,
    )  # fmt: skip
    dispute = models.CharField(_("what the dispute was about"), max_length=20, choices=Dispute.choices, blank=True)
    outcome = models.CharField(_("what came of the mediation"), max_length=20, choices=Outcome.choices, blank=True)
    experience = models.TextField(_("experience"), max_length=1000, blank=True)
    constraints = models.TextField(_("constraints"), max_length=1000, blank=True)
    ideas = models.TextField(_("ideas for development"), max_length=1000, blank=True)
    medium = models.CharField(_("newspaper, station or website"), max_length=80, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    promise = models.CharField(_("what was promised"), max_length=300, blank=True)
    until = models.DateField(_("to be kept by"), null=True, blank=True)
    post = models.CharField(_("post of the member"), max_length=40, blank=True)
    duties = models.CharField(_("duties of the post"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("detail of an activity")
        verbose_name_plural = _("details of activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(dispute="", outcome="") | ~Q(dispute="") & ~Q(outcome=""),
                name="activity_detail_dispute_with_outcome",
                violation_error_message=_("Say what the dispute was about and what came of it."),
            ),
            models.CheckConstraint(
                condition=Q(experience="", constraints="", ideas="")
                | ~Q(experience="") & ~Q(constraints="") & ~Q(ideas=""),
                name="activity_detail_diagnosis_in_three_parts",
                violation_error_message=_("A diagnosis names experience, constraints and ideas."),
            ),
            models.CheckConstraint(
                condition=Q(post="", duties="") | ~Q(post="") & ~Q(duties=""),
                name="activity_detail_post_with_duties",
                violation_error_message=_("Name the post and its duties."),
            ),
            models.CheckConstraint(
                condition=Q(link="") | ~Q(medium=""),
                name="activity_detail_link_of_a_medium",
                violation_error_message=_("Name the newspaper, station or website."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def topic_names(self) -> list[str]:
        return [str(self.Topic(each).label) for each in self.topics]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The three parts of a diagnosis."""
        named = (
            (_("experience"), self.experience),
            (_("constraints"), self.constraints),
            (_("ideas for development"), self.ideas),
        )
        return [(str(name), text) for name, text in named if text]
