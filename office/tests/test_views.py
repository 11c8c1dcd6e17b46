"""The pages of the office: who gets them, what they do, and how many statements they take."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from office import files, inbox, jobs, running
from office.models import Job, Message, Receipt, WordTemplate
from office.tests import factories as make
from office.tests import workers
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db
assert workers

# Session, user and posts, then the frame: rounds and unread messages; the rest is the page.
LIST_QUERIES = 7
INBOX_QUERIES = 7
TEMPLATE_QUERIES = 7


@pytest.fixture
def county():
    return people.county()


@pytest.fixture
def village(county):
    return people.village(people.township(county))


@pytest.fixture
def secretary(village):
    return people.user("village_secretary", village)


@pytest.fixture
def administrator(county):
    return people.user("administrator", county)


@pytest.fixture
def stranger():
    return people.user("village_secretary", people.village(people.county("绿水县")))


@pytest.fixture
def kind(tmp_path, monkeypatch):
    found = make.template_kind(tmp_path / "kinds")
    monkeypatch.setattr("office.documents.kinds", lambda: [found])
    return found


def page(client, user, name, *args, **headers):
    client.force_login(user)
    return client.get(reverse(name, args=args), **headers)


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data)


# --- Background work --------------------------------------------------------------------------------


def started(by) -> Job:
    return jobs.start(by=by, kind="test.count", title="读取名册", arguments={"upto": 2})


def test_a_running_job_asks_for_its_progress_and_reloads_the_page_at_its_end(client, administrator):
    job = started(administrator)
    first = page(client, administrator, "job", job.pk)
    assert f'hx-get="/jobs/{job.pk}/"' in first.content.decode()
    part = page(client, administrator, "job", job.pk, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Refresh" not in part.headers
    running.perform(job.pk)
    last = page(client, administrator, "job", job.pk, headers={"HX-Request": "true"})
    assert last.headers["HX-Refresh"] == "true"
    assert "hx-get" not in last.content.decode()


def test_a_failed_job_says_why(client, administrator):
    job = jobs.start(by=administrator, kind="test.refuse", title="读取名册", arguments={})
    running.perform(job.pk)
    assert "这份名册读不了。" in page(client, administrator, "job", job.pk).content.decode()


def test_a_job_is_cancelled_from_its_page(client, administrator):
    job = started(administrator)
    assert post(client, administrator, "cancel_job", job.pk).url == job.get_absolute_url()
    job.refresh_from_db()
    assert (job.state, job.cancelled_by) == ("cancelled", administrator)


def test_the_result_file_is_served_to_those_who_see_the_job(client, administrator, stranger):
    file = files.store(upload=("错误.xlsx", make.xlsx()), by=administrator, kind="workbook")
    job = make.job(administrator, state="done", ended_at=timezone.now(), result_file=file)
    response = page(client, administrator, "job_file", job.pk)
    assert b"".join(response.streaming_content) == file.path.read_bytes()
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert page(client, stranger, "job_file", job.pk).status_code == 404
    assert page(client, administrator, "job_file", started(administrator).pk).status_code == 404


def test_strangers_get_404_for_a_job_and_change_nothing(client, administrator, stranger):
    job = started(administrator)
    assert page(client, stranger, "job", job.pk).status_code == 404
    assert post(client, stranger, "cancel_job", job.pk).status_code == 404
    job.refresh_from_db()
    assert (job.state, job.cancelled_at) == ("queued", None)
    assert "读取名册" not in page(client, stranger, "jobs").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_jobs_takes_the_same_statements(client, administrator, county, count, django_assert_num_queries):
    for _ in range(count):
        make.job(administrator, organisation=county)
    client.force_login(administrator)
    client.get(reverse("jobs"))
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(reverse("jobs"))
    assert response.content.decode().count("读取名册") == count


# --- Inbox ------------------------------------------------------------------------------------------


def test_what_waits_comes_first(client, secretary, village):
    make.message(village, subject="Settled", settled_at=make.NOON, sent_at=timezone.now())
    make.message(village, subject="Waiting")
    text = page(client, secretary, "inbox").content.decode()
    assert text.index("Waiting") < text.index("Settled")


def test_opening_marks_read_once_and_leads_on(client, secretary, village):
    message = make.message(village, url="/organisations/")
    assert inbox.waiting_for(secretary).count() == 1
    for _ in range(2):
        assert page(client, secretary, "message", message.pk).url == "/organisations/"
    assert list(Receipt.objects.values_list("message", "user")) == [(message.pk, secretary.pk)]
    assert inbox.waiting_for(secretary).count() == 0
    assert Message.objects.get().is_waiting


def test_reading_is_personal(client, secretary, village):
    message = make.message(village)
    colleague = people.user("village_committee", village)
    page(client, secretary, "message", message.pk)
    assert inbox.waiting_for(colleague).count() == 1


def test_all_are_marked_read_and_still_wait(client, secretary, village, stranger):
    for _ in range(3):
        make.message(village)
    assert post(client, secretary, "mark_all_read").url == reverse("inbox")
    assert (inbox.waiting_for(secretary).count(), Message.objects.open().count()) == (0, 3)
    assert Receipt.objects.filter(user=stranger).count() == 0


def test_strangers_get_404_for_a_message_and_change_nothing(client, village, stranger):
    message = make.message(village, subject="Secret")
    assert page(client, stranger, "message", message.pk).status_code == 404
    assert "Secret" not in page(client, stranger, "inbox").content.decode()
    assert post(client, stranger, "mark_all_read").status_code == 302
    assert Receipt.objects.count() == 0


def test_the_header_shows_how_many_wait(client, secretary, village):
    make.message(village)
    make.message(village)
    assert '<span class="count">2</span>' in page(client, secretary, "inbox").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_takes_the_same_statements(client, secretary, village, count, django_assert_num_queries):
    for _ in range(count):
        make.message(village, subject="Somebody chose")
    client.force_login(secretary)
    client.get(reverse("inbox"))
    with django_assert_num_queries(INBOX_QUERIES):
        response = client.get(reverse("inbox"))
    assert response.content.decode().count("Somebody chose") == count


# --- Word templates ---------------------------------------------------------------------------------


def test_a_template_is_replaced_downloaded_and_put_back(client, administrator, county, kind):
    upload = SimpleUploadedFile("新协议.docx", make.docx("新 {{ unit.name }}"))
    assert (
        post(client, administrator, "word_template", county.pk, kind.key, file=upload, note="新抬头").status_code == 302
    )
    row = WordTemplate.objects.get()
    assert (row.version, row.note, str(row.file), row.replaced_by) == (1, "新抬头", "新协议.docx", administrator)
    shown = page(client, administrator, "word_template", county.pk, kind.key).content.decode()
    assert ("新协议.docx" in shown, "{% for x in promises %}{{ x.text }}{% endfor %}" in shown) == (True, True)
    current = page(client, administrator, "download_template", county.pk, kind.key)
    assert make.text_of(b"".join(current.streaming_content)) == "新 {{ unit.name }}"
    version = page(client, administrator, "download_template_version", county.pk, kind.key, 1)
    assert make.text_of(b"".join(version.streaming_content)) == "新 {{ unit.name }}"
    assert post(client, administrator, "restore_template", county.pk, kind.key, 0).status_code == 302
    assert [row.file_id is None for row in WordTemplate.objects.of(kind.key, county)] == [True, False]
    assert page(client, administrator, "word_templates").status_code == 200


def test_a_bad_template_is_an_error_at_the_field(client, administrator, county, kind):
    upload = SimpleUploadedFile("坏.docx", make.docx("{{ ''.__class__ }}"))
    response = post(client, administrator, "word_template", county.pk, kind.key, file=upload, note="写了很久的说明")
    text = response.content.decode()
    assert (response.status_code, "__class__" in text, "写了很久的说明" in text) == (200, True, True)
    assert WordTemplate.objects.count() == 0


def test_without_the_permission_templates_do_not_exist(client, secretary, administrator, county, kind):
    post(
        client, administrator, "word_template", county.pk, kind.key, file=SimpleUploadedFile("新.docx", make.docx("新"))
    )
    before = list(WordTemplate.objects.values())
    gets = [("word_templates",), ("word_template", county.pk, kind.key), ("download_template", county.pk, kind.key)]
    gets += [("download_template_version", county.pk, kind.key, 1), ("restore_template", county.pk, kind.key, 0)]
    assert {page(client, secretary, *get).status_code for get in gets[:4]} == {404}
    upload = SimpleUploadedFile("我的.docx", make.docx("我的"))
    assert post(client, secretary, "word_template", county.pk, kind.key, file=upload).status_code == 404
    assert post(client, secretary, "restore_template", county.pk, kind.key, 0).status_code == 404
    assert list(WordTemplate.objects.values()) == before


def test_an_unknown_template_or_version_is_404(client, administrator, county, kind):
    assert page(client, administrator, "word_template", county.pk, "unknown").status_code == 404
    assert page(client, administrator, "download_template_version", county.pk, kind.key, 9).status_code == 404
    assert post(client, administrator, "restore_template", county.pk, kind.key, 9).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_template_takes_the_same_statements(
    client, administrator, county, kind, count, django_assert_num_queries
):
    for number in range(count):
        upload = SimpleUploadedFile("新.docx", make.docx(f"第 {number} 份"))
        post(client, administrator, "word_template", county.pk, kind.key, file=upload)
    client.get(reverse("word_template", args=[county.pk, kind.key]))
    with django_assert_num_queries(TEMPLATE_QUERIES):
        client.get(reverse("word_template", args=[county.pk, kind.key]))


# --- Nobody -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["jobs", "inbox", "word_templates", "mark_all_read"])
def test_nobody_is_sent_to_sign_in(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url.startswith(reverse(settings.LOGIN_URL))
