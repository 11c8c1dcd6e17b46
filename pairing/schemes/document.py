"""A scheme as a document: sections of lines, each with the clause from which it comes, or marked as our default."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.dates import localized_date
from core.templatetags import look
from pairing.schemes.assessment_document import assessment_lines, pay_lines
from pairing.schemes.duty_phrases import asked, joined
from pairing.schemes.lines import Line, Section, line_of
from pairing.schemes.persons import PairRule
from pairing.schemes.scheme import MilestoneRule, SchemeText, Status
from pairing.schemes.survey_phrases import surveyed
from pairing.states import Side

STANDING = {
    Status.BINDING: gettext_lazy("This text is in force."),
    Status.DRAFT: gettext_lazy("This text is a consultation draft and binds nobody."),
    Status.PROPOSAL: gettext_lazy("This text makes proposals; it is no order."),
    Status.REPORTED: gettext_lazy("This is a report of what was done; it is no order."),
}
QUOTA_NAMES = {
    "county": gettext_lazy("county-level cadre"),
    "section": gettext_lazy("section-level cadre"),
    "sub_section": gettext_lazy("sub-section-level cadre"),
    "general": gettext_lazy("general cadre"),
    "village_cadre": gettext_lazy("village cadre"),
    "able_household": gettext_lazy("able household"),
    "member": gettext_lazy("member"),
}


def standing(rules: SchemeText) -> str:
    """How far the text binds, with the clause that says so (AH-01)."""
    clause = rules.clause_of.get("status", "")
    return f"{STANDING[rules.status]}" + (f"（{clause}）" if clause else "")


def sections(rules: SchemeText) -> list[Section]:
    marked = not rules.pairing.clauses
    none_named = _("The text names none.")
    found = [
        ("labels", _("What things are called"), _labels(rules), ""),
        (
            "milestones",
            _("Deadlines"),
            _milestones(rules),
            _("The text names no dates; whoever opens a round sets them."),
        ),
        ("pairing", _("Pairing rules"), _pairing(rules), ""),
        ("renewal", _("Renewal and re-selection"), _renewal(rules), ""),
        ("closing", _("Before anything is closed"), _closing(rules), ""),
        ("plans", _("Plans that each pairing must have"), _plans(rules), none_named),
        ("goals", _("Goals"), _goals(rules), none_named),
        ("promises", _("Promises and problems"), _promises(rules), ""),
        ("issues", _("Kinds of problems"), _issues(rules), none_named),
        ("persons", _("Person to person"), _persons(rules), _("The text says nothing of it.")),
        ("floating", _("Floating members"), _floating(rules), ""),
        ("diary", _("Diary"), _diary(rules), ""),
        ("visits", _("Household visits"), _visits(rules), ""),
        ("survey", _("Satisfaction survey"), _survey(rules), _("The text asks for none.")),
        ("inspection", _("Inspections and circulars"), _inspection(rules), ""),
        ("contest", _("Contests"), _contest(rules), _("The text names none.")),
        ("duties", _("Duties"), _duties(rules), _("Nothing in this scheme is counted period by period.")),
        ("assessment", _("Assessment"), assessment_lines(rules), _("The text names nothing that is assessed.")),
        ("pay", _("Pay of village secretaries"), pay_lines(rules), _("The text says nothing of it.")),
        ("tags", _("Tags"), _tags(rules), none_named),
        ("activities", _("Kinds of activity"), _activities(rules), none_named),
    ]
    return [Section(key, title, list(lines), nothing, marked) for key, title, lines, nothing in found]


def _labels(rules: SchemeText) -> Iterator[Line]:
    labels = rules.labels
    yield line_of(labels, "unit", _("The aiding side"), labels.unit)
    yield line_of(labels, "village", _("The aided side"), labels.village)
    yield line_of(labels, "agreement", _("What they sign"), labels.agreement)
    yield line_of(labels, "weak_village", _("Villages with special rules"), labels.weak_village)


def _milestones(rules: SchemeText) -> Iterator[Line]:
    for step in rules.milestones:
        yield Line(step.name, f"{_day(step)} · {_lateness(step)}", step.clause, step.key)


def _day(step: MilestoneRule) -> str:
    if step.event:
        return _("when this has ended or happened: %(event)s; the organiser fills in the day") % {"event": step.event}
    if step.year and step.month and step.day:
        day = localized_date(date(step.year, step.month, step.day))
    else:
        day = _("day %(day)s of month %(month)s") % {"month": step.month, "day": step.day}
    counts = _("that day itself counts") if step.inclusive else _("before that day")
    return f"{day} · {counts}"


def _lateness(step: MilestoneRule) -> str:
    if not step.late_sides:
        return _("nothing is taken later")
    if set(step.late_sides) == set(Side):
        return _("later entries are taken and marked late")
    return _("only the %(side)s may be late") % {"side": step.late_sides[0].label}


def _pairing(rules: SchemeText) -> Iterator[Line]:
    own, no_limit = rules.pairing, _("no limit")
    yield line_of(own, "kind", _("Kind of pairing"), own.kind.label)
    yield line_of(own, "levels", _("Levels"), joined(level.label for level in own.levels))
    yield line_of(own, "origins", _("Ways of pairing"), joined(origin.label for origin in own.origins))
    for mode in own.modes:
        yield Line(_("Mode"), mode.name, mode.clause, mode.key)
    yield line_of(own, "units_per_village", _("most units per village"), own.units_per_village or no_limit)
    yield line_of(own, "villages_per_unit", _("most villages per unit"), own.villages_per_unit or no_limit)
    waiting = own.open_proposals_per_village or no_limit
    yield line_of(own, "open_proposals_per_village", _("most open proposals per village"), waiting)
    years = ngettext("%(years)s year", "%(years)s years", own.term_years) % {"years": own.term_years}
    yield line_of(own, "term_years", _("Term"), years)
    if own.ends_month:
        ends = _("at the end of month %(month)s") % {"month": own.ends_month}
        yield line_of(own, "ends_month", _("The term ends"), ends)
    leader = _("must be named") if own.requires_leader else _("may be named")
    yield line_of(own, "requires_leader", _("Leader in charge and responsible department"), leader)
    amount = own.weak_village_yuan
    least = (
        _("at least %(amount)s a year") % {"amount": look.yuan_filter(amount)}
        if amount
        else _("no amount is prescribed")
    )
    yield line_of(
        own, "weak_village_yuan", _("Money for %(villages)s") % {"villages": rules.labels.weak_village}, least
    )


def _renewal(rules: SchemeText) -> Iterator[Line]:
    own, yes, no = rules.renewal, _("possible"), _("not possible")
    yield line_of(own, "allowed", _("Renewing a pairing in the next round"), yes if own.allowed else no)
    needs = _("both sides must agree") if own.needs_both else _("one side is enough")
    yield line_of(own, "needs_both", _("Consent to a renewal"), needs)
    again = yes if own.reselection_allowed else no
    yield line_of(own, "reselection_allowed", _("Choosing a partner anew"), again)


def _closing(rules: SchemeText) -> Iterator[Line]:
    own, yes, no = rules.closing, _("required"), _("no condition")
    yield line_of(own, "needs_targets", _("Targets are met"), yes if own.needs_targets else no)
    yield line_of(own, "needs_money", _("Promised money has arrived"), yes if own.needs_money else no)
    yield line_of(own, "needs_no_open_issues", _("No problem is open"), yes if own.needs_no_open_issues else no)
    yield line_of(own, "needs_plans", _("Plans are made"), yes if own.needs_plans else no)


def _plans(rules: SchemeText) -> Iterator[Line]:
    for plan in rules.plans:
        named = [_("names the principal")] * plan.needs_principal + [
            _("names the branch secretary")
        ] * plan.needs_secretary
        yield Line(plan.name, joined([plan.kind.label, plan.per.label, *named]), plan.clause)


def _goals(rules: SchemeText) -> Iterator[Line]:
    for goals in rules.goals:
        only = [goals.village_class.label] if goals.village_class else []
        name = f"{goals.name} · {joined([goals.per.label, *only])}"
        for number, goal in enumerate(goals.goals, 1):
            yield Line(name, f"{number}. {goal.name}", goals.clause, f"{goals.key}:{goal.key}")


def _promises(rules: SchemeText) -> Iterator[Line]:
    own, yes, no = rules.promises, _("required"), _("not asked for")
    yield line_of(own, "public_commitment", _("Public commitment"), yes if own.public_commitment else no)
    yield line_of(own, "responsibility_letter", _("Responsibility letter"), yes if own.responsibility_letter else no)
    shared = yes if own.shared_responsibility else no
    yield line_of(own, "shared_responsibility", _("Shared responsibility, targets, reward and penalty"), shared)
    days = ngettext("%(days)s day", "%(days)s days", rules.issue_days) % {"days": rules.issue_days}
    yield line_of(rules, "issue_days", _("Time to solve a problem"), days)
    days = ngettext("%(days)s day", "%(days)s days", rules.entry_days) % {"days": rules.entry_days}
    yield line_of(rules, "entry_days", _("Time to record an activity without giving a reason"), days)


def _issues(rules: SchemeText) -> Iterator[Line]:
    for kind in rules.issue_kinds:
        yield Line(str(kind.key.label), kind.name, kind.clause, kind.key)


def _persons(rules: SchemeText) -> Iterator[Line]:
    own = rules.persons
    for rule in own.pairs:
        yield Line(
            f"{rule.kind.label} · {rule.name}", joined(_demands(rule)) or _("no number is prescribed"), rule.clause
        )
    if own.pairs:
        yield line_of(own, "participants", _("Who helps"), own.participants.label)
    if own.coverage_percent:
        share = _("%(percent)s%% of the households in need have a helper") % {"percent": own.coverage_percent}
        yield line_of(own, "coverage_percent", _("Coverage"), share)
    orders = (
        ("needs_plan", own.needs_plan, _("Plan for leaving hardship"), _("for everybody who is helped")),
        ("survey_first", own.survey_first, _("Survey"), _("before it is decided whom to help")),
        ("wish_first", own.wish_first, _("The household's own wish"), _("recorded before the measures")),
    )
    for item, is_asked, name, words in orders:
        if is_asked:
            yield line_of(own, item, name, words)
    for service in own.services:
        yield Line(service.group or _("What is given"), service.name, service.clause, service.key)
    for measure in own.measures:
        yield Line(str(measure.household_class.label), measure.name, measure.clause)


def _demands(rule: PairRule) -> Iterator[str]:
    """Numbers by helper, of whom the targets consist, and where they live."""
    for key, number in rule.quota.named.items() if rule.quota else ():
        yield f"{QUOTA_NAMES[key]} {number}"
    if rule.composition:
        yield _("%(members)s needy members and %(villagers)s needy villagers") % {
            "members": rule.composition.needy_members,
            "villagers": rule.composition.needy_villagers,
        }
    if rule.paired_village_only:
        yield _("in the paired village only")


def _floating(rules: SchemeText) -> Iterator[Line]:
    own, yes, no = rules.floating, _("required"), _("not asked for")
    if own.headings:
        yield line_of(own, "headings", _("Headings"), joined(own.headings))
    for step in own.steps:
        when = [_("before leaving")] if step.before_leaving else []
        yield Line(step.heading or _("Step"), joined([step.name, *when]), step.clause, step.key)
    yield line_of(
        own, "half_yearly_report", _("Report to the origin each half-year"), yes if own.half_yearly_report else no
    )
    yield line_of(own, "lunar_forum", _("Forum in lunar month 12"), yes if own.lunar_forum else no)
    days = ngettext("%(days)s day before 1 July", "%(days)s days before 1 July", own.letter_days)
    yield line_of(own, "letter_days", _("Greeting letters are sent within"), days % {"days": own.letter_days})
    months = ngettext("every %(months)s month", "every %(months)s months", own.contact_months)
    yield line_of(
        own, "contact_months", _("Contact of origin and destination"), months % {"months": own.contact_months}
    )
    days = ngettext("%(days)s day", "%(days)s days", own.answer_days)
    yield line_of(own, "answer_days", _("Time to answer an inquiry"), days % {"days": own.answer_days})


def _diary(rules: SchemeText) -> Iterator[Line]:
    own = rules.diary
    words = _("every cadre who takes part keeps one") if own.is_required else _("kept by whoever wants to")
    yield line_of(own, "is_required", _("Diary"), words)
    for edition in own.editions:
        yield Line(str(edition.key.label), edition.name, edition.clause, edition.key)
    if own.cover:
        yield line_of(own, "cover", _("On the cover"), joined(own.cover))


def _visits(rules: SchemeText) -> Iterator[Line]:
    own = rules.visits
    if not own.questions:
        yield Line(_("A first visit asks"), _("nothing in particular"))
    for question in own.questions:
        yield Line(_("A first visit asks"), question.name, question.clause)
    for kind in own.kinds:
        yield Line(kind.group or _("Whom to call on"), kind.name, kind.clause)
    days = ngettext("%(days)s day", "%(days)s days", own.measure_days) % {"days": own.measure_days}
    yield line_of(own, "measure_days", _("Time to find a measure for what a visit found"), days)


def _survey(rules: SchemeText) -> Iterator[Line]:
    return (Line(str(name), str(words), clause, key) for name, words, clause, key in surveyed(rules.survey))


def _inspection(rules: SchemeText) -> Iterator[Line]:
    own = rules.inspection
    for item in own.checklist:
        yield Line(_("An inspection looks at"), f"{item.name} · {item.evidence.label}", item.clause, item.key)
    words = _("may rank organisations, never persons") if own.ranks else _("ranks nobody")
    yield line_of(own, "ranks", _("The circular"), words)


def _contest(rules: SchemeText) -> Iterator[Line]:
    own = rules.contest
    if own.title:
        yield line_of(own, "title", _("The contest is called"), own.title)
    for each in own.comparisons:
        figures = "、".join(each.figures)
        beside = f" · {_('beside it')} {figures}" if figures else ""
        yield Line(_("Organisations compete in"), f"{each.words}{beside}", each.clause, each.key)


def _duties(rules: SchemeText) -> Iterator[Line]:
    dates = {step.key: step.name for step in rules.milestones}
    for duty in rules.obligations:
        words = " · ".join(map(str, asked(duty, dates.get(duty.milestone, ""))))
        yield Line(duty.name, words, duty.clause, duty.key)
    if rules.obligations:
        own = rules.reminders
        before = joined(own.before) or _("not at all")
        yield line_of(own, "before", _("Reminders, days before the last day"), before)
        yield line_of(own, "after", _("Reminders, days after it"), joined(own.after) or _("not at all"))
        days = own.escalation_days
        told = ngettext("%(days)s day late", "%(days)s days late", days or 0) % {"days": days} if days else _("never")
        yield line_of(own, "escalation_days", _("The superior is told"), told)


def _tags(rules: SchemeText) -> Iterator[Line]:
    for tag in rules.tags:
        yield Line(tag.group or _("Tag"), tag.name, tag.clause, tag.key)


def _activities(rules: SchemeText) -> Iterator[Line]:
    names = {group.key: group.name for group in rules.activity_groups}
    for group in rules.activity_groups:
        if not any(kind.group == group.key for kind in rules.activity_kinds):
            yield Line(group.name, "", group.clause, f"group:{group.key}")
    for kind in rules.activity_kinds:
        nature = f"（{kind.nature.label}）" if kind.nature else ""
        yield Line(names.get(kind.group, _("Without a heading")), f"{kind.name}{nature}", kind.clause, kind.key)
