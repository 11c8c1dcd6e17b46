"""Words drawn into the corner of a copy of a picture: who brought it in, and when."""

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
CHINESE = (
    "NotoSansCJK*.ttc", "NotoSansSC*.?tf", "SourceHanSans*.?t?", "wqy-*.ttc", "PingFang.ttc", "msyh.tt?", "simhei.ttf",
    "NotoSerifCJK*.ttc",
)  # fmt: skip
OF_WIDTH, LEAST = 36, 14  # a letter is a 36th of the width, and no smaller than 14 points
QUALITY = 88


@cache
def chinese_font() -> str:
    """The first font of this machine that has Chinese characters; empty where there is none."""
    folders = [Path(folder) for folder in FOLDERS if Path(folder).is_dir()]
    found = (path for pattern in CHINESE for folder in folders for path in sorted(folder.rglob(pattern)))
    return str(next(found, ""))


def drawn_on(picture: bytes, words: str, plain: str) -> bytes:
    """A JPEG with `words` in its lower corner; `plain`, in Latin letters and digits, where no font has theirs."""
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    size = max(LEAST, image.width // OF_WIDTH)
    font = ImageFont.truetype(chinese_font(), size) if chinese_font() else ImageFont.load_default(size)
    text, edge = words if chinese_font() else plain, size // 2
    draw = ImageDraw.Draw(image, "RGBA")
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    place = (edge, image.height - (bottom - top) - 2 * edge)
    box = (place[0] - edge, place[1] - edge // 2, place[0] + (right - left) + edge, image.height)
    draw.rectangle(box, fill=(0, 0, 0, 120))
    draw.text((place[0], place[1] - top), text, font=font, fill=(255, 255, 255, 235))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
