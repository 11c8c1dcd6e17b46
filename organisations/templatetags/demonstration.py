"""The accounts that the sign-in page offers in demonstration mode."""

from django import template
from django.conf import settings
from django.db.models import Prefetch

from organisations.models import Appointment, Organisation, User

register = template.Library()


@register.simple_tag
def demo_accounts() -> list[User]:
    """Each with `current_posts` and the `area` of the first, county by county; none outside demonstration mode."""
    if not settings.DEMO:
        return []
    posts = Prefetch(
        "appointments", Appointment.objects.current().select_related("organisation"), to_attr="current_posts"
    )
    accounts = list(User.objects.filter(is_demo=True, is_active=True).prefetch_related(posts).order_by("pk"))
    roots = dict(Organisation.objects.filter(depth=1).values_list("path", "name"))
    for account in accounts:
        paths = [post.organisation.path for post in account.current_posts]
        account.root = paths[0][: Organisation.steplen] if paths else ""
        account.area = roots.get(account.root, "")
    return sorted(accounts, key=lambda account: account.root)
