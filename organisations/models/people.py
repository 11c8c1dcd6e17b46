"""Users, and the posts they hold. People change posts; work stays with the post."""

from copy import copy
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.names import grams, normal, query_grams, search_text
from core.refusals import Refused
from organisations.history import note_capacity, with_history
from organisations.models.organisation import Organisation
from organisations.protection import append_only
from organisations.querysets import Exactly, lies_in, within
from organisations.roles import ROLES, RoleField, role_choices

mobile = RegexValidator(r"^1\d{10}$", _("A mobile number has 11 digits and begins with 1."))


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who hold or held a post in the user's scope, and the user."""
        posts = Appointment.objects.filter(within(user.scopes(), "organisation__path"))
        return self.filter(Q(pk=user.pk) | Q(pk__in=posts.values("user")))

    def found_by(self, query: str):
        """Names, user names and pinyin initials that contain `query`."""
        query = normal(query)
        if not query:
            return self.none()
        return self.filter(search_grams__contains=query_grams(query), search_text__contains=query)

    def known_as(self, name: str):
        """By user name or mobile number, as typed (full-width digits, capitals)."""
        name = normal(name)
        return self.filter(Q(username=name) | Q(phone=name))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username):
        return self.get(username=username)


@with_history(exclude=["username", "password", "last_login", "name", "phone", "email", "search_text", "search_grams"])
class User(AbstractBaseUser):
    """A person who signs in, by user name or phone."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name of the person"), max_length=60)
    phone = models.CharField(_("mobile number"), max_length=11, null=True, blank=True, unique=True, validators=[mobile])
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("demonstration account"), default=False)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)
    # Name and number stay outside the history; that somebody changed them does not.
    details_changed_at = models.DateTimeField(_("name or number changed at"), null=True, blank=True)
    search_text = models.TextField(editable=False, default="")
    search_grams = ArrayField(models.TextField(), editable=False, default=list)

    objects = UserManager()
    history_parts = ("appointments", "invitations")
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        indexes = [GinIndex(fields=["search_grams"], name="user_grams")]

    def __str__(self) -> str:
        return self.name

    def save(self, **options) -> None:
        self.search_text = search_text([self.name, self.username])
        self.search_grams = grams(self.search_text)
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "search_text", "search_grams"}
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("user", args=[self.pk])

    @cached_property
    def posts(self) -> list["Appointment"]:
        """The appointments held today, read once per request."""
        return list(self.appointments.current().select_related("organisation"))

    def scopes(self, permission: str | None = None) -> list[str]:
        """Tree paths that the user's posts cover; only posts that grant `permission`, where one is named."""
        if permission is None:
            return [post.scope_path for post in self.posts]
        return [post.reach(permission) for post in self.posts if post.grants(permission)]

    def can(self, permission: str, organisation: Organisation | None = None) -> bool:
        """Whether a post grants `permission` - over `organisation`, where one is named."""
        return self.capacity(permission, organisation) is not None

    def capacity(self, permission: str, organisation: Organisation | None = None) -> "Appointment | None":
        """The post in which the user acts: the one nearest to `organisation` that grants `permission`."""
        fitting = [
            post
            for post in self.posts
            if post.grants(permission) and (organisation is None or post.covers(permission, organisation))
        ]
        return max(fitting, key=lambda post: len(post.scope_path), default=None)

    def acting(self, permission: str, organisation: Organisation) -> "Appointment":
        """The post in which the user acts, noted in the history; or a refusal that says what is missing."""
        post = self.capacity(permission, organisation)
        if post is None:
            raise Refused(_("None of your posts allows this for %(name)s.") % {"name": organisation.name})
        note_capacity(post)
        return post

    def limited_to(self, permission: str) -> "User":
        """The same person with only those posts that grant `permission`: what they see is what these posts see."""
        limited = copy(self)
        limited.posts = [post for post in self.posts if post.grants(permission)]
        return limited


class AppointmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within(user.scopes(), "organisation__path") | Q(user=user))

    def current(self, on: date | None = None):
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


@with_history()
class Appointment(models.Model):
    """A person holds a role at an organisation, from a day to a day (both count)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name=_("user"))
    role = RoleField(_("role"), max_length=40, choices=role_choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="appointments", verbose_name=_("organisation")
    )
    since = models.DateField(_("from"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("predecessor")
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["organisation__path", "role", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="appointment_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(until=None),
                name="appointment_held_once",
                violation_error_message=_("This person holds this post already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name} {self.get_role_display()}"

    @property
    def scope_path(self) -> str:
        """A desk (组织部, 农办) works for the committee above it; everybody else for their own subtree."""
        return self.organisation.scope_path

    def grants(self, permission: str) -> bool:
        role = ROLES.get(self.role)
        return role is not None and permission in role.permissions

    def reach(self, permission: str) -> str:
        """The tree path over which the post grants `permission`: the subtree, or only its own organisation."""
        return Exactly(self.scope_path) if permission in ROLES[self.role].own else self.scope_path

    def covers(self, permission: str, organisation: Organisation) -> bool:
        reach = self.reach(permission)
        return lies_in(organisation.path, reach)


@with_history(exclude=["code_hash"])
class Invitation(models.Model):
    """A printed one-time code by which a new user sets a password; many village users have no e-mail."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations", verbose_name=_("user"))
    code_hash = models.CharField(max_length=128, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name=_("invited by"))
    made_at = models.DateTimeField(_("invited at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    code = ""  # readable only on the object that was made a moment ago; the database keeps its hash
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("revoked by")
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at=None, revoked_at=None), name="invitation_open_once"
            ),
            models.CheckConstraint(condition=Q(used_at=None) | Q(revoked_at=None), name="invitation_used_or_revoked"),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(revoked_at__isnull=False), name="invitation_revoked_paired"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class PhoneReading(models.Model):
    """Somebody had a phone number shown in full. Kept for the auditor, and never changed."""

    read_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("read by"))
    read_at = models.DateTimeField(_("read at"), default=timezone.now)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="phone_readings", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="phone_readings", verbose_name=_("name of the person")
    )

    class Meta:
        verbose_name = _("reading of a phone number")
        verbose_name_plural = _("readings of phone numbers")
        ordering = ["-read_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False) | Q(organisation__isnull=False, person=None),
                name="phone_reading_of_one",
            )
        ]
        triggers = [append_only("phone_reading")]

    def __str__(self) -> str:
        return f"{self.read_by} {self.read_at}"
