"""Addresses of background work, messages, Word templates, roster imports and the outbox."""

from django.urls import include, path

from office.views import inbox, jobs, word

urlpatterns = [
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<int:pk>/", jobs.job_page, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel_job, name="cancel_job"),
    path("jobs/<int:pk>/file/", jobs.job_file, name="job_file"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<int:pk>/", inbox.message, name="message"),
    path("inbox/read/", inbox.mark_all_read, name="mark_all_read"),
    path("templates/", word.word_templates, name="word_templates"),
    path("templates/<int:place>/<slug:key>/", word.word_template, name="word_template"),
    path("templates/<int:place>/<slug:key>/current/", word.download_template, name="download_template"),
    path("templates/<int:place>/<slug:key>/<int:version>/", word.download_version, name="download_template_version"),
    path("templates/<int:place>/<slug:key>/<int:version>/restore/", word.restore_template, name="restore_template"),
    path("imports/", include("office.rosters.urls")),
    path("", include("office.outbox.urls")),
]
