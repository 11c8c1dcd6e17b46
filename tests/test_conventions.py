"""What holds for the whole code, whoever adds to it: an exception stands here with its reason."""

import ast
import importlib
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CheckConstraint, F, Model, Q
from django.forms import ModelForm

BASE = Path(settings.BASE_DIR)
PACKAGES = (
    "core",
    "organisations",
    "office",
    "pairing",
    "members",
    "visits",
    "funds",
    "duties",
    "reports",
    "demonstration",
    "config",
    "benchmarks",
    "tests",
)
LONGEST_FILE, LONGEST_FUNCTION = 350, 45
OURS = [m for m in apps.get_models() if m.__module__.partition(".")[0] in PACKAGES]
MODELS = {m._meta.label: m for m in OURS if not hasattr(m, "pgh_tracked_model")}

# Policies are for everybody who may sign in.
FOR_EVERYBODY = {"pairing.Scheme", "pairing.SchemeVersion"}
# Read through what they are a part of, which says who may see it.
PART_OF = {
    "organisations.Alias": "organisation",
    "organisations.VillageFacts": "village",
    "organisations.Need": "village",
    "organisations.Strength": "unit",
    "organisations.Invitation": "user",
    "organisations.PhoneReading": "organisation",
    "organisations.OrganisationLink": "holder",
    "organisations.FacilityHelp": "facility",
    "organisations.SuccessionStep": "succession",
    "office.Receipt": "message",
    "office.ChannelChoice": "user",
    "office.Attempt": "outgoing",
    "office.DigestPart": "outgoing",
    "office.RosterSheet": "roster",
    "office.RosterRow": "sheet",
    "office.RosterChange": "roster",
    "pairing.Milestone": "round",
    "pairing.Directory": "round",
    "pairing.DirectoryEntry": "directory",
    "pairing.Decision": "round",
    "pairing.MatchProposal": "run",
    "pairing.PairingPartner": "pairing",
    "pairing.VillagersChoice": "intention",
    "pairing.Commitment": "agreement",
    "pairing.Signature": "agreement",
    "pairing.AgreementScan": "agreement",
    "pairing.NegotiationNote": "pairing",
    "pairing.Responsible": "pairing",
    "pairing.RenewalAnswer": "pairing",
    "pairing.Ending": "pairing",
    "pairing.Takeover": "pairing",
    "pairing.PlanItem": "plan",
    "pairing.TargetYear": "target",
    "pairing.LetterSignature": "letter",
    "pairing.IssueStep": "issue",
    "visits.Participant": "activity",
    "visits.ActivityDay": "round",
    "visits.ActivityMonth": "pairing",
    "visits.Evidence": "activity",
    "visits.FindingAnswer": "finding",
    "visits.ActivityDetail": "activity",
    "visits.LeadStep": "lead",
    "visits.MarkedCopy": "evidence",
    "visits.Position": "activity",
    "members.Registration": "member",
    "members.PersonalReading": "member",
    "members.Advancement": "member",
    "members.ZoneMember": "zone",
    "members.ZoneHousehold": "zone",
    "members.AssignmentProposal": "run",
    "members.Consent": "member",
    "members.Erasure": "member",
    "members.Aid": "pair",
    "members.HardshipPlan": "pair",
    "members.FloatingTick": "record",
    "members.FloatingContact": "record",
    "members.CheckInLink": "record",
    "members.HalfYearReport": "record",
    "members.FloatingDeed": "record",
    "members.GreetingLetter": "batch",
    "members.ForumEntry": "forum",
    "members.ApplicantStep": "applicant",
    "duties.Waiver": "duty",
    "duties.Filing": "duty",
    "duties.Assignment": "duty",
    "pairing.SchemeChange": "round",
    "duties.Reminder": "duty",
    "duties.CalendarLink": "user",
    "reports.Appeal": "assessed",
    "reports.GivenScore": "line",
    "reports.ScoreAdjustment": "line",
    "reports.ScoreLine": "assessed",
    "reports.ReportStep": "report",
    "reports.ReportWords": "report",
    "reports.SurveyRespondent": "place",
    "reports.SurveyCode": "place",
    "reports.SurveyBatch": "place",
    "reports.SurveyAnswer": "subject",
    "reports.CheckLine": "place",
    "reports.InspectionIssue": "place",
    "reports.NoticeReceipt": "notice",
    "reports.GoodCaseStep": "case",
    "reports.CommendationLine": "notice",
    "reports.ContestLine": "entry",
    "reports.ContestSupport": "entry",
    "reports.NoticeTask": "notice",
    "funds.DisclosedEntry": "disclosure",
    "funds.DisclosedFund": "disclosure",
    "funds.DisclosurePicture": "disclosure",
    "funds.DisclosureRules": "place",
    "funds.GoodsLine": "entry",
    "funds.NameConsent": "entry",
    "funds.LateVoucher": "entry",
    "funds.Voucher": "entry",
    "funds.ProjectMilestone": "project",
    "funds.ProjectOutcome": "project",
    "funds.ProjectPhoto": "project",
    "funds.ProjectShare": "project",
    "funds.ProjectStep": "project",
    "funds.VillagersConsent": "project",
}
WITHOUT_HISTORY = {
    "pairing.MatchProposal": "computed; who moved and who settled it stands in it, what is issued is kept as a decision",
    "pairing.DirectoryEntry": "the database refuses to change it: it is its own history",
    "organisations.PhoneReading": "itself the record of who read what",
    "members.AssignmentProposal": "computed; what is issued is kept as a pair with its own history",
    "members.PersonalReading": "itself the record of who read what",
    "members.Erasure": "itself the record of what was erased, and never changed",
    "office.Message": "sent once; what follows from it is kept by the record that it speaks of",
    "office.Receipt": "itself the record of who read a message",
    "office.Outgoing": "its attempts tell what became of it; who decided last stands in it",
    "office.Attempt": "itself the record of what was tried",
    "office.DigestPart": "itself the record of what a digest spoke of",
    "office.RosterSheet": "a step of an import: what came of it is kept by the import's changes",
    "office.RosterRow": "a step of an import: what came of it is kept by the import's changes",
    "office.RosterChange": "itself the record of what an import changed",
    "funds.DisclosedEntry": "the database refuses to change it: it is its own history",
    "funds.DisclosedFund": "the database refuses to change it: it is its own history",
    "funds.Entry": "the database refuses to change it: it is its own history",
    "funds.AcknowledgedLoss": "the database refuses to change it: it is its own history",
    "reports.ReportedFigure": "the database refuses to change it: it is its own history",
    "funds.MoneyCheck": "the database refuses to change it: it is its own history",
    "funds.GoodsLine": "the database refuses to change it: it is its own history",
    "funds.LateVoucher": "the database refuses to change it: it is its own history",
    "funds.Voucher": "the database refuses to change it: it is its own history",
    "visits.ActivityDay": "computed from the activities, which have their history",
    "visits.ActivityMonth": "computed from the activities, which have their history",
    "reports.Assessed": "computed; what changed by hand is kept by adjustments, points given and appeals",
    "reports.ScoreLine": "computed; what changed by hand is kept by adjustments, points given and appeals",
    "reports.SurveySubject": "drawn with its survey; its marks are computed from the answers",
    "reports.SurveyPlace": "a history of its counts would tell when somebody answered",
    "reports.SurveyRespondent": "the database refuses to change it: it is its own history",
    "reports.SurveyCode": "nothing may tell which code was used when",
    "reports.SurveyAnswer": "the database refuses to change it, and nothing may tell when somebody answered",
    "duties.Duty": "computed; who waived it is kept by the waiver",
    "duties.Reminder": "itself the record of who was reminded when",
    "reports.PeriodicReport": "computed; who handed it in and who accepted it is kept by its steps",
    "reports.ReportStep": "the database refuses to change it: it is its own history",
    "reports.GoodCaseStep": "the database refuses to change it: it is its own history",
}
BY_NOBODY = {
    "pairing.Round.opened_at": "of a past round that came with a roster nobody knows who opened it",
    "pairing.Round.closed_at": "of a past round that came with a roster nobody knows who closed it",
    "pairing.Ending.answered_at": "a proposal to end a pairing lapses by itself when it ended otherwise",
    "pairing.Intention.answered_at": "a proposal lapses by itself when the place is taken",
}


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in (BASE / package).rglob("*.py") if "migrations" not in path.parts)


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(BASE)}:{node.name}", node


def named_in(condition: Q) -> set[str]:
    """The fields that a condition speaks of."""
    found: set[str] = set()
    for child in condition.children:
        if isinstance(child, Q):
            found |= named_in(child)
        elif isinstance(child, tuple):
            found.add(child[0].partition("__")[0])
            found |= {child[1].name} if isinstance(child[1], F) else set()  # type: ignore[attr-defined]  # it has one
    return found


def checks_of(model: type[Model]) -> list[tuple[CheckConstraint, set[str]]]:
    """The check constraints of a model, each with the fields that it speaks of."""
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    return [(check, named_in(check.condition)) for check in checks if isinstance(check.condition, Q)]


def test_every_record_says_who_may_see_it():
    silent = {label for label, m in MODELS.items() if not hasattr(m._default_manager, "visible_to")}
    assert silent == FOR_EVERYBODY | PART_OF.keys()
    for label, owner in PART_OF.items():
        target = MODELS[label]._meta.get_field(owner).related_model._meta.label
        assert target not in silent or target in PART_OF, f"{label} is a part of {target}, which nobody guards"


def test_every_record_has_a_history_or_a_reason_why_not():
    tracked = {m.pgh_tracked_model for m in OURS if hasattr(m, "pgh_tracked_model")}
    assert {label for label, m in MODELS.items() if m not in tracked} == WITHOUT_HISTORY.keys()


@pytest.mark.parametrize(
    "name",
    [
        "office.states",
        "office.outbox.states",
        "office.rosters.states",
        "pairing.states",
        "pairing.matching.states",
        "members.states",
        "funds.publishing.states",
        "funds.projects.states",
        "reports.states",
        "reports.survey.states",
        "reports.inspection.states",
        "reports.praise.states",
    ],
)
def test_every_state_says_what_may_follow(name):
    module = importlib.import_module(name)
    enums = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Enum)]
    states = [kind for kind in enums if kind.__module__ == name and kind.__name__.endswith("State")]
    assert states
    for kind in states:
        following = module.TRANSITIONS.get(kind, module.TRANSITIONS)
        assert set(following) == set(kind)
        assert {state for after in following.values() for state in after} <= set(kind)


def test_verbs_take_keywords_only_and_who_acts():
    verbs = {
        name: node.args
        for name, node in functions()
        if "/tests/" not in name and any(ast.unparse(each).startswith("act(") for each in node.decorator_list)
    }
    assert len(verbs) > 40
    assert [name for name, args in verbs.items() if args.args or args.posonlyargs] == []
    assert [name for name, args in verbs.items() if args.kwonlyargs[0].arg != "by"] == []


def test_files_and_functions_stay_short():
    long_files = [str(path) for path in sources() if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE]
    long_functions = [name for name, node in functions() if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert (long_files, long_functions) == ([], [])


def test_every_package_with_tests_is_collected():
    collected = re.search(r"^testpaths = (.+)$", (BASE / "pytest.ini").read_text(), re.MULTILINE)[1].split()
    with_tests = {path.parent.name for path in BASE.glob("*/tests/test_*.py") for path in [path.parent]}
    assert with_tests <= set(collected)


def test_a_moment_and_its_person_are_kept_together():
    lonely = set()
    for label, model in MODELS.items():
        optional = {field.name for field in model._meta.concrete_fields if field.null}
        pairs = {(at, f"{at.removesuffix('_at')}_by") for at in optional if at.endswith("_at")}
        together = [fields for _check, fields in checks_of(model)]
        for at, by in pairs:
            if by in optional and not any({at, by} <= fields for fields in together):
                lonely.add(f"{label}.{at}")
    assert lonely == BY_NOBODY.keys()


def test_a_check_that_a_form_can_hit_has_a_sentence():
    importlib.import_module(settings.ROOT_URLCONF)  # loads all forms
    hit = {
        check.name: check
        for form in model_forms(ModelForm)
        for check, fields in checks_of(form._meta.model)
        if fields <= set(form.base_fields)
    }
    assert "round_starts_before_it_ends" in hit
    silent = {check.default_violation_error_message for check in hit.values()}
    assert [name for name, check in hit.items() if check.violation_error_message in silent] == []


def model_forms(kind: type[ModelForm]) -> Iterator[type[ModelForm]]:
    for below in kind.__subclasses__():
        if below._meta.model in OURS:
            yield below
        yield from model_forms(below)


def test_what_one_block_of_a_template_sets_no_other_block_reads():
    """Each block has its own names: elsewhere the name is empty, and a link leads nowhere without a word."""
    blocks = re.compile(r"\{% block (\w+) %\}(.*?)\{% endblock", re.DOTALL)
    tag, quoted = re.compile(r"\{[%{](.*?)[%}]\}"), re.compile(r'"[^"]*"')
    named, read = re.compile(r"\b(?:as|asvar) (\w+)"), re.compile(r"(?<![\w.])([a-z_]\w*)\b(?!=)")
    found = []
    for path in (BASE / "templates").rglob("*.html"):
        tags = {name: " ".join(tag.findall(quoted.sub("", words))) for name, words in blocks.findall(path.read_text())}
        for name, words in tags.items():
            others = {each for other, said in tags.items() if other != name for each in named.findall(said)}
            if empty := others.difference(named.findall(words)) & set(read.findall(words)):
                found.append((str(path.relative_to(BASE)), name, empty))
    assert found == []
