"""Background work: the list, and the page of one job with its progress."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from office import jobs as actions
from office.files import serve
from office.lists import JobFilter, JobTable
from office.models import Job
from organisations.requests import Request


def visible_job(request: Request, pk: int) -> Job:
    jobs = Job.objects.visible_to(request.user).select_related("started_by", "organisation", "result_file")
    return get_object_or_404(jobs, pk=pk)


@require_safe
def job_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=Job.objects.visible_to(request.user).select_related("started_by", "organisation"),
        filterset_class=JobFilter,
        table_class=JobTable,
        title=_("Background work"),
        template="office/jobs/list.html",
        context={"empty_sentence": _("No work is going on in the background, and none has been done yet.")},
    )


@require_safe
def job_page(request: Request, pk: int) -> HttpResponse:
    """The page; only the progress where htmx asks. An ended job makes the asking page load itself anew."""
    job = visible_job(request, pk)
    if not request.htmx:
        context = {"job": job, "may_read_history": request.user.can("history.read", job.organisation)}
        return render(request, "office/jobs/job.html", context)
    response = render(request, "office/jobs/progress.html", {"job": job})
    if job.has_ended:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def cancel_job(request: Request, pk: int) -> HttpResponse:
    job = actions.cancel(by=request.user, job=visible_job(request, pk), at=timezone.now())
    messages.info(request, _("Cancelled.") if job.has_ended else _("The work stops at its next step."))
    return redirect(job)


@require_safe
def job_file(request: Request, pk: int) -> FileResponse:
    job = visible_job(request, pk)
    if job.result_file is None:
        raise Http404
    return serve(job.result_file)
