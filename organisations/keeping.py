"""Whom and which posts a keeper of posts (`appointment.manage`) reaches; for everybody else the pages do not exist."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Q
from django.http import Http404
from django.http.response import HttpResponseBase

from organisations.models import Appointment, User
from organisations.policies import giving_post
from organisations.querysets import within
from organisations.requests import Request

KEEPING = "appointment.manage"


def keeper_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: Request, *args, **kwargs) -> HttpResponseBase:
        if not request.user.can(KEEPING):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def posts_kept_by(keeper: User):
    """Posts in the keeper's reach, past ones too."""
    reach = within(keeper.scopes(KEEPING), "organisation__path")
    return Appointment.objects.filter(reach).select_related("organisation", "user")


def people_kept_by(keeper: User):
    """Who holds or held a post there."""
    return User.objects.filter(Q(pk__in=posts_kept_by(keeper).order_by().values("user")))


def keeps(keeper: User, post: Appointment) -> bool:
    """Whether the keeper may end this post or hand it over."""
    return giving_post(keeper, post.role, post.organisation) is not None
