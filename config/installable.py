"""What makes the product a page that a phone keeps: its manifest and its service worker (docs/decisions/offline.md)."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ICON_SIZES = (192, 512)


@require_safe
@cache_control(max_age=3600, public=True)
@login_not_required
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": static(f"img/seal-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in ICON_SIZES
    ]
    described = {
        "name": _("Jiedui"),
        "short_name": _("Jiedui"),
        "lang": request.LANGUAGE_CODE,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f5f3",
        "theme_color": "#1f5673",
        "icons": icons,
    }
    return JsonResponse(described, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(no_cache=True)
@login_not_required
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, for the whole site. It changes with the name of the script that it loads, so browsers renew it."""
    forms = {"start": "/", "choose": reverse("choose_form"), "signOut": reverse("account_logout")}
    script = f"self.addresses = {json.dumps(forms)};\nimportScripts({json.dumps(static('js/worker.js'))});\n"
    headers = {"Service-Worker-Allowed": "/"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)
