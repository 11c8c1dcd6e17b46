import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from core.middleware import ChosenLanguageMiddleware, RefusedMiddleware
from core.refusals import Refused

SENTENCE = "协议已签订，不能再改。"


def request_for(method: str = "post", cookies: dict | None = None, headers: dict | None = None):
    request = getattr(RequestFactory(), method)("/agreements/1/", headers=headers)
    request.COOKIES.update(cookies or {})
    request.user = AnonymousUser()
    request.htmx = HtmxDetails(request)
    request.session = {}
    request._messages = FallbackStorage(request)
    request.resolver_match = None
    return request


def answer(request):
    return RefusedMiddleware(lambda _: HttpResponse()).process_exception(request, Refused(SENTENCE))


@pytest.mark.parametrize(
    ("headers", "cookies", "language"),
    [
        ({}, {}, "zh-hans"),
        ({"Accept-Language": "en"}, {}, "zh-hans"),
        ({}, {"django_language": "en"}, "en"),
        ({}, {"django_language": "xx"}, "zh-hans"),
    ],
)
def test_only_the_switch_chooses_the_language(headers, cookies, language):
    middleware = ChosenLanguageMiddleware(lambda _: HttpResponse(translation.get_language()))
    response = middleware(request_for("get", cookies, headers))
    assert response.content.decode() == language


def test_a_language_does_not_outlive_its_request():
    before = translation.get_language()
    ChosenLanguageMiddleware(lambda _: HttpResponse())(request_for("get", {"django_language": "en"}))
    assert translation.get_language() == before


def test_a_refused_form_returns_to_its_page_with_the_sentence():
    request = request_for(headers={"Referer": "http://testserver/agreements/1/edit/"})
    response = answer(request)
    assert (response.status_code, response.url) == (302, "http://testserver/agreements/1/edit/")
    assert [str(message) for message in get_messages(request)] == [SENTENCE]


@pytest.mark.parametrize("headers", [{}, {"Referer": "http://elsewhere.example/"}])
def test_a_refusal_never_sends_anybody_away_from_the_product(headers):
    response = answer(request_for(headers=headers))
    assert response.status_code == 409
    assert SENTENCE in response.content.decode()


def test_a_refused_reading_is_a_page_and_no_circle():
    response = answer(request_for("get", headers={"Referer": "http://testserver/agreements/1/"}))
    assert response.status_code == 409


def test_a_refused_part_is_the_sentence_among_the_messages():
    response = answer(request_for(headers={"HX-Request": "true"}))
    assert (response.status_code, response["HX-Retarget"]) == (422, "#messages")
    assert SENTENCE in response.content.decode()
    assert "<html" not in response.content.decode()


def test_other_failures_stay_failures():
    assert RefusedMiddleware(lambda _: HttpResponse()).process_exception(request_for(), ValueError()) is None


def test_an_address_that_only_takes_forms_answers_with_a_page():
    request = request_for("get")
    response = RefusedMiddleware(lambda _: HttpResponseNotAllowed(["POST"]))(request)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "这个地址只接收表单提交的内容" in response.text


def test_a_programme_that_asks_in_the_wrong_way_gets_the_short_answer():
    response = RefusedMiddleware(lambda _: HttpResponseNotAllowed(["GET"]))(request_for("post"))
    assert (response.status_code, response.content) == (405, b"")
