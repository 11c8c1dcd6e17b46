"""Group robots and the WeCom application, through the plugins of `apprise`.

What the list of schemes in the settings does not name is never spoken to. A person pastes the address that the service
shows, or one of apprise.
"""

import re
from functools import cache
from typing import Any
from urllib.parse import quote

import requests
from apprise.logger import LogCapture, logging
from apprise.plugins.base import NotifyBase
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wechat import NotifyWeChat
from apprise.plugins.wecombot import NotifyWeComBot
from django.conf import settings

from office.outbox.outcomes import FAILED, SENT, UNCERTAIN, Outcome

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 15.0
LONGEST_ANSWER = 300
NO_ANSWER = ("Read timed out", "Connection aborted", "Remote end closed")
# As the services show the address of a robot.
SHOWN_ADDRESSES = {
    "wecombot": re.compile(r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([\w-]+)"),
    "dingtalk": re.compile(r"https://oapi\.dingtalk\.com/robot/send\?access_token=([A-Za-z0-9]+)"),
    "feishu": re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([\w-]+)/?"),
}


class Answering(NotifyBase):
    """These services refuse a message with status 200 and a code in the answer, which apprise takes for a success."""

    def ask(self, url: str, payload: dict, params: dict | None = None) -> bool:
        try:
            response = requests.post(
                url, json=payload, params=params, timeout=self.request_timeout, allow_redirects=False
            )
            answer = response.json()
        except requests.JSONDecodeError:
            self.logger.warning("HTTP %s, no answer that can be read", response.status_code)
            return False
        except requests.RequestException as error:
            self.logger.warning("The service can't be reached.")
            self.logger.debug("%s", error)
            return False
        if response.status_code == requests.codes.ok and answer.get("errcode") == 0:
            return True
        self.logger.warning("HTTP %s, %s %s", response.status_code, answer.get("errcode"), answer.get("errmsg"))
        return False


class WeComRobot(Answering, NotifyWeComBot):
    def send(self, body: str, *_more: Any, **_options: Any) -> bool:
        return self.ask(self.api_url, {"msgtype": "text", "text": {"content": body}})


class DingTalkRobot(Answering, NotifyDingTalk):
    def send(self, body: str, *_more: Any, **_options: Any) -> bool:
        params = dict(zip(("timestamp", "sign"), self.get_signature(), strict=True)) if self.secret else None
        return self.ask(
            self.notify_url.format(token=self.token), {"msgtype": "text", "text": {"content": body}}, params
        )


ROBOTS: dict[str, type[NotifyBase]] = {
    "wecombot": WeComRobot,
    "dingtalk": DingTalkRobot,
    "feishu": NotifyFeishu,
}


def understood(text: str) -> str:
    """The address as apprise writes it, from what a person pasted; as it is, where it is none that a service shows."""
    for scheme, shown in SHOWN_ADDRESSES.items():
        if found := shown.fullmatch(text):
            return f"{scheme}://{found[1]}/"
    return text


def scheme_of(address: str) -> str:
    return address.partition("://")[0].lower()


def robot(address: str) -> NotifyBase:
    """ValueError where the scheme is not allowed or the address not complete."""
    scheme = scheme_of(address)
    if scheme not in settings.CHANNEL_SCHEMES or scheme not in ROBOTS:
        raise ValueError(scheme)
    parsed = ROBOTS[scheme].parse_url(address)
    if not parsed:
        raise ValueError(scheme)
    try:
        return patient(ROBOTS[scheme](**parsed))
    except TypeError as error:  # apprise's own error is one of these
        raise ValueError(scheme) from error


@cache
def application(corporation: str, agent: str, secret: str) -> NotifyBase:
    """The WeCom application: kept, for it keeps the token that it was given for two hours."""
    address = f"wechat://{quote(corporation, safe='')}:{quote(secret, safe='')}@{quote(agent, safe='')}/"
    return patient(NotifyWeChat(**NotifyWeChat.parse_url(address)))


def patient(plugin: NotifyBase) -> NotifyBase:
    plugin.socket_connect_timeout, plugin.socket_read_timeout = CONNECT_SECONDS, ANSWER_SECONDS
    plugin.request_rate_per_sec = 0  # the outbox holds the limits of the services
    return plugin


def tell_robot(address: str, text: str) -> Outcome:
    return told(robot(address), text)


def tell_member(member: str, text: str) -> Outcome:
    """One person, by the WeCom application of this installation."""
    plugin = application(settings.WECOM_CORP_ID, settings.WECOM_AGENT_ID, settings.WECOM_SECRET)
    plugin.users = [member]  # type: ignore[attr-defined]  # of this plugin
    return told(plugin, text)


def told(plugin: NotifyBase, text: str) -> Outcome:
    """What the plugin says of it, without what it logs for developers: there stand addresses."""
    with LogCapture(level=logging.DEBUG, fmt="%(levelname)s %(message)s") as captured:
        is_taken = plugin.send(body=text)
        lines = captured.getvalue().splitlines()
    if is_taken:
        return Outcome(SENT)
    said = " ".join(line.removeprefix("WARNING ") for line in lines if line.startswith("WARNING "))[:LONGEST_ANSWER]
    lost = any(words in line for line in lines for words in NO_ANSWER)
    return Outcome(UNCERTAIN if lost else FAILED, said)
