"""What the page of sessions says of a browser."""

import pytest

from organisations.templatetags.devices import device

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; MIX 2S) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (ANDROID, "安卓手机或平板 · Chrome"),
        (f"{ANDROID} MicroMessenger/8.0.47", "安卓手机或平板 · 微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) Version/15.0 Safari/604.1", "iPhone · Safari"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0", "Windows 电脑 · Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Linux 电脑 · Firefox"),
        ("curl/7.88", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_browser_is_named_in_words(user_agent, words):
    assert device(user_agent) == words
