"""What is chosen before helpers are computed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.actions.assigning import Settings
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.states import RoundState


class AssignmentForm(forms.Form):
    place = forms.ModelChoiceField(
        label=_("for the households of"), queryset=Organisation.objects.none(), empty_label=None
    )
    round = forms.ModelChoiceField(
        label=_("round whose quotas hold"),
        queryset=Round.objects.none(),
        required=False,
        empty_label=_("no quota, only balanced"),
    )
    only_needy = forms.BooleanField(label=_("only households in need"), required=False, initial=True)
    only_able = forms.BooleanField(label=_("only helpers who are marked as able to help"), required=False)
    keeps_quota = forms.BooleanField(
        label=_("nobody gets more than the quota of their rank"), required=False, initial=True
    )

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        posts = [post for post in user.posts if post.grants("pair.manage")]
        places = Organisation.objects.filter(path__in=[post.scope_path for post in posts])
        self.fields["place"].queryset = places  # type: ignore[attr-defined]  # a choice among rows has one
        rounds = Round.objects.visible_to(user).filter(state=RoundState.OPEN)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]

    def settings(self) -> Settings:
        return Settings(**{name: value for name, value in self.cleaned_data.items() if name != "place"})


def may_assign(user: User) -> bool:
    """Whoever says who helps whom where there are households: not a single unit, whose people only receive them."""
    return any(post.grants("pair.manage") and not post.organisation.is_unit for post in user.posts)
