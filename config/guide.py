"""The users' guide (docs/guide, by role) inside the product; each page links to its own paragraph."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown import Markdown
from PIL import Image

FOLDER = Path(settings.BASE_DIR) / "docs" / "guide"
START = "start"
PICTURE = re.compile(r'src="images/([^"]+)"')
PAGE = re.compile(r'href="([a-z]+)\.md')
OWN = "own"  # the page of whoever asks: unit, village or organiser
# Which pages, by address name, each paragraph of the guide explains.
PAGES = {
    "own#today": "home",
    "start#inbox": "inbox message",
    "start#search": "search",
    "start#account": (
        "me account_change_password account_reauthenticate mfa_index mfa_activate_totp mfa_deactivate_totp "
        "mfa_generate_recovery_codes mfa_view_recovery_codes mfa_authenticate mfa_reauthenticate "
        "usersessions_list account_logout my_phone"
    ),
    "start#sign-in": "account_login",
    "start#one-time-code": "invitation",
    "start#switches": "accessibility",
    "start#history": "history",
    "public#board": "board board_index board_wall",
    "public#directory": "directory",
    "organiser#scheme-of-a-round": "round_scheme",
    "organiser#schemes": "schemes scheme scheme_version take_scheme change_scheme compare_schemes",
    "organiser#open-round": "rounds new_round edit_round open_round",
    "organiser#directory": "publish_directory",
    "organiser#follow": "round round_scheme_changes behind",
    "organiser#next-round": "next_round renewals",
    "own#after": ("amend_agreement drop_amendment renew_pairing end_pairing reselect change_responsible pairing_story"),
    "organiser#after": "close_pairing",
    "organiser#tasks": "task_proposals task_proposal edit_task_proposal",
    "organiser#coverage": "coverage coverage_lines coverage_pairings",
    "organiser#remind": "remind",
    "organiser#close": "close_round",
    "organiser#intention": "clashes gaps decide balance release_pairing",
    "organiser#matching": "matching_runs matching issue_matching match_proposal",
    "organiser#helpers": "unlinked_helpers arrange_helpers",
    "organiser#moves": "merge_pairings reassign_pairing add_partner",
    "organiser#together": "choose_together batch",
    "unit#consortium": "consortium",
    "village#villagers-choice": "market_choice",
    "own#intention": "step_back intentions intention",
    "unit#choose": "market_villages",
    "unit#intention": "market_village",
    "village#choose": "market_units market_unit",
    "own#agreement": (
        "pairings pairing pairing_tags add_note agreements agreement edit_agreement return_agreement "
        "confirm_agreement attach_scan sign_agreement"
    ),
    "own#plans": (
        "pairing_plans write_plan refer_to_plan pairing_calendar plan plan_step add_target target edit_target "
        "target_step target_year letter sign_letter void_letter write_promise promise edit_promise promise_step "
        "correct_promise"
    ),
    "organiser#plans": "round_plans round_targets",
    "public#promises": "public_promises public_village",
    "public#money": "open_village round_money open_giver open_check open_disclosure open_ask open_objection",
    "own#money": "objections objection feedback_list feedback write_feedback",
    "unit#money": "gifts",
    "organiser#disclosure": "disclosure_rules money_watch money_figures money_checks",
    "village#disclosure": ("disclosures disclosure publish_disclosure disclose new_disclosed_matter disclosure_poster"),
    "own#issues": (
        "issues new_issue issue assign_issue issue_deadline pairing_issues raise_in_pairing raise_issue "
        "suggestions new_suggestion suggestion issue_statistics"
    ),
    "start#statistics": "statistics statistics_table statistics_pairings statistics_entries rename_view",
    "start#one-form": "one_form local_form",
    "start#archive": "archive_packages archive_package pairing_archive round_archive",
    "start#reported-figures": "reported_figures report_figure reported_figure correct_figure withdraw_figure",
    "organiser#survey": (
        "surveys survey survey_results survey_subject survey_place survey_slips enter_survey_sheets round_survey "
        "open_survey"
    ),
    "organiser#dashboard": "dashboard",
    "public#survey": "survey_code survey_answer",
    "own#duties": "my_duties duty assign_duty pairing_duties duty_calendar make_calendar_link",
    "own#reports": "my_reports periodic_panel periodic_report report_rows write_report",
    "start#reports-received": "reports_received reports_missing",
    "organiser#duties": "round_duties round_duties_card duty_matrix remind_of_duties suppose_duties",
    "own#aid-money": (
        "funds fund fund_entry fund_differences new_fund enter_in_fund enter_in_pairing transfer_money "
        "ledger_verification ledger_heads reverse_fund_entry add_late_voucher pairing_fund"
    ),
    "own#activities": (
        "activities new_activity choose_form record_activity activity edit_activity return_activity miss_activity "
        "pairing_activities visit_statistics people_who_went activity_calendar village_year "
        "activity_sheet empty_activity_sheet hand_in_paper sign_activity investment_leads new_investment_lead "
        "investment_lead committee_meetings new_committee_meeting committee_meeting"
    ),
    "own#projects": (
        "projects new_project pool_project project edit_project project_shares add_project_photos note_outcome "
        "record_villagers_consent add_milestone reach_milestone pairing_projects plan_project project_cases "
        "project_case"
    ),
    "unit#deduction": "deductions deduction_sheet",
    "unit#channels": "channels channel",
    "organiser#channels": "new_channel edit_channel",
    "own#household-visits": (
        "household_visits household_visit record_visit miss_visit visits_at visit_coverage village_visits "
        "findings finding pairing_findings raise_from_visit"
    ),
    "start#diary": "my_diary new_diary_entry diary_entry edit_diary_entry raise_from_diary diary_booklet",
    "start#diaries": "diaries diary_entries",
    "own#resources": "resources resource_list new_resource resource edit_resource exchange",
    "start#my-households": "my_households person_pair note_aid withdraw_aid record_wish write_hardship_plan",
    "own#helpers-of-people": (
        "person_pairs choose_pair_kind pair_up end_person_pair replace_helper pairing_persons village_helpers "
        "uncovered_households quota_list compositions"
    ),
    "organiser#helpers-of-people": "helper_coverage remind_helpers",
    "start#floating": (
        "floating_members floating_arriving register_floating floating edit_floating depart_floating "
        "report_in_floating end_floating floating_contact ask_about_floating floating_inquiries "
        "new_floating_inquiry floating_inquiry greeting_batches new_greeting_batch greeting_batch "
        "note_letters_received floating_forums new_floating_forum floating_forum floating_forum_entry "
        "floating_applicants new_floating_applicant "
        "floating_applicant applicant_step end_applicant floating_table pairing_floating"
    ),
    "start#check-in": "floating_report floating_deed make_check_in_link check_in",
    "organiser#assignment": "assignments assignment assignment_proposal",
    "start#postings": (
        "postings secondment add_secondment liaisons add_liaison trainings training add_training edit_training "
        "advancements add_advancement people_statistics"
    ),
    "start#zones": "zones zone add_zone fill_zone centre_services",
    "organiser#inspections": (
        "inspections new_inspection inspection edit_inspection inspected_village replace_village raise_from_inspection"
    ),
    "start#notices": "notices notice",
    "own#good-cases": "good_cases new_good_case good_case edit_good_case",
    "public#good-cases": "open_cases open_case open_commendations",
    "start#change-notes": "change_notes write_change_notes change_notes_of",
    "own#contests": "contests contest contest_sheet contest_entry",
    "organiser#contests": "new_contest support_entry",
    "organiser#commendations": "area_comparison new_commendation add_commended edit_commended",
    "start#onsite-meetings": "onsite_meetings onsite_meeting",
    "organiser#onsite-meetings": (
        "new_onsite_meeting edit_onsite_meeting record_onsite_meeting call_off_onsite_meeting"
    ),
    "organiser#notices": ("new_circular new_arrangement edit_notice notice_receipts add_notice_task withdraw_notice"),
    "organiser#import": "imports hand_in_roster roster_place roster_layout",
    "organiser#undo": "roster_import",
    "organiser#doubts": "hand_in_roster_again roster_sheet roster_row",
    "organiser#organisations": (
        "organisations villages units organisation add_organisation edit_organisation move_organisation "
        "unit_statistics add_alias"
    ),
    "organiser#restructuring": (
        "rename_organisation merge_organisation split_organisation close_organisation successions succession"
    ),
    "organiser#around": (
        "organisation_around add_link end_link facilities facility add_facility edit_facility add_help"
    ),
    "organiser#mandates": "mandates",
    "village#facts": "compare_facts add_facts edit_facts edit_needs",
    "start#readers": "readers",
    "unit#own": "edit_contact edit_strengths",
    "organiser#word": "word_templates word_template",
    "own#registers": (
        "members member add_member edit_member register_member end_registration member_leaves move_member households "
        "household add_household edit_household survey_household household_leaves persons person add_person "
        "edit_person person_leaves"
    ),
    "own#personal-data": (
        "personal_data past_retention keep_longer withdraw_consent member_in_full erase_member member_consent "
        "household_in_full erase_household household_consent person_in_full erase_person person_consent"
    ),
    "organiser#assessment": (
        "assessments assessments_panel set_up_assessment assessment assessment_rules adjust_score reply_appeal "
        "open_adjustment adjustment_cases adjustment_case"
    ),
    "own#assessment": "assessed appeal_score give_points",
    "organiser#secretary-pay": (
        "secretary_pays secretary_pay enter_pay leaving_allowances leaving_allowance enter_leaving"
    ),
    "administrator#people": "users user appoint end_appointment edit_user",
    "administrator#invite": "invite reissue_code",
    "administrator#hand-over": "post_matters hand_over hand_over_to_new",
    "administrator#roles": "roles",
    "administrator#jobs": "jobs job",
    "administrator#health": "health_panel",
    "administrator#outbox": "outbox outgoing",
    "organiser#group-robots": "group_channels add_group_channel group_channel",
    "start#channels": "my_channels",
}
PARAGRAPHS = {name: paragraph for paragraph, names in PAGES.items() for name in names.split()}


def help_address(url_name: str | None, user) -> tuple[str, str]:
    """Page and paragraph of the guide for an address name, from the side of `user`."""
    page, _, paragraph = PARAGRAPHS.get(url_name or "", START).partition("#")
    return (own_page(user) if page == OWN else page), paragraph


def own_page(user) -> str:
    if user.can("village.act"):
        return "village"
    if user.can("unit.act"):
        return "unit"
    posts = getattr(user, "posts", ())
    return "unit" if posts and all(post.organisation.is_unit for post in posts) else "organiser"


@login_not_required
@require_safe
def guide(request, page: str = START):
    if page not in pages():
        raise Http404
    title, text, contents = _read(page)
    return render(
        request,
        "guide/page.html",
        {"title": title, "text": text, "contents": contents, "pages": pages(), "page": page},
    )


@cache
def pages() -> dict[str, str]:
    """Slug → title, in the order of the start page."""
    order = (START, "organiser", "unit", "village", "public", "administrator")
    return {slug: _read(slug)[0] for slug in order if (FOLDER / f"{slug}.md").exists()}


@cache
def _read(page: str) -> tuple[str, str, list]:
    reader = Markdown(extensions=["toc", "attr_list", "tables"])
    html = reader.convert((FOLDER / f"{page}.md").read_text(encoding="utf-8"))
    html = PICTURE.sub(_picture, html)
    html = PAGE.sub(lambda found: f'href="{reverse("guide", args=[found[1]])}', html)
    title, *_ = reader.toc_tokens  # type: ignore[attr-defined]
    return title["name"], mark_safe(html), title["children"]  # noqa: S308 - our own files


def _picture(found: re.Match) -> str:
    """Served with the static files; its measures keep the page from jumping when it comes."""
    with Image.open(FOLDER / "images" / found[1]) as picture:
        width, height = picture.size
    return f'loading="lazy" width="{width}" height="{height}" src="{static(f"guide/{found[1]}")}"'
