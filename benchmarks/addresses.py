"""Every list and page that is measured, by a readable name: at the size of a district and at that of a province."""

from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from organisations.kinds import Kind
from organisations.models import Facility, Organisation, Succession
from pairing.models import (
    Agreement,
    DirectoryEntry,
    Issue,
    Pairing,
    PairingPartner,
    PublicCommitment,
    ResourceEntry,
    ResponsibilityLetter,
    Round,
    SelectionBatch,
    Suggestion,
    Target,
    TaskProposal,
)


def of_product() -> dict[str, str]:
    """In the round that `data.build` made."""
    round = Round.objects.order_by("pk")[0]
    return {**of_round(round), **figures(round), **of_pairings(round), **ledger(), **resources(), **organisations()}


def of_round(round: Round) -> dict[str, str]:
    own = [round.pk]
    lines = DirectoryEntry.objects.current(round)
    village, unit = lines.villages()[0], lines.units()[0]
    batch = SelectionBatch.objects.order_by("pk")[0]
    return {
        "board": reverse("board", args=own),
        "board index": reverse("board_index"),
        "directory": reverse("directory", args=own),
        "home": reverse("home"),
        "round": reverse("round", args=own),
        "rounds": reverse("rounds"),
        "villages of the round": reverse("market_villages", args=own),
        "a village of the round": reverse("market_village", args=[round.pk, village.organisation_id]),
        "units of the round": reverse("market_units", args=own),
        "a unit of the round": reverse("market_unit", args=[round.pk, unit.organisation_id]),
        "intentions": reverse("intentions"),
        "choosing together: area": reverse("choose_together", args=own),
        "choosing together: what was chosen": batch.get_absolute_url(),
    }


def figures(round: Round) -> dict[str, str]:
    """What the organiser watches."""
    own = [round.pk]
    earlier = f"?on={timezone.localdate() - timedelta(days=30)}"
    village = DirectoryEntry.objects.current(round).villages()[0]
    lines, pairings = reverse("coverage_lines", args=own), reverse("coverage_pairings", args=own)
    return {
        "balance": reverse("balance", args=own),
        "clashes": reverse("clashes", args=own),
        "gaps": reverse("gaps", args=own),
        "several unlinked helpers": reverse("unlinked_helpers", args=own),
        "deciding a village": reverse("decide", args=[round.pk, village.organisation_id]),
        "behind": reverse("behind", args=own),
        "task proposals": reverse("task_proposals", args=own),
        "a task proposal": TaskProposal.objects.order_by("pk")[0].get_absolute_url(),
        "coverage": reverse("coverage", args=own),
        "coverage, earlier": reverse("coverage", args=own) + earlier,
        "coverage: lines": lines,
        "coverage: lines, earlier": lines + earlier,
        "coverage: lines with nobody": f"{lines}?covered=missing",
        "coverage: pairings": pairings,
        "coverage: pairings, earlier": pairings + earlier,
        "coverage: pairings of the own district": f"{pairings}?reach=own",
        "plans of the round": reverse("round_plans", args=own),
        "plans missing": reverse("round_plans", args=own) + "?there=no",
        "targets of the round": reverse("round_targets", args=own),
        "public commitments": reverse("public_promises", args=own),
        "public village": reverse("public_village", args=[round.pk, village.organisation_id]),
    }


def of_pairings(round: Round) -> dict[str, str]:
    pairings = Pairing.objects.filter(round=round).order_by("pk")
    signed = pairings.signed()[0]
    amendment = Agreement.objects.under_way().exclude(amends=None).order_by("pk")[0]
    consortium = PairingPartner.objects.order_by("pk")[0].pairing_id
    return {
        "pairings": reverse("pairings"),
        "agreements": reverse("agreements"),
        "pairing": pairings[0].get_absolute_url(),
        "pairing, signed": signed.get_absolute_url(),
        "story of a pairing": reverse("pairing_story", args=[signed.pk]),
        "plans of a pairing": reverse("pairing_plans", args=[signed.pk]),
        "a target": Target.objects.order_by("pk")[0].get_absolute_url(),
        "a letter": ResponsibilityLetter.objects.order_by("pk")[0].get_absolute_url(),
        "a commitment": PublicCommitment.objects.order_by("pk")[0].get_absolute_url(),
        "agreement": Agreement.objects.in_force().order_by("pk")[0].get_absolute_url(),
        "an amendment": amendment.get_absolute_url(),
        "consortium": reverse("consortium", args=[consortium]),
        "reassigning": reverse("reassign_pairing", args=[signed.pk]),
        "adding a partner": reverse("add_partner", args=[signed.pk]),
    }


def ledger() -> dict[str, str]:
    issue = Issue.objects.order_by("pk")[0]
    return {
        "issues": reverse("issues"),
        "issues, overdue": reverse("issues") + "?overdue=yes",
        "issues, last raised": reverse("issues") + "?sort=-raised_at",
        "an issue": issue.get_absolute_url(),
        "issues of a pairing": reverse("pairing_issues", args=[issue.pairing_id]),
        "suggestions": reverse("suggestions"),
        "a suggestion": Suggestion.objects.order_by("pk")[0].get_absolute_url(),
    }


def resources() -> dict[str, str]:
    return {
        "resources": reverse("resources"),
        "resources: offers and requests": reverse("resource_list"),
        "resources: an offer": ResourceEntry.objects.order_by("-pk")[0].get_absolute_url(),
    }


def organisations() -> dict[str, str]:
    village = Organisation.objects.villages().order_by("pk")[0]
    root = Organisation.objects.get(depth=1)
    team = Organisation.objects.filter(kind=Kind.WORK_TEAM).annotate(served=Count("links")).order_by("-served", "pk")[0]
    return {
        "organisations": reverse("organisations"),
        "villages": reverse("villages"),
        "units": reverse("units"),
        "units in figures": reverse("unit_statistics"),
        "village": village.get_absolute_url(),
        "facts of a village compared": reverse("compare_facts", args=[village.pk]),
        "around a village": reverse("organisation_around", args=[village.pk]),
        "a team": team.get_absolute_url(),
        "around a team": reverse("organisation_around", args=[team.pk]),
        "facilities": reverse("facilities"),
        "a facility": Facility.objects.order_by("pk")[0].get_absolute_url(),
        "mandates": reverse("mandates", args=[root.pk]),
        "successions": reverse("successions"),
        "a succession": Succession.objects.order_by("pk")[0].get_absolute_url(),
        "search": f"{reverse('search')}?q=平坝",
    }
