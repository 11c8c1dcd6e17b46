"""The accounts that the sign-in page offers in demonstration mode."""

from django import template
from django.conf import settings
from django.db.models import Prefetch

from organisations.models import Appointment, User

register = template.Library()


@register.simple_tag
def demo_accounts() -> list[User]:
    """Each with `current_posts`; none outside demonstration mode."""
    if not settings.DEMO:
        return []
    posts = Prefetch(
        "appointments", Appointment.objects.current().select_related("organisation"), to_attr="current_posts"
    )
    return list(User.objects.filter(is_demo=True, is_active=True).prefetch_related(posts).order_by("pk"))
