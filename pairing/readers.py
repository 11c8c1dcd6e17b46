"""Who can read rounds, intentions, pairings, agreements and what hangs on a pairing."""

from django.db.models import Q
from django.utils.translation import gettext as _

from organisations.audience import Circle, Readers, below, person, reaching, readers_of
from organisations.models import Organisation
from pairing.models import (
    Agreement,
    DirectoryEntry,
    Intention,
    Issue,
    MatchingRun,
    Pairing,
    PairingPartner,
    Plan,
    PublicCommitment,
    ResourceEntry,
    ResourceExchange,
    ResponsibilityLetter,
    Round,
    SelectionBatch,
    Suggestion,
    Target,
    TaskProposal,
)
from pairing.schemes.scheme import PlanKind
from pairing.states import PartnerState, RoundState


@readers_of(Round)
def of_round(round: Round) -> Readers:
    """Everybody below the organiser, once it was opened."""
    name = {"name": round.organiser.name}
    found = Readers([reaching(_("Whose posts reach the organiser, %(name)s") % name, round.organiser)])
    if round.state != RoundState.DRAFT:
        found.circles.append(
            below(_("Everybody in a post below %(name)s, since it was opened") % name, round.organiser)
        )
        found.public.append(_("The board with its figures, and the published directory: no personal data."))
    return found


@readers_of(Intention)
def of_intention(intention: Intention) -> Readers:
    words = (_("The words of both sides"), acting(intention))
    public = _("On the public board: that the village has a proposal, not whose.")
    return Readers(parties(intention), public=[public], parts=[words])


@readers_of(Pairing)
def of_pairing(pairing: Pairing) -> Readers:
    partners = list(pairing.partners.present().select_related("unit"))
    asked = [partner.unit for partner in partners]
    joined = [partner.unit for partner in partners if partner.state == PartnerState.JOINED]
    followers = [takeover.successor for takeover in pairing.takeovers.select_related("successor")]
    circles, papers = parties(pairing), acting(pairing)
    if followers:
        circles.append(reaching(_("Whose posts reach an organisation that took the place of a party"), *followers))
    if asked:
        circles.append(reaching(_("Whose posts reach a partner of the consortium"), *asked))
    if joined:
        papers.append(reaching(_("Those who act for a partner of the consortium"), *joined, permission="unit.act"))
    return Readers(
        circles,
        public=[_("On the public board: which unit aids which village, and how far they are.")],
        parts=[(_("The papers: Word file, signed scan, words of both sides"), papers)],
    )


@readers_of(Agreement)
@readers_of(Plan)
@readers_of(Target)
@readers_of(ResponsibilityLetter)
def of_paper(paper: Agreement | Plan | Target | ResponsibilityLetter) -> Readers:
    """What hangs on a pairing is read by whoever reads the pairing."""
    whole = of_pairing(paper.pairing)
    is_public = isinstance(paper, Plan) and paper.kind == PlanKind.KEY_POINTS
    public: list[object] = [_("Text and lines, once both sides have confirmed them.")] if is_public else []
    return Readers(whole.circles, public, whole.parts)


@readers_of(PublicCommitment)
def of_commitment(commitment: PublicCommitment) -> Readers:
    return Readers(of_pairing(commitment.pairing).circles, public=[_("All of it, once it is published.")])


@readers_of(SelectionBatch)
def of_batch(batch: SelectionBatch) -> Readers:
    places = {"committee": batch.committee.name, "area": batch.area.name}
    words = _("Whose posts reach %(committee)s, the area %(area)s or the organiser of the round") % places
    return Readers([reaching(words, batch.committee, batch.area, batch.round.organiser)])


@readers_of(MatchingRun)
def of_matching(run: MatchingRun) -> Readers:
    return Readers([organising(run.round)])


@readers_of(TaskProposal)
def of_task_proposal(task: TaskProposal) -> Readers:
    circles = [organising(task.round)]
    if task.issued_at is not None:
        words = _("Whose posts reach %(name)s, since it was issued") % {"name": task.committee.name}
        circles.append(reaching(words, task.committee))
    return Readers(circles)


@readers_of(Issue)
def of_issue(issue: Issue) -> Readers:
    circles = of_pairing(issue.pairing).circles if issue.pairing else []
    about = {"name": issue.organisation.name}
    if not issue.pairing:
        words = _("Whose posts reach the organisation that it is about, %(name)s") % about
        circles.append(reaching(words, issue.organisation))
    if issue.owner and issue.owner not in issue.parties:
        owner = {"name": issue.owner.name}
        circles.append(reaching(_("Whose posts reach whoever has to solve it, %(name)s") % owner, issue.owner))
    return Readers(circles)


@readers_of(Suggestion)
def of_suggestion(suggestion: Suggestion) -> Readers:
    sender, organiser = {"name": suggestion.organisation.name}, {"name": suggestion.organiser.name}
    acts_for = _("Those who act for %(name)s") % sender
    answers = _("Those who manage rounds of %(name)s") % organiser
    return Readers(
        [
            *person(_("Whoever wrote it"), suggestion.written_by),
            reaching(acts_for, suggestion.organisation, permission="unit.act"),
            reaching(acts_for, suggestion.organisation, permission="village.act"),
            reaching(answers, suggestion.organiser, permission="round.manage"),
        ]
    )


@readers_of(ResourceEntry)
def of_entry(entry: ResourceEntry) -> Readers:
    root = Organisation.objects.get(path=entry.organisation.path[: Organisation.steplen])
    return Readers([below(_("Everybody in a post in the area of %(name)s") % {"name": root.name}, root)])


@readers_of(ResourceExchange)
def of_exchange(exchange: ResourceExchange) -> Readers:
    sides = {"name": exchange.entry.organisation.name, "asker": exchange.asker.name}
    words = _("Whose posts reach %(name)s or %(asker)s") % sides
    return Readers([reaching(words, exchange.entry.organisation, exchange.asker)])


@readers_of(Organisation, through="readable_by")
def of_partner(organisation: Organisation) -> Readers:
    """The other parties of its standing pairings read its page (pairing/partners.py); a directory is public."""
    found = Readers()
    joined = PairingPartner.objects.present().filter(unit=organisation).values("pairing")
    mine = Q(unit=organisation) | Q(village=organisation) | Q(pk__in=joined)
    pairings = list(Pairing.objects.standing().filter(mine).select_related("round__organiser", "unit", "village"))
    if pairings:
        partners = PairingPartner.objects.present().filter(pairing__in=pairings).select_related("unit")
        others = [party for row in pairings for party in (row.round.organiser, row.unit, row.village)]
        words = _("Whose posts reach a party of one of its pairings, or the organiser of the round")
        found.circles.append(reaching(words, *others, *(partner.unit for partner in partners)))
    if (
        DirectoryEntry.objects.filter(organisation=organisation)
        .exclude(directory__round__state=RoundState.DRAFT)
        .exists()
    ):
        found.public.append(_("In the published directory: name, area, kind and class; on the board, how far it is."))
    return found


def parties(row: Intention | Pairing) -> list[Circle]:
    """The two sides and the organiser, as in `party_to`."""
    unit, village, organiser = ({"name": party.name} for party in (row.unit, row.village, row.round.organiser))
    return [
        reaching(_("Whose posts reach the aiding side, %(name)s") % unit, row.unit),
        reaching(_("Whose posts reach the aided side, %(name)s") % village, row.village),
        reaching(_("Whose posts reach the organiser of the round, %(name)s") % organiser, row.round.organiser),
    ]


def acting(row: Intention | Pairing) -> list[Circle]:
    """Those who act for one of the two sides, and those who manage the round, as in `papers_of`."""
    return [
        reaching(_("Those who act for %(name)s") % {"name": row.unit.name}, row.unit, permission="unit.act"),
        reaching(_("Those who act for %(name)s") % {"name": row.village.name}, row.village, permission="village.act"),
        organising(row.round),
    ]


def organising(round: Round) -> Circle:
    words = _("Those who manage rounds of %(name)s") % {"name": round.organiser.name}
    return reaching(words, round.organiser, permission="round.manage")
