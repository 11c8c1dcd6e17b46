"""How personal data are kept: the page for everybody who signs in, read from the file that the product follows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.personal_data import RECORDS
from organisations.requests import Request


@require_safe
def personal_data(request: Request) -> HttpResponse:
    records = list(RECORDS.values())
    bases = {field.basis.key: field.basis for record in records for field in record.fields}
    return render(request, "members/personal_data.html", {"records": records, "bases": bases.values()})
