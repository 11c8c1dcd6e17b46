"""The users' guide: whole, in order, and reached from every page."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import get_resolver, reverse

from config import guide
from organisations.tests import factories

# Answers that are no page: they act, hand out a file, or speak to a machine; and the guide itself.
# fmt: off
NO_PAGE = {
    "assessment_step", "assessment_taken", "archive_file", "remove_archive_package", "keep_view",
    "open_view", "remove_view", "hand_in_local_form", "filled_local_form", "remove_local_form",
    "accept_reports", "refresh_report", "remind_of_reports", "report_document", "return_report",
    "dashboard_part", "watched_money", "round_from_above", "wall_figures", "close_survey", "file_survey", "give_up_survey", "withdraw_survey_sheets",
    "draw_villages", "fill_inspection", "inspection_step",
    "remove_notice_task", "notice_word", "confirm_reading", "remind_readers", "notice_step", "good_case_step", "remove_commended", "contest_step", "select_entry",
    "confirm_fund_entry", "fund_voucher", "late_voucher",
    "confirm_activity", "cancel_activity", "activity_workbook", "activity_evidence", "review_diary_entry",
    "answer_share", "withdraw_outcome", "project_photo", "case_photo", "villagers_consent_minutes", "end_channel",
    "complete_visit", "withdraw_visit", "record_pair_visit", "link_finding", "help_finding", "settle_finding",
    "complete_applicant", "confirm_floating_deed", "erase_applicant", "erase_floating_inquiry", "floating_scan", "greeting_word",
    "revoke_check_in_link", "revoke_calendar_link", "take_back_duty", "duty_feed", "tick_floating", "withdraw_floating_inquiry",
    "correct_disclosure", "add_board_photo", "disclosure_picture", "remove_disclosure_picture", "open_village_csv",
    "open_village_json", "round_money_csv", "round_money_json", "open_giver_csv", "open_giver_json", "open_picture", "remind_of_disclosure", "gift_name",
    "resend_outgoing", "resend_all_outgoing", "give_up_outgoing", "try_group_channel", "switch_off_group_channel",
    "healthz", "manifest", "service_worker", "choose_language", "choose_elder_mode", "guide_start", "guide",
    "mfa_download_recovery_codes", "job_file", "cancel_job", "mark_all_read", "organisation_phone", "user_phone",
    "download_template", "download_template_version", "restore_template", "agreement_word", "agreement_scan", "choice_scan",
    "plan_file", "plan_reference_file", "plan_item_done", "pairing_ics", "take_goals", "target_proof", "target_year_proof",
    "draw_letter", "letter_word", "withdraw_resource", "post_need", "post_strength",
    "roster_template", "roster_export", "roster_file", "roster_marked_copy", "apply_roster", "undo_roster", "discard_roster",
    "remove_help", "end_mandate",
    "consent_scan", "member_returns", "household_returns", "person_returns", "member_copy", "household_copy", "person_copy",
    "issue_assignment", "end_liaison", "close_zone",
    "prepare_task_proposals", "issue_task_proposals", "issue_task_proposal", "task_proposal_word",
    "decide_roster_cell", "leave_out_roster_row", "reopen_organisation", "remove_alias", "revoke_code", "suspend", "restore",
}
# fmt: on
# Pages of the sign-in package that a closed sign-up never shows; and what only a demonstration has.
LEFT_OUT = re.compile(r"account_(inactive|signup|email|confirm_|set_password|reset_password)|demo_sign_in")


def names(patterns) -> set[str]:
    below = [names(pattern.url_patterns) for pattern in patterns if hasattr(pattern, "url_patterns")]
    return {pattern.name for pattern in patterns if getattr(pattern, "name", None)}.union(*below)


def addresses_of_pages() -> set[str]:
    """The paragraphs to which any page leads, "own" written out for each side."""
    return {
        f"{own}#{paragraph}" if page == guide.OWN else target
        for target in guide.PARAGRAPHS.values()
        for page, _, paragraph in [target.partition("#")]
        for own in ("unit", "village", "organiser")
    }


def test_every_page_leads_to_a_paragraph_or_is_left_out_on_purpose():
    ours = {name for name in names(get_resolver().url_patterns) if not LEFT_OUT.match(name)}
    assert ours == set(guide.PARAGRAPHS) | NO_PAGE
    assert not set(guide.PARAGRAPHS) & NO_PAGE


@pytest.mark.parametrize("target", sorted(addresses_of_pages()))
def test_the_paragraph_stands_in_the_guide(client, target):
    page, _, paragraph = target.partition("#")
    assert f'<h2 id="{paragraph}">' in client.get(reverse("guide", args=[page])).content.decode()


@pytest.mark.parametrize("slug", ["start", "organiser", "unit", "village", "public", "administrator"])
def test_pictures_and_links_of_the_guide_exist(client, slug):
    assert slug in guide.pages()
    source = (guide.FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    html = client.get(reverse("guide", args=[slug])).content.decode()
    article = html[html.index("<article") : html.index("</article>")]
    pictures = re.findall(r'<img [^>]*width="\d+" height="\d+" src="[^"]*/guide/([^"]+)"', article)
    assert pictures == re.findall(r"\]\(images/(.+?)\)", source)
    assert all(finders.find(f"guide/{name}") for name in pictures)
    assert 'alt=""' not in article
    for link in re.findall(r'href="([^"#]+)"', article):
        assert client.get(link).status_code == 200


def test_every_picture_is_shown_somewhere_and_stays_small():
    texts = "".join(path.read_text(encoding="utf-8") for path in guide.FOLDER.glob("*.md"))
    pictures = list((guide.FOLDER / "images").glob("*.png"))
    assert [picture.name for picture in pictures if f"images/{picture.name}" not in texts] == []
    assert max(picture.stat().st_size for picture in pictures) < 150_000
    assert sum(picture.stat().st_size for picture in pictures) < 3_000_000


def test_a_shared_page_leads_each_side_to_its_own_page_of_the_guide(db):
    county = factories.county("青山县")
    people = {
        "village": factories.user("village_secretary", factories.village(county)),
        "unit": factories.user("branch_secretary", factories.unit(county)),
        "organiser": factories.user("organiser", county),
    }
    cadre = factories.user("cadre", factories.unit(county, "县档案局"))
    assert guide.help_address("agreement", cadre) == ("unit", "agreement")
    assert {slug: guide.help_address("agreement", user) for slug, user in people.items()} == {
        slug: (slug, "agreement") for slug in people
    }


def test_an_unknown_page_leads_to_the_start(db):
    assert guide.help_address(None, factories.user("organiser", factories.county("青山县"))) == ("start", "")
