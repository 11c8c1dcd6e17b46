"""Who keeps a diary, in which edition, and what stands ready when an entry is begun."""

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from members.kinds import Mark, Rank
from members.models import Member, PersonPair
from members.querysets.people import MemberQuerySet
from members.ruling import rounds_over
from organisations.kinds import Kind
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.models import Pairing, Round
from pairing.schemes.words import DiaryEdition
from pairing.states import RoundState
from visits.models import DiaryEntry
from visits.querysets.diary import REVIEW

GRASSROOTS = (Kind.TOWNSHIP, Kind.VILLAGE)


def edition_of(member: Member) -> DiaryEdition:
    """XY-19: leaders of the county, people of townships and villages, everybody else."""
    if member.rank == Rank.COUNTY:
        return DiaryEdition.LEADERS
    if member.organisation.kind in GRASSROOTS or Mark.VILLAGE_CADRE in member.marks:
        return DiaryEdition.GRASSROOTS
    return DiaryEdition.AGENCY


def member_of(user: User) -> Member | None:
    """The entry on the roster that belongs to the account."""
    return Member.objects.filter(user=user, left_on=None).select_related("organisation").first()


def round_of(member: Member) -> Round | None:
    """That of the people whom the member helps, else the one that reaches the own organisation."""
    pairs = PersonPair.objects.active().filter(helper_member=member, round__state=RoundState.OPEN)
    pair = pairs.select_related("round__scheme_version").order_by("-since", "-pk").first()
    place = member.organisation.path
    return pair.round if pair else rounds_over([place])[place]


def villages_of(member: Member) -> QuerySet[Organisation]:
    """Where the member helps somebody, where the own organisation is paired, and the own village."""
    helped = PersonPair.objects.active().filter(helper_member=member).order_by().values("village")
    paired = Pairing.objects.standing().filter(unit=member.organisation_id).order_by().values("village")
    own = Q(pk=member.organisation_id, kind=Kind.VILLAGE)
    return Organisation.objects.filter(Q(pk__in=helped) | Q(pk__in=paired, kind=Kind.VILLAGE) | own)


def ledger_place(entry: DiaryEntry) -> Pairing | Organisation:
    """Where an issue found on the trip belongs: the pairing with that village, else the author's organisation."""
    own = entry.diary.member.organisation
    between = Q(unit=own, village=entry.village) if entry.village else Q(village=own)
    found = Pairing.objects.standing().filter(between, round__state=RoundState.OPEN)
    return found.select_related("round__scheme_version", "unit", "village").order_by("-formed_at").first() or own


def keepers(user: User) -> MemberQuerySet:
    """Whose diaries the user reviews: who helps somebody in a round that wants diaries, and who has written (XY-18).

    Adds `entries`, `unreviewed`, `last_on` and `diary`, the newest one.
    """
    asked = PersonPair.objects.effective().filter(
        helper_member=OuterRef("pk"), round__scheme_version__content__diary__is_required=True
    )
    written = DiaryEntry.objects.order_by().filter(diary__member=OuterRef("pk")).values("diary__member")
    number, day = IntegerField(), DiaryEntry._meta.get_field("on")
    rows = Member.objects.visible_to(user).filter(within(user.scopes(REVIEW), "organisation__path"))
    rows = rows.filter(Exists(asked) | Exists(written)).annotate(
        entries=Coalesce(Subquery(written.annotate(n=Count("pk")).values("n"), output_field=number), 0),
        unreviewed=Coalesce(
            Subquery(written.filter(reviewed_at=None).annotate(n=Count("pk")).values("n"), output_field=number), 0
        ),
        last_on=Subquery(written.annotate(last=Max("on")).values("last"), output_field=day.__class__()),
        diary=Subquery(written.annotate(newest=Max("diary")).values("newest")),
    )
    return rows.select_related("organisation")
