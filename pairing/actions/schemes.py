"""Copying a scheme and changing it to local circumstances; the original and what runs stay as they are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from organisations.history import act
from organisations.models import User
from pairing.models import Scheme, SchemeVersion
from pairing.schemes.editing import Path, changed
from pairing.schemes.reading import FaultyScheme, read_scheme

CODE: Path = ("代号",)


@act(gettext_lazy("copied the scheme and changed it"))
def copy_scheme(*, by: User, version: SchemeVersion, values: Mapping[Path, Any], at: datetime) -> SchemeVersion:
    """A scheme of its own under another code. The same copy once more is the one that was made."""
    _check_may(by)
    text = changed(version.text, values)
    content = read_scheme(text)
    made = Scheme(key=content.key, name=content.name, issuer=content.issuer, status=content.status)
    Scheme.objects.bulk_create([made], ignore_conflicts=True)
    scheme = Scheme.objects.select_for_update().get(key=content.key)
    newest = scheme.versions.first()
    if newest and newest.text == text:
        return newest
    if newest:
        raise FaultyScheme([_("This code is taken by another scheme. Choose another.")], [CODE])
    return _version(scheme, 1, text, content, version, by, at)


@act(gettext_lazy("changed the scheme"))
def change_scheme(*, by: User, version: SchemeVersion, values: Mapping[Path, Any], at: datetime) -> SchemeVersion:
    """A new version of one's own copy, made from its newest. Without a change, the newest as it is."""
    _check_may(by)
    if version.adapts is None:
        raise Refused(_("This is the text as it was issued. Copy it under a name of its own first."))
    scheme = Scheme.objects.select_for_update().get(pk=version.scheme_id)
    text = changed(version.text, values)
    newest = scheme.versions.latest("number")
    if newest.text == text:
        return newest
    if newest.pk != version.pk:
        raise Refused(_("Somebody has made a newer version meanwhile. Look at it, then change that one."))
    content = read_scheme(text)
    scheme.name = content.name
    scheme.save(update_fields=["name"])
    return _version(scheme, newest.number + 1, text, content, version.adapts, by, at)


def _check_may(by: User) -> None:
    if not by.can("scheme.manage"):
        raise Refused(_("None of your posts allows changing a scheme."))


def _version(scheme: Scheme, number: int, text: str, content, adapts: SchemeVersion, by: User, at: datetime):
    kept = content.model_dump(mode="json")
    return SchemeVersion.objects.create(
        scheme=scheme, number=number, text=text, content=kept, taken_at=at, taken_by=by, adapts=adapts
    )
