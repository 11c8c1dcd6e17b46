"""Where people write in their own words, and so may name somebody: from there an erasure takes the name too.

A test holds that each column that can hold words stands in `TEXTS`, in personal_data.yaml, or in `KEPT` with a reason.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps

PAIRING = "pairing__unit pairing__village"
PAIRED = "assessed__pairing__unit assessed__pairing__village"
LINED = "line__assessed__pairing__unit line__assessed__pairing__village"
PAIR = "pair__unit pair__village"
RECORD = "record__origin record__destination"


@dataclass(frozen=True)
class Text:
    """Columns of one model with words, and the paths to the organisations that they are about."""

    label: str
    columns: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def model(self) -> Any:
        return apps.get_model(self.label)


# Model: columns | organisations
LINES = f"""
duties.Assignment: words | duty__unit duty__village duty__floating__origin duty__organisation
duties.Waiver: words | duty__unit duty__village duty__round__organiser
funds.DisclosedEntry: words | disclosure__village
funds.Disclosure: title words reviewer review_words reason | village
funds.Entry: words reason | fund__holder giver
funds.Fund: name | holder
funds.Feedback: words | pairing__unit pairing__village
funds.AcknowledgedLoss: words | acknowledged_as__organisation
funds.LateVoucher: words | entry__fund__holder entry__giver
funds.MoneyCheck: words | village
funds.Objection: words contact answer second_answer | village
funds.GoodsLine: name unit | entry__fund__holder entry__giver
funds.DonationChannel: note | area
funds.Project: title goal in_charge accepted_words promoted_words | place committee {PAIRING}
funds.ProjectMilestone: name | project__place project__pairing__unit
funds.ProjectOutcome: source | project__place project__pairing__unit
funds.ProjectStep: words | project__place project__pairing__unit
members.Aid: words withdrawn_words name | {PAIR}
members.ApplicantStep: words | applicant__origin applicant__destination
members.CentreService: words | facility__organisation
members.Erasure: reason | member__organisation household__village person__village
members.FloatingApplicant: end_words kept_because | origin destination
members.FloatingContact: words | {RECORD}
members.FloatingDeed: words | {RECORD}
members.FloatingInquiry: person words answer kept_because | asker asked
members.FloatingRecord: place left_although reported_in_where end_words | origin destination
members.ForumEntry: report opinions | {RECORD} forum__place
members.GreetingBatch: plans tasks results | place
members.HalfYearReport: work thinking skills delegate_reason | {RECORD}
members.HardshipPlan: content measures | {PAIR}
members.Household: wish group kept_because | village
members.Member: kept_because | organisation
members.Person: need kept_because | village
members.PersonPair: end_words | unit village
members.PersonalReading: reason | member__organisation household__village person__village
members.Training: title | organiser village {PAIRING}
members.Zone: name area | village
office.GroupChannel: name | organisation
office.Job: title error | organisation
office.RosterImport: name error | place
office.StoredFile: name |
office.WordTemplate: note | place
reports.ReportedFigure: document said_by reason | place
organisations.Facility: name note | organisation
organisations.FacilityHelp: what | facility__organisation helper
organisations.Need: name note | village
organisations.Strength: name note | unit
organisations.Succession: reason |
pairing.Agreement: void_reason | {PAIRING}
pairing.Decision: reason | unit village round__organiser
pairing.Ending: words answer | {PAIRING}
pairing.Intention: words answer | unit village
pairing.Issue: title words source_words | organisation owner {PAIRING}
pairing.IssueStep: words | issue__organisation issue__owner issue__pairing__unit issue__pairing__village
pairing.MatchProposal: note | unit village
pairing.NegotiationNote: words | {PAIRING}
pairing.PairingPartner: contribution answer left_words | unit {PAIRING}
pairing.Plan: body principal branch_secretary responsibility target reward_penalty return_words | {PAIRING}
pairing.PlanItem: heading words done_words | plan__pairing__unit plan__pairing__village
pairing.PlanReference: title | {PAIRING}
pairing.PublicCommitment: text words correction_reason | {PAIRING}
pairing.RenewalAnswer: words | {PAIRING}
pairing.ResourceEntry: title details quantity | organisation
pairing.ResourceExchange: words answer outcome | asker entry__organisation
pairing.Responsible: reason | {PAIRING}
pairing.ResponsibilityLetter: void_reason | {PAIRING}
pairing.Round: closing_words | organiser
pairing.SchemeChange: words | round__organiser
pairing.SelectionBatch: words | committee area
pairing.Suggestion: title words reply | organiser organisation
pairing.Takeover: reason | {PAIRING}
pairing.Target: name words proof_words return_words | {PAIRING}
pairing.TargetYear: planned_words proof_words return_words | target__pairing__unit target__pairing__village
pairing.TaskProposal: words | committee round__organiser
pairing.VillagersChoice: remark | intention__unit intention__village
reports.AdjustmentCase: reason outcome | {PAIRING}
reports.Appeal: words reply | assessed__organisation {PAIRED}
reports.GivenScore: words | giver
reports.ScoreAdjustment: words | line__assessed__organisation {LINED}
reports.SecretaryPay: base_source score_source earned_source | village
reports.LeavingAllowance: one_off_source | village
reports.ReportStep: words | report__desk report__organisation report__member__organisation
reports.ReportWords: words | report__desk report__organisation report__member__organisation
reports.CheckLine: words | place__village
reports.InspectedVillage: reason words | village
reports.Notice: title body attachments reason | organisation
reports.NoticeTask: what who | notice__organisation
reports.Inspection: title purpose words | organisation
reports.OnsiteMeeting: title about attended minutes decided reason | organisation
reports.GoodCase: title practice outcome lesson remark | organisation
reports.ChangeNotes: production habits thinking | village
reports.CommendationLine: award reason | notice__organisation organisation
reports.Contest: title words | organisation
reports.ContestEntry: why | organisation
reports.ContestLine: done outcome | entry__organisation
reports.ContestSupport: words | entry__organisation
reports.GoodCaseStep: words | case__organisation
reports.LocalForm: name | organisation
reports.SavedView: name |
visits.Activity: words late_words missed_words returned_words | unit pairing__village
visits.ActivityDetail: experience constraints ideas promise post duties | activity__unit activity__pairing__village
visits.CommitteeMeeting: title attended minutes decided | organisation
visits.InvestmentLead: name words | village unit
visits.LeadStep: words | lead__village lead__unit
visits.Finding: settled_words | visit__unit visit__village
visits.HouseholdVisit: situation livelihood wishes words missed_words withdrawn_words | unit village
visits.Participant: name | activity__unit activity__pairing__village
"""

KEPT = {
    "signed, or named in what was signed: official papers are kept by law (P-39)": (
        "pairing.Agreement: unit_name village_name partners leader_in_charge responsible_dept terms",
        "pairing.Commitment: title",
        "pairing.LetterSignature: name content_hash",
        "pairing.ResponsibilityLetter: content",
        "pairing.Responsible: name",
        "pairing.Signature: name content_hash",
    ),
    "words of schemes, directories and rounds; nobody's own": (
        "members.Aid: service",
        "members.FloatingRecord: certificate_number placement_rule",
        "members.FloatingTick: step",
        "reports.Assessed: grade",
        "reports.Assessment: period content",
        "reports.ScoreLine: item evidence",
        "duties.Duty: obligation period",
        "reports.PeriodicReport: obligation period",
        "reports.ReportWords: section",
        "pairing.DirectoryEntry: name area township level",
        "pairing.Intention: mode",
        "pairing.MatchProposal: area",
        "pairing.Milestone: key name",
        "pairing.Pairing: mode tags",
        "pairing.Round: name ends_printed",
        "pairing.Scheme: key name issuer",
        "pairing.SchemeVersion: text content",
        "pairing.Target: set_key goal_key unit_of_measure",
        "pairing.VillagersChoice: needs",
        "visits.Activity: kind name tags",
        "visits.ActivityDay: value",
        "visits.ActivityMonth: value",
        "funds.Disclosure: period",
        "reports.Survey: settings seed totals",
        "reports.SurveySubject: marks",
        "reports.SurveyAnswer: question option",
        "reports.SurveyCode: digest",
        "funds.DisclosureRules: profile",
        "funds.Project: called",
        "reports.ReportedFigure: measure",
    ),
    "hashed with the entry, copied from an official receipt: it names no person": ("funds.Entry: receipt_number",),
    "published with a disclosure: the phone of an office": ("funds.Disclosure: hotline",),
    "computed, or an address": (
        "members.AssignmentRun: before proposed now",
        "members.CheckInLink: token_hash",
        "duties.CalendarLink: token_hash",
        "duties.Filing: address",
        "duties.Reminder: permission",
        "funds.Entry: vouchers goods previous_hash hash",
        "funds.DisclosedFund: head",
        "funds.LateVoucher: sha256",
        "funds.AcknowledgedLoss: hashes",
        "funds.Feedback: head",
        "reports.PeriodicReport: figures merged",
        "funds.Fund: head",
        "pairing.Decision: before after",
        "reports.Inspection: seed list_hash shares items",
        "reports.ArchivePackage: base digest",
        "reports.LocalForm: sheet sheets headings mapping",
        "reports.SavedView: table query",
        "reports.InspectedVillage: stratum",
        "reports.CheckLine: item url",
        "reports.Contest: items",
        "reports.ContestLine: item figures",
        "reports.Notice: number",
        "pairing.Issue: source_url",
        "pairing.MatchingRun: before proposed now",
        "visits.ActivityDetail: link",
    ),
    "names of others: whoever happens to be called alike keeps the name": (
        "members.FloatingApplicant: name",
        "members.Household: head number phone",
        "members.Member: name number phone post identity_hash",
        "members.Person: name guardian phone",
        "members.Secondment: post",
        "organisations.User: password username name phone email",
    ),
    "organisations, and who answers their telephone": (
        "organisations.Alias: value",
        "funds.DonationChannel: name contact_name contact_phone bank account",
        "organisations.Invitation: code_hash",
        "organisations.Organisation: path name division_code uscc tags contact_name contact_phone",
        "organisations.Succession: outcome",
        "organisations.SuccessionStep: old_name old_code new_name new_code",
        "organisations.VillageFacts: causes",
        "visits.ActivityDetail: medium",
    ),
    "struck by the office itself (office.erasing), or holds no words": (
        "office.Attempt: answer",
        "office.ChannelChoice: wecom_name",
        "office.GroupChannel: sealed address_hash",
        "office.Job: kind arguments url message result",
        "office.Message: permission kind key subject body params url",
        "office.Outgoing: kind key subject params url",
        "office.RosterChange: model updated deleted",
        "office.RosterImport: new_place options planned",
        "office.RosterRow: cells edits kept reason notes doubts changes",
        "office.RosterSheet: name described reason titles headings mapping scales counts",
        "office.StoredFile: media_type sha256",
        "office.WordTemplate: kind",
    ),
}


def _read(line: str) -> Text:
    label, _colon, rest = line.partition(":")
    columns, _bar, places = rest.partition("|")
    return Text(label, tuple(columns.split()), tuple(places.split()))


TEXTS = [_read(line) for line in LINES.strip().splitlines()]
