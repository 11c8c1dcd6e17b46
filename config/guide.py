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
# Address name → paragraph of the guide; pages that explain themselves lead to the start.
PARAGRAPHS = {
    "home": "own#today",
    "inbox": "start#inbox",
    "message": "start#inbox",
    "search": "start#search",
    "me": "start#account",
    "account_change_password": "start#account",
    "account_reauthenticate": "start#account",
    "mfa_index": "start#account",
    "mfa_activate_totp": "start#account",
    "mfa_deactivate_totp": "start#account",
    "mfa_generate_recovery_codes": "start#account",
    "mfa_view_recovery_codes": "start#account",
    "mfa_authenticate": "start#account",
    "mfa_reauthenticate": "start#account",
    "usersessions_list": "start#account",
    "account_login": "start#sign-in",
    "account_logout": "start#account",
    "invitation": "start#one-time-code",
    "accessibility": "start#switches",
    "history": "start#history",
    "board": "public#board",
    "board_index": "public#board",
    "board_wall": "public#board",
    "directory": "public#directory",
    "schemes": "organiser#schemes",
    "scheme": "organiser#schemes",
    "scheme_version": "organiser#schemes",
    "take_scheme": "organiser#schemes",
    "rounds": "organiser#open-round",
    "new_round": "organiser#open-round",
    "edit_round": "organiser#open-round",
    "open_round": "organiser#open-round",
    "publish_directory": "organiser#directory",
    "round": "organiser#follow",
    "next_round": "organiser#next-round",
    "renewals": "organiser#next-round",
    "amend_agreement": "own#after",
    "drop_amendment": "own#after",
    "renew_pairing": "own#after",
    "end_pairing": "own#after",
    "reselect": "own#after",
    "close_pairing": "organiser#after",
    "change_responsible": "own#after",
    "pairing_story": "own#after",
    "task_proposals": "organiser#tasks",
    "task_proposal": "organiser#tasks",
    "edit_task_proposal": "organiser#tasks",
    "coverage": "organiser#coverage",
    "coverage_lines": "organiser#coverage",
    "coverage_pairings": "organiser#coverage",
    "behind": "organiser#follow",
    "remind": "organiser#remind",
    "close_round": "organiser#close",
    "clashes": "organiser#intention",
    "gaps": "organiser#intention",
    "matching_runs": "organiser#matching",
    "matching": "organiser#matching",
    "issue_matching": "organiser#matching",
    "match_proposal": "organiser#matching",
    "decide": "organiser#intention",
    "balance": "organiser#intention",
    "unlinked_helpers": "organiser#helpers",
    "arrange_helpers": "organiser#helpers",
    "merge_pairings": "organiser#moves",
    "reassign_pairing": "organiser#moves",
    "add_partner": "organiser#moves",
    "choose_together": "organiser#together",
    "batch": "organiser#together",
    "consortium": "unit#consortium",
    "market_choice": "village#villagers-choice",
    "step_back": "own#intention",
    "release_pairing": "organiser#intention",
    "market_villages": "unit#choose",
    "market_village": "unit#intention",
    "market_units": "village#choose",
    "market_unit": "village#choose",
    "intentions": "own#intention",
    "intention": "own#intention",
    "pairings": "own#agreement",
    "pairing": "own#agreement",
    "pairing_tags": "own#agreement",
    "add_note": "own#agreement",
    "agreements": "own#agreement",
    "agreement": "own#agreement",
    "edit_agreement": "own#agreement",
    "return_agreement": "own#agreement",
    "confirm_agreement": "own#agreement",
    "attach_scan": "own#agreement",
    "sign_agreement": "own#agreement",
    "pairing_plans": "own#plans",
    "write_plan": "own#plans",
    "refer_to_plan": "own#plans",
    "pairing_calendar": "own#plans",
    "plan": "own#plans",
    "plan_step": "own#plans",
    "add_target": "own#plans",
    "target": "own#plans",
    "edit_target": "own#plans",
    "target_step": "own#plans",
    "target_year": "own#plans",
    "letter": "own#plans",
    "sign_letter": "own#plans",
    "void_letter": "own#plans",
    "write_promise": "own#plans",
    "promise": "own#plans",
    "edit_promise": "own#plans",
    "promise_step": "own#plans",
    "correct_promise": "own#plans",
    "round_plans": "organiser#plans",
    "round_targets": "organiser#plans",
    "public_promises": "public#promises",
    "public_village": "public#promises",
    "issues": "own#issues",
    "new_issue": "own#issues",
    "issue": "own#issues",
    "assign_issue": "own#issues",
    "issue_deadline": "own#issues",
    "pairing_issues": "own#issues",
    "raise_in_pairing": "own#issues",
    "raise_issue": "own#issues",
    "suggestions": "own#issues",
    "new_suggestion": "own#issues",
    "suggestion": "own#issues",
    "resources": "own#resources",
    "resource_list": "own#resources",
    "new_resource": "own#resources",
    "resource": "own#resources",
    "edit_resource": "own#resources",
    "exchange": "own#resources",
    "my_households": "start#my-households",
    "person_pairs": "own#helpers-of-people",
    "person_pair": "start#my-households",
    "note_aid": "start#my-households",
    "withdraw_aid": "start#my-households",
    "record_wish": "start#my-households",
    "write_hardship_plan": "start#my-households",
    "choose_pair_kind": "own#helpers-of-people",
    "pair_up": "own#helpers-of-people",
    "end_person_pair": "own#helpers-of-people",
    "replace_helper": "own#helpers-of-people",
    "pairing_persons": "own#helpers-of-people",
    "village_helpers": "own#helpers-of-people",
    "helper_coverage": "organiser#helpers-of-people",
    "uncovered_households": "own#helpers-of-people",
    "quota_list": "own#helpers-of-people",
    "compositions": "own#helpers-of-people",
    "remind_helpers": "organiser#helpers-of-people",
    "floating_members": "start#floating",
    "floating_arriving": "start#floating",
    "register_floating": "start#floating",
    "floating": "start#floating",
    "edit_floating": "start#floating",
    "depart_floating": "start#floating",
    "report_in_floating": "start#floating",
    "end_floating": "start#floating",
    "floating_contact": "start#floating",
    "ask_about_floating": "start#floating",
    "floating_inquiries": "start#floating",
    "new_floating_inquiry": "start#floating",
    "floating_inquiry": "start#floating",
    "greeting_batches": "start#floating",
    "new_greeting_batch": "start#floating",
    "greeting_batch": "start#floating",
    "floating_forums": "start#floating",
    "new_floating_forum": "start#floating",
    "floating_forum": "start#floating",
    "floating_forum_entry": "start#floating",
    "floating_applicants": "start#floating",
    "new_floating_applicant": "start#floating",
    "floating_applicant": "start#floating",
    "applicant_step": "start#floating",
    "end_applicant": "start#floating",
    "floating_table": "start#floating",
    "pairing_floating": "start#floating",
    "floating_report": "start#check-in",
    "floating_deed": "start#check-in",
    "make_check_in_link": "start#check-in",
    "check_in": "start#check-in",
    "assignments": "organiser#assignment",
    "assignment": "organiser#assignment",
    "assignment_proposal": "organiser#assignment",
    "postings": "start#postings",
    "secondment": "start#postings",
    "add_secondment": "start#postings",
    "liaisons": "start#postings",
    "add_liaison": "start#postings",
    "trainings": "start#postings",
    "training": "start#postings",
    "add_training": "start#postings",
    "edit_training": "start#postings",
    "advancements": "start#postings",
    "add_advancement": "start#postings",
    "people_statistics": "start#postings",
    "zones": "start#zones",
    "zone": "start#zones",
    "add_zone": "start#zones",
    "fill_zone": "start#zones",
    "centre_services": "start#zones",
    "imports": "organiser#import",
    "hand_in_roster": "organiser#import",
    "roster_place": "organiser#import",
    "roster_layout": "organiser#import",
    "roster_import": "organiser#undo",
    "hand_in_roster_again": "organiser#doubts",
    "roster_sheet": "organiser#doubts",
    "roster_row": "organiser#doubts",
    "organisations": "organiser#organisations",
    "villages": "organiser#organisations",
    "units": "organiser#organisations",
    "organisation": "organiser#organisations",
    "add_organisation": "organiser#organisations",
    "edit_organisation": "organiser#organisations",
    "move_organisation": "organiser#organisations",
    "rename_organisation": "organiser#restructuring",
    "merge_organisation": "organiser#restructuring",
    "split_organisation": "organiser#restructuring",
    "close_organisation": "organiser#restructuring",
    "successions": "organiser#restructuring",
    "succession": "organiser#restructuring",
    "organisation_around": "organiser#around",
    "add_link": "organiser#around",
    "end_link": "organiser#around",
    "facilities": "organiser#around",
    "facility": "organiser#around",
    "add_facility": "organiser#around",
    "edit_facility": "organiser#around",
    "add_help": "organiser#around",
    "mandates": "organiser#mandates",
    "unit_statistics": "organiser#organisations",
    "compare_facts": "village#facts",
    "readers": "start#readers",
    "add_alias": "organiser#organisations",
    "add_facts": "village#facts",
    "edit_facts": "village#facts",
    "edit_needs": "village#facts",
    "edit_contact": "unit#own",
    "edit_strengths": "unit#own",
    "word_templates": "organiser#word",
    "word_template": "organiser#word",
    "members": "own#registers",
    "member": "own#registers",
    "add_member": "own#registers",
    "edit_member": "own#registers",
    "register_member": "own#registers",
    "end_registration": "own#registers",
    "member_leaves": "own#registers",
    "households": "own#registers",
    "household": "own#registers",
    "add_household": "own#registers",
    "edit_household": "own#registers",
    "survey_household": "own#registers",
    "household_leaves": "own#registers",
    "persons": "own#registers",
    "person": "own#registers",
    "add_person": "own#registers",
    "edit_person": "own#registers",
    "person_leaves": "own#registers",
    "personal_data": "own#personal-data",
    "past_retention": "own#personal-data",
    "withdraw_consent": "own#personal-data",
    "member_in_full": "own#personal-data",
    "erase_member": "own#personal-data",
    "member_consent": "own#personal-data",
    "household_in_full": "own#personal-data",
    "erase_household": "own#personal-data",
    "household_consent": "own#personal-data",
    "person_in_full": "own#personal-data",
    "erase_person": "own#personal-data",
    "person_consent": "own#personal-data",
    "users": "administrator#people",
    "user": "administrator#people",
    "appoint": "administrator#people",
    "end_appointment": "administrator#people",
    "invite": "administrator#invite",
    "reissue_code": "administrator#invite",
    "edit_user": "administrator#people",
    "my_phone": "start#account",
    "post_matters": "administrator#hand-over",
    "hand_over": "administrator#hand-over",
    "hand_over_to_new": "administrator#hand-over",
    "roles": "administrator#roles",
    "jobs": "administrator#jobs",
    "job": "administrator#jobs",
}


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
