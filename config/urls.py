"""Every address of the product: one include per app, highest layer first."""

from django.urls import include, path

from config import guide, health, installable, views

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("health/", views.health_panel, name="health_panel"),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("service-worker.js", installable.service_worker, name="service_worker"),
    path("language/", views.choose_language, name="choose_language"),
    path("elder/", views.choose_elder_mode, name="choose_elder_mode"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("guide/", guide.guide, name="guide_start"),
    path("guide/<slug:page>/", guide.guide, name="guide"),
    path("account/", include("allauth.urls")),
    path("", include("reports.urls")),
    path("", include("duties.urls")),
    path("", include("visits.urls")),
    path("", include("funds.urls")),
    path("", include("members.urls")),
    path("", include("pairing.urls")),
    path("", include("office.urls")),
    path("", include("organisations.urls")),
]
handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler500 = "config.views.server_error"
