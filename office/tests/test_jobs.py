"""Background work: how it begins, how it ends, and who sees it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.refusals import Refused
from office import abandoned, jobs, running, tasks
from office.models import Job, Message
from office.states import TONES, TRANSITIONS, JobState, may_become
from office.tests import factories as make
from office.tests import workers
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db
assert workers  # registers what the tests start


@pytest.fixture
def sent(monkeypatch):
    """The ids that would go to a worker."""
    found: list[int] = []
    monkeypatch.setattr(tasks.run_job, "delay", found.append)
    return found


@pytest.fixture
def county():
    return people.county()


@pytest.fixture
def starter(county):
    return people.user("organiser", people.organisation_dept(county))


def start(by, kind="test.count", **arguments):
    return jobs.start(by=by, kind=kind, title="读取名册", arguments=arguments)


def performed(by, kind="test.count", **arguments) -> Job:
    job = start(by, kind, **arguments)
    running.perform(job.pk)
    job.refresh_from_db()
    return job


def told(user):
    return [message.subject_text for message in Message.objects.visible_to(user)]


def test_every_state_is_listed_and_toned():
    assert set(TRANSITIONS) == set(TONES) == set(JobState)
    assert {state for state in JobState if may_become(JobState.RUNNING, state)} == {"done", "failed", "cancelled"}
    assert not any(may_become(JobState.DONE, state) for state in JobState)


def test_work_is_queued_when_the_transaction_is_committed(starter, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = start(starter, upto=3)
        assert (job.state, sent) == ("queued", [])
    assert sent == [job.pk]


def test_work_without_a_worker_of_its_kind_is_an_error(starter):
    with pytest.raises(LookupError):
        start(starter, "test.unknown")
    assert Job.objects.count() == 0


def test_finished_work_keeps_its_result_and_tells_the_starter(starter):
    job = performed(starter, upto=3)
    assert (job.state, job.done, job.total, job.percent, job.result) == ("done", 3, 3, 100, {"counted": 3})
    assert (job.url, job.error, told(starter)) == ("/inbox/", "", ["已完成：读取名册"])


def test_a_refusal_is_the_sentence_of_the_job(starter):
    job = performed(starter, "test.refuse")
    assert (job.state, job.error, told(starter)) == ("failed", "这份名册读不了。", ["失败：读取名册"])


def test_a_failure_hides_its_details_from_the_person_and_logs_them(starter, caplog):
    job = performed(starter, "test.crash")
    assert (job.state, job.error) == ("failed", "发生了意外错误，任务已停止，没有作进一步改动。")
    assert "secret detail" in caplog.text
    assert not any("secret" in f"{m.params}{m.body}" for m in Message.objects.all())


def test_performing_twice_does_the_work_once(starter):
    job = performed(starter, upto=1, name="甲")
    people.Organisation.objects.update(name="乙")
    running.perform(job.pk)
    assert set(people.Organisation.objects.values_list("name", flat=True)) == {"乙"}
    assert told(starter) == ["已完成：读取名册"]


def test_queued_work_is_cancelled_at_once_and_never_done(starter):
    job = start(starter, upto=1, name="甲")
    jobs.cancel(by=starter, job=job, at=make.NOON)
    running.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.cancelled_by, job.cancelled_at) == ("cancelled", starter, make.NOON)
    assert not people.Organisation.objects.filter(name="甲").exists()
    assert told(starter) == []  # they know


def test_somebody_elses_cancelling_is_told(starter, county):
    job = start(starter, upto=1)
    jobs.cancel(by=people.user("administrator", county), job=job, at=make.NOON)
    assert told(starter) == ["已取消：读取名册"]


def test_ended_work_cannot_be_cancelled(starter):
    job = performed(starter, upto=1)
    with pytest.raises(Refused, match="已经结束"):
        jobs.cancel(by=starter, job=job, at=make.NOON)
    job.refresh_from_db()
    assert (job.state, job.cancelled_at) == ("done", None)


def test_strangers_cannot_cancel(starter):
    job = start(starter, upto=1)
    with pytest.raises(Job.DoesNotExist):
        jobs.cancel(by=people.user(), job=job, at=make.NOON)
    job.refresh_from_db()
    assert (job.state, job.cancelled_at) == ("queued", None)


def test_who_sees_a_job(starter, county):
    job = start(starter, upto=1)
    readers = {
        "starter": starter,
        "administrator above": people.user("administrator", county),
        "no permission": people.user("committee_staff", county),
        "administrator elsewhere": people.user("administrator", people.county("绿水县")),
        "nobody": people.user(),
    }
    seen = {name for name, reader in readers.items() if job in Job.objects.visible_to(reader)}
    assert seen == {"starter", "administrator above"}


def test_silent_work_is_collected_and_said(starter):
    now = timezone.now()
    silent = make.job(starter, state=JobState.RUNNING, heartbeat_at=now - timedelta(seconds=61))
    alive = make.job(starter, state=JobState.RUNNING, heartbeat_at=now - timedelta(seconds=59))
    assert [abandoned.collect(at=now), abandoned.collect(at=now)] == [1, 0]
    silent.refresh_from_db()
    alive.refresh_from_db()
    assert (silent.state, silent.error) == ("failed", "任务中断，可能是系统重启所致，请重新发起。")
    assert (alive.state, told(starter)) == ("running", ["失败：读取名册"])


def test_work_collected_meanwhile_stays_failed(starter):
    job = start(starter, upto=1)
    taken = running.take(job.pk)
    assert taken is not None
    abandoned.collect(at=timezone.now() + timedelta(seconds=90))
    running.finish(running.RunningJob(taken), JobState.DONE, result={"late": True})
    job.refresh_from_db()
    assert (job.state, job.result) == ("failed", None)


def test_a_lost_message_is_sent_again(starter, sent):
    job = make.job(starter, queued_at=timezone.now() - timedelta(minutes=6))
    make.job(starter)
    tasks.collect_abandoned_jobs()
    assert sent == [job.pk]


def test_without_a_broker_the_job_says_so(starter, monkeypatch, django_capture_on_commit_callbacks):
    def unreachable(_job_id):
        raise OperationalError

    monkeypatch.setattr(tasks.run_job, "delay", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        job = start(starter, upto=1)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "后台服务暂时无法连接，请稍后再试。")


def test_progress_costs_no_query(starter, django_assert_num_queries):
    work = running.RunningJob(make.job(starter))
    with django_assert_num_queries(0):
        for number in range(1000):
            work.progress(number, 1000)


def test_progress_stays_within_the_total_and_stops_when_asked(starter):
    work = running.RunningJob(make.job(starter))
    work.progress(12, 10, "一" * 400)
    assert (work.done, work.total, len(work.message)) == (10, 10, 300)
    work.is_cancelled = True
    with pytest.raises(jobs.Cancelled):
        work.progress(1, 10)
