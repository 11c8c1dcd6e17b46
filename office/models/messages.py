"""The inbox: each side is told in the product when it is its turn."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from organisations.querysets import Exactly, within
from organisations.roles import ROLES

# The kind of a message that is nobody's turn, only news: settled from the start.
NOTICE = "notice"


def read_in(post) -> Q:
    """The messages that a post reads: those of its scope which ask for a permission that it grants."""
    role = ROLES.get(post.role)
    if role is None:
        return Q(pk__in=[])
    below = within([post.scope_path], "organisation__path") & Q(permission__in=role.permissions - role.own)
    own = within([Exactly(post.scope_path)], "organisation__path") & Q(permission__in=role.own)
    return below | own if role.own else below


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is addressed to the posts that the user holds today, and to the user in person.

        A union, for an OR over two tables would read all messages of the province.
        """
        messages = self.model._default_manager.order_by().values("pk")
        by_post = [messages.filter(read_in(post)) for post in user.posts]
        return self.filter(pk__in=messages.filter(recipient=user).union(*by_post, all=True))

    def with_read(self, user):
        """Each message with `is_read`: opened by this user."""
        return self.annotate(is_read=Exists(Receipt.objects.filter(message=OuterRef("pk"), user=user)))

    def unread_by(self, user):
        return self.filter(~Exists(Receipt.objects.filter(message=OuterRef("pk"), user=user)))

    def open(self):
        """Still somebody's turn."""
        return self.filter(settled_at=None)


class Message(models.Model):
    """One message to whoever holds a post with `permission` over `organisation`, or to one person.

    `subject` and `body` are msgids, shown with `params` in the reader's language. Without history: a message
    repeats what other records, which have one, say.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="messages", verbose_name=_("organisation")
    )
    permission = models.CharField(_("permission"), max_length=60, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=120)
    subject = models.TextField(_("subject"))
    body = models.TextField(_("text"), blank=True)
    params = models.JSONField(_("what is filled in"), default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(_("leads to"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["key"], condition=Q(settled_at=None), name="message_open_key"),
            models.Index(fields=["permission", "organisation"], name="message_permission"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="message_once_for_organisation"),
            models.UniqueConstraint(fields=["recipient", "key"], name="message_once_for_person"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, recipient=None) & ~Q(permission="")
                | Q(organisation=None, recipient__isnull=False, permission=""),
                name="message_one_addressee",
                violation_error_message=_("A message goes to the posts of one organisation, or to one person."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject_text

    def get_absolute_url(self) -> str:
        return reverse("message", args=[self.pk])

    def check_params(self) -> None:
        """KeyError where `params` lack what the texts ask for."""
        _filled = self.subject % self.params, self.body % self.params

    @property
    def subject_text(self) -> str:
        return gettext(self.subject) % self.params

    @property
    def is_waiting(self) -> bool:
        return self.settled_at is None

    @property
    def is_over(self) -> bool:
        """It was somebody's turn and is no longer: nobody needs to open it."""
        return self.settled_at is not None and self.kind != NOTICE

    @property
    def state_words(self) -> str:
        """Somebody's turn, dealt with, or - for mere news - read or not by the person of `with_read`."""
        if self.is_waiting:
            return gettext("to do")
        if self.is_over:
            return gettext("dealt with")
        return gettext("read") if getattr(self, "is_read", False) else gettext("unread")

    @property
    def state_tone(self) -> str:
        return "soon" if self.is_waiting else "done" if self.is_over else "wait"

    @property
    def body_text(self) -> str:
        return gettext(self.body) % self.params if self.body else ""


class Receipt(models.Model):
    """A person opened a message. Without history: it changes with every click and proves nothing."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="receipts", verbose_name=_("message"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    read_at = models.DateTimeField(_("read at"), default=timezone.now)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.user_id}"
